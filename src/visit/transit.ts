import type { ReassignProviderData, ReportTransitIssueData } from '../messages/index.ts';
import { act } from './act.ts';
import { endAbsence } from './arrival.ts';
import { goAway, isPresent, notArrived } from './common-rules.ts';
import { discharge, openDebt, owes } from './debts.ts';
import { type RuleInput, rule, when } from './rule.ts';
import { assignedId, blankVisit, type VisitState } from './state.ts';

type Issue = Partial<ReportTransitIssueData>;

const handledAsBreakdown = ({ issue }: Issue) => issue === 'breakdown' || issue === 'other';

const isSolvable = (issue: Issue) => handledAsBreakdown(issue) && issue.resolvable === true;

const exceedsResponseTime = (issue: Issue) => isSolvable(issue) && issue.exceedsResponseTime === true;

const isDelay = ({ issue }: Issue) => issue === 'delay';

/** True for an issue by which the provider is late: the client has to be told. */
export const makesLate = (issue: Issue): boolean => isDelay(issue) || exceedsResponseTime(issue);

/** The report names the issue; `other` has a detail. */
const issueNamed = rule(
  'issue-named',
  '1.2-02',
  (_, { data }: RuleInput<Issue>) => (data.issue === 'other' ? isPresent(data.detail) : isPresent(data.issue)),
  { facts: (_, { data }) => ({ issue: data.issue ?? null }) },
);

/** The report of a breakdown says whether the provider can solve it. */
const resolvableSaid = rule('resolvable-said', '1.2-03', (_, { data }: RuleInput<Issue>) => isPresent(data.resolvable));

/** For a solvable issue the report says whether the response time will be exceeded. */
const excessSaid = rule('excess-said', '1.2-05', (_, { data }: RuleInput<Issue>) =>
  isPresent(data.exceedsResponseTime),
);

/** The provider reports an issue on the way. */
const ReportTransitIssue = act('ReportTransitIssue', 'TransitIssueReported', {
  by: 'P+',
  clauses: ['1.2-01', '1.2-02', '1.2-03', '1.2-04', '1.2-05', '1.2-06', '1.2-07', '1.2-09', '2.2-09'],
  calls: { '1.2-10': exceedsResponseTime, '1.2-15': isDelay },
  unprovenClauses: ({ issue, resolvable }) =>
    issue === 'delay' ? ['1.2-03', '1.2-05'] : resolvable === true ? [] : ['1.2-05'],
  whileFrozen: true,
  needs: [
    notArrived('1.2-01'),
    issueNamed,
    ...when(handledAsBreakdown, [resolvableSaid]),
    ...when(isSolvable, [excessSaid]),
  ],
  effect: (visit, { data }) => {
    visit.transit.issueReportedAt = data.at;
    if (isDelay(data)) openDebt(visit, 'notify-delay', '1.2-15', data.at);
    if (exceedsResponseTime(data)) openDebt(visit, 'notify-delay', '1.2-10', data.at);
    if (handledAsBreakdown(data) && data.resolvable === false) openDebt(visit, 'reassign-provider', '1.2-12', data.at);
  },
  witnesses: () => [{ issue: 'delay' }],
});

/** An issue on the way was reported. */
const issueReported = rule('issue-reported', '1.2-08', (visit) => visit.transit.issueReportedAt !== null, {
  remedy: ['ReportTransitIssue'],
});

/** The operator thanks the provider for the report. */
const AcknowledgeTransitIssue = act('AcknowledgeTransitIssue', 'TransitIssueAcknowledged', {
  by: 'C',
  clauses: ['1.2-08', '1.2-14'],
  needs: [issueReported],
  effect: () => undefined,
  witnesses: () => [{}],
});

const reassignmentDue = (visit: VisitState) => owes(visit, 'reassign-provider') || visit.instruction === 'reassign';

/**
 * The contact center notifies the client of a delay or of another provider. After a failed attempt the debt stays open.
 */
const NotifyClient = act('NotifyClient', 'ClientNotified', {
  by: 'C',
  clauses: ['1.2-10', '1.2-13', '1.2-15'],
  unprovenClauses: ({ about, reached }) => [
    ...(reached && about.includes('delay') ? [] : (['1.2-10', '1.2-15'] as const)),
    ...(reached && about.includes('provider-change') ? [] : (['1.2-13'] as const)),
  ],
  reads: { about: [''] },
  needs: [],
  afterEnd: (visit, { data }) => data.about.every((topic) => owes(visit, `notify-${topic}`)),
  effect: (visit, { data }) => {
    if (!data.reached) return;
    for (const topic of data.about) discharge(visit, `notify-${topic}`);
    if (data.about.includes('provider-change') && reassignmentDue(visit)) visit.transit.changeTold = true;
  },
  witnesses: () => [
    { about: ['delay'], reached: true },
    { about: ['provider-change'], reached: true },
  ],
});

/** The visit waits for another provider, by an issue on the way or by an instruction. */
const reassignmentIsDue = rule('reassignment-due', '1.2-12', reassignmentDue, {
  remedy: ['ReportTransitIssue', 'GiveInstruction'],
});

/** The new provider is not the one assigned. */
const anotherProvider = rule(
  'another-provider',
  '1.2-12',
  (visit, { data }: RuleInput<Pick<ReassignProviderData, 'provider'>>) => data.provider.id !== assignedId(visit),
  { facts: (visit) => ({ assigned: assignedId(visit) }) },
);

/**
 * Another provider takes the visit over: they arrive, show credential and tools and validate the client again. Once
 * work has started the visit is away until the provider resumes it; the start is not repeated.
 */
const ReassignProvider = act('ReassignProvider', 'ProviderReassigned', {
  by: 'C',
  clauses: ['1.2-11', '1.2-12'],
  calls: { '1.2-13': () => true },
  reads: { provider: {} },
  needs: [reassignmentIsDue, anotherProvider],
  effect: (visit, { data }) => {
    if (!visit.transit.changeTold) openDebt(visit, 'notify-provider-change', '1.2-13', data.at);
    visit.transit.changeTold = false;
    const former = assignedId(visit);
    if (former !== null && !visit.formerProviders.includes(former)) visit.formerProviders.push(former);
    visit.provider = { ...data.provider };
    visit.arriveBy = data.arriveBy;
    const { absenceReportedAt } = visit.arrival;
    visit.arrival = { ...blankVisit().arrival, absenceReportedAt };
    visit.identity = blankVisit().identity;
    visit.work.tools = [];
    visit.work.toolsShownAt = null;
    visit.instruction = null;
    visit.work.away = false;
    if (visit.work.startedAt !== null) goAway(visit);
    endAbsence(visit);
    discharge(visit, 'reassign-provider');
    discharge(visit, 'give-instruction', 'identity');
  },
  witnesses: (visit, { at }) => [
    {
      provider: { id: assignedId(visit) === 'proveedor-2' ? 'proveedor-3' : 'proveedor-2', name: 'texto' },
      arriveBy: at,
    },
  ],
});

/** The acts of this chapter, in the order of the protocol. */
export const acts = [ReportTransitIssue, AcknowledgeTransitIssue, NotifyClient, ReassignProvider];
