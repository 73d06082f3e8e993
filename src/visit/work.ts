import type { PauseKind } from '../messages/index.ts';
import { act, done } from './act.ts';
import { credentialShown } from './arrival.ts';
import {
  absenceAnswered,
  arrived,
  callMade,
  clientHere,
  goAway,
  noticeGiven,
  onSite,
  running,
} from './common-rules.ts';
import { discharge, openDebt, owes } from './debts.ts';
import { identityValid, serviceAnnounced } from './identity.ts';
import { photosSent, workExplained } from './inspection.ts';
import { materialsSettled } from './materials.ts';
import { rule, when } from './rule.ts';
import type { VisitState } from './state.ts';

/** The provider shows the client their tools; showing more adds to them. */
const ShowTools = act('ShowTools', 'ToolsShown', {
  by: 'P',
  clauses: ['1.1-40'],
  isFulfilled: (visit) => visit.work.toolsShownAt !== null,
  ignoredFromOthers: true,
  reads: { tools: [] },
  needs: [arrived, clientHere],
  effect: (visit, { data }) => {
    visit.work.toolsShownAt = data.at;
    for (const tool of data.tools) if (!visit.work.tools.includes(tool)) visit.work.tools.push(tool);
  },
  witnesses: () => [{ tools: ['texto'] }],
});

/** The provider has shown their tools to the client. */
const toolsShown = done('tools-shown', '1.1-40', ShowTools);

/** The provider clears the area of fragile things; there may be none. */
const ClearArea = act('ClearArea', 'AreaCleared', {
  by: 'P',
  clauses: ['1.1-41'],
  isFulfilled: (visit) => visit.work.areaClearedAt !== null,
  needs: onSite,
  effect: ({ work }, { data }) => {
    work.areaClearedAt = data.at;
  },
  witnesses: () => [{ moved: [] }],
});

/** The area is clear of fragile things. */
const areaCleared = done('area-cleared', '1.1-41', ClearArea);

/** The provider calls the contact center as work begins. */
const ReportStart = act('ReportStart', 'StartReported', {
  by: 'P+',
  clauses: ['1.1-26'],
  unprovenClauses: ({ call }) => (call === undefined ? ['1.1-26'] : []),
  isFulfilled: (visit) => visit.work.startReportedAt !== null,
  needs: [...onSite, callMade('1.1-26')],
  effect: (visit, { data }) => {
    visit.work.startReportedAt = data.at;
    openDebt(visit, 'document-start', '1.1-27', data.at);
  },
  witnesses: (_, { at }) => [{ call: { at } }],
});

/** The contact center was called as work begins. */
const startReported = done('start-reported', '1.1-26', ReportStart);

/** A start call waits to be put on record. */
const startUndocumented = rule('start-undocumented', '1.1-27', (visit) => owes(visit, 'document-start'), {
  remedy: ['ReportStart'],
});

/** The contact center puts the start on record. */
const DocumentStart = act('DocumentStart', 'StartDocumented', {
  by: 'C',
  clauses: ['1.1-27'],
  unprovenClauses: (_, visit) => (owes(visit, 'document-start') ? [] : ['1.1-27']),
  afterEnd: (visit) => owes(visit, 'document-start'),
  needs: [startUndocumented],
  effect: (visit) => discharge(visit, 'document-start'),
  witnesses: () => [{}],
});

/** Work starts once. */
const notStarted = rule('not-started', '1.1-43', (visit) => visit.work.startedAt === null, {
  facts: ({ work }) => ({ startedAt: work.startedAt }),
});

/** Work begins: the most guarded act of all. */
export const StartWork = act('StartWork', 'WorkStarted', {
  by: 'P',
  clauses: ['1.1-43'],
  isFulfilled: (visit) => visit.work.startedAt !== null,
  ignoredFromOthers: true,
  needs: [
    ...onSite,
    notStarted,
    absenceAnswered,
    identityValid,
    serviceAnnounced,
    photosSent,
    workExplained,
    materialsSettled,
    toolsShown,
    areaCleared,
    startReported,
  ],
  effect: ({ work }, { data }) => {
    work.startedAt ??= data.at;
  },
  witnesses: () => [{}],
});

type Kind = { readonly kind: PauseKind };

const isBreak = ({ kind }: Kind) => kind === 'break';
const isSecondVisit = ({ kind }: Kind) => kind === 'second-visit';

/** Work stops for a while, or until a second visit, which may come before any work was begun. */
const PauseWork = act('PauseWork', 'Paused', {
  by: 'P+',
  clauses: ['1.1-48'],
  unprovenClauses: ({ kind, notice }) => (kind === 'second-visit' && notice !== undefined ? [] : ['1.1-48']),
  ignoredFromOthers: true,
  whileClosing: ({ instruction }, { data }) => instruction === 'reschedule' && isSecondVisit(data),
  needs: [...when(isBreak, [running('1.1-43')]), ...when(isSecondVisit, [...onSite, noticeGiven('1.1-48')])],
  effect: (visit, { data }) => {
    if (isBreak(data)) {
      visit.work.onBreak = true;
      return;
    }
    visit.arrival.arrivedAt = null;
    goAway(visit);
    if (visit.instruction === 'reschedule') visit.instruction = null;
  },
  witnesses: (_, { at }) => [{ kind: 'break' }, { kind: 'second-visit', notice: { at } }],
});

/** Work is on a break. */
const onBreak = rule('on-break', '1.1-43', (visit) => visit.work.onBreak, { remedy: ['PauseWork'] });

/** A second visit was announced, or the provider changed after the start. */
const away = rule('away', '1.1-49', (visit) => visit.work.away, { remedy: ['PauseWork'] });

const isReentry = (data: Kind, visit: VisitState) => isSecondVisit(data) && visit.work.startedAt !== null;

/** Work continues after a break, or on the day of the second visit. */
const ResumeWork = act('ResumeWork', 'Resumed', {
  by: 'P+',
  clauses: ['1.1-49'],
  unprovenClauses: ({ kind, notice }) => (kind === 'second-visit' && notice !== undefined ? [] : ['1.1-49']),
  ignoredFromOthers: true,
  needs: [
    ...when(isBreak, [onBreak]),
    ...when(isSecondVisit, [away, arrived, credentialShown, identityValid]),
    ...when(isReentry, [toolsShown]),
    ...when(isSecondVisit, [noticeGiven('1.1-49')]),
  ],
  effect: ({ work }, { data }) => {
    if (isBreak(data)) work.onBreak = false;
    else work.away = false;
  },
  witnesses: (_, { at }) => [{ kind: 'break' }, { kind: 'second-visit', notice: { at } }],
});

/** The acts of this chapter, in the order of the protocol. */
export const acts = [ShowTools, ClearArea, ReportStart, DocumentStart, StartWork, PauseWork, ResumeWork];
