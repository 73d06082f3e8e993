/** The histories to begin with. Each is played with `decide`, as a person would. */
import { type CommandType, decide, evolve, initialState, type Locale, type Role, type VisitCommand } from 'auxilio';
import { plausibleData, timeAfter } from './plausible.ts';
import type { Log } from './table.ts';

export const histories = ['empty', 'plain', 'refused', 'absent', 'corrected'] as const;
export type HistoryName = (typeof histories)[number];

type Step = readonly [CommandType, object?];

const center: ReadonlySet<CommandType> = new Set([
  'AssignVisit',
  'GiveInstruction',
  'DocumentPhotos',
  'DocumentStart',
  'AnnulAct',
  'CorrectTime',
]);

const toSite: readonly Step[] = [['AssignVisit'], ['RecordArrival'], ['ShowCredential']];
const toStart: readonly Step[] = [
  ...toSite,
  ['ValidateIdentity'],
  ['AnnounceService'],
  ['LocateFault'],
  ['InspectArea'],
  ['TakePhotos'],
  ['SubmitPhotos'],
  ['DocumentPhotos'],
  ['AssessService'],
  ['ExplainWork'],
  ['SupplyMaterials'],
  ['AcceptMaterials'],
  ['ShowTools'],
  ['ClearArea'],
  ['ReportStart'],
  ['DocumentStart'],
  ['StartWork'],
];
const toEnd: readonly Step[] = [
  ...toStart,
  ['TestQuality'],
  ['RecordConformity'],
  ['HandOverSite'],
  ['ShowBelongings'],
  ['ReportCompletion'],
  ['GiveFarewell'],
  ['CompleteVisit'],
];

const steps: Readonly<Record<HistoryName, readonly Step[]>> = {
  empty: [],
  plain: toEnd,
  refused: toSite.slice(0, 2),
  absent: [...toSite, ['ReportClientAbsence'], ['GiveInstruction', { about: 'client-absence', decision: 'wait' }]],
  corrected: [...toEnd, ['CorrectTime', { what: 'start' }]],
};

/** What is tried at once when a history is chosen. */
export const firstAttempt: { readonly [N in HistoryName]?: readonly [CommandType, Role] } = {
  refused: ['StartWork', 'provider'],
};

/** Plays a history in a language. @throws if the protocol refuses one of its acts */
export function playHistory(name: HistoryName, locale: Locale): Log {
  const log: Log[number][] = [];
  let state = initialState();
  for (const [type, own] of steps[name]) {
    const role = center.has(type) ? 'contact-center' : 'provider';
    const at = timeAfter(
      log.map(({ data }) => data.at),
      type,
    );
    const corrected = type === 'CorrectTime' ? { corrected: shifted(state.work.startedAt, 6) } : {};
    const recorded = type === 'CorrectTime' ? { recorded: state.work.startedAt } : {};
    const data = { visitId: 'v-1', ...plausibleData(type, state, role, at, locale), ...own, ...recorded, ...corrected };
    const actor = { role, id: role === 'provider' ? 'prov-14' : 'op-7' };
    const decision = decide({ type, data, metadata: { actor } } as unknown as VisitCommand, state);
    if (!decision.ok) throw new Error(`${type} is refused: ${JSON.stringify(decision.rejection)}`);
    log.push(...decision.events);
    state = decision.events.reduce(evolve, state);
  }
  return log;
}

const shifted = (at: string | null, minutes: number): string =>
  new Date(Date.parse(at ?? '') + minutes * 60_000).toISOString();
