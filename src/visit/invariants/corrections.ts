import type { EventType } from '../../messages/index.ts';
import { deepEqual } from '../../util/equality.ts';
import { correctInterval, holdsTime, movedInterval, standsSince } from './correction-model.ts';
import { mayFollowEnd } from './ending.ts';
import { foldHistory, whenever } from './history.ts';
import { type ActTable, type Invariant, invariant } from './invariant.ts';
import { type ModelState, running } from './model-state.ts';
import { acts as preparing } from './start.ts';

/** The acts of this chapter: their authors. */
export const acts = {
  ActAnnulled: { by: 'C' },
  TimeCorrected: { by: 'C' },
  DiscrepancyReported: { by: 'PK' },
  DiscrepancySettled: { by: 'C' },
} satisfies ActTable;

/** An annulment names an act that stands, with its time on record. Clause 1.1-10. @since 0.5.0 */
export const annulledAsRecorded = invariant(
  'annulled-as-recorded',
  '1.1-10',
  'An annulment names an act that stands, with its time on record.',
  (_state, history) => whenever(history, ['ActAnnulled'], ({ data }, before) => standsSince(before, data)),
);

/** The facts recorded at the place, other than an absence of the client: of the start, all that the provider does alone. */
const atPlace: readonly EventType[] = [
  ...(Object.keys(preparing) as (keyof typeof preparing)[]).filter((type) => preparing[type].by === 'P'),
  'CredentialShown',
  'IdentityValidated',
  'IdentityRejected',
  'ServiceAnnounced',
  'FaultLocated',
  'AreaInspected',
  'ServiceAssessed',
  'WorkExplained',
  'PhotosTaken',
];

/**
 * An arrival is annulled only while the visit is away, or before anything but an absence was recorded at the place.
 * Clause 1.1-10.
 * @since 0.5.0
 */
export const arrivalAnnulledAlone = invariant(
  'arrival-annulled-alone',
  '1.1-10',
  'An arrival is annulled only while the visit is away, or before anything but an absence was recorded at the place.',
  (_state, history) =>
    whenever(history, ['ActAnnulled'], ({ data }, { away, stands }) => {
      return data.act !== 'ProviderArrived' || away || !atPlace.some((type) => stands.has(type));
    }),
);

function startAlone(before: ModelState): boolean {
  const followed: readonly EventType[] = ['ClientConformed', 'SiteHandedOver', 'BelongingsShown', 'CompletionReported'];
  const { intervals, tests, stands } = before;
  return running(before) && intervals.length === 1 && tests === null && !followed.some((type) => stands.has(type));
}

/**
 * A start is annulled only while the work runs in its first interval, and nothing of the closing stands. Clause
 * 1.1-10.
 * @since 0.5.0
 */
export const startAnnulledAlone = invariant(
  'start-annulled-alone',
  '1.1-10',
  'A start is annulled only while the work runs in its first interval, and nothing of the closing stands.',
  (_state, history) =>
    whenever(history, ['ActAnnulled'], ({ data }, before) => data.act !== 'WorkStarted' || startAlone(before)),
);

/** A correction names a time that the visit holds for what it names. Clause 1.1-10. @since 0.5.0 */
export const correctedAsRecorded = invariant(
  'corrected-as-recorded',
  '1.1-10',
  'A correction names a time that the visit holds for what it names.',
  (_state, history) => whenever(history, ['TimeCorrected'], ({ data }, before) => holdsTime(before, data)),
);

/** No correction lets an interval of work end before it begins that did not before. Clause 1.1-10. @since 0.5.0 */
export const correctedForward = invariant(
  'corrected-forward',
  '1.1-10',
  'No correction lets an interval of work end before it begins that did not before.',
  (_state, history) =>
    whenever(history, ['TimeCorrected'], ({ data }, before) => {
      const moved = movedInterval(before, data);
      if (moved === undefined || (moved.to !== null && moved.to < moved.from)) return true;
      const { from, to } = correctInterval(moved, data.what, data.corrected);
      return to === null || to >= from;
    }),
);

/**
 * Arrival, start and completion call stand at the times that were recorded first or corrected last. Clause 1.1-10.
 * @since 0.5.0
 */
export const timesAsCorrected = invariant(
  'times-as-corrected',
  '1.1-10',
  'Arrival, start and completion call stand at the times that were recorded first or corrected last.',
  ({ arrival, work, closing }, history) => {
    const { stands, times } = foldHistory(history);
    const since = (type: EventType) => (stands.has(type) ? times.get(type) : null);
    const told = [since('ProviderArrived'), since('WorkStarted'), since('CompletionReported')];
    return deepEqual([arrival.arrivedAt, work.startedAt, closing.completionReportedAt], told);
  },
);

/** The debts that lapsed at the end are kept, and open again where the end was annulled. Clause 1.1-10. @since 0.5.0 */
export const lapsedAsKept = invariant(
  'lapsed-as-kept',
  '1.1-10',
  'The debts that lapsed at the end are kept, and open again where the end was annulled.',
  ({ closing: { lapsed } }, history) => {
    const kept = foldHistory(history).lapsed;
    return lapsed.length === kept.length && kept.every((debt) => lapsed.some((one) => deepEqual(one, debt)));
  },
);

/** The former providers are those who were assigned and replaced, each once. Clause 1.2-12. @since 0.5.0 */
export const formerProvidersAsChanged = invariant(
  'former-providers-as-changed',
  '1.2-12',
  'The former providers are those who were assigned and replaced, each once.',
  ({ formerProviders }, history) => {
    const { former } = foldHistory(history);
    return formerProviders.length === former.size && formerProviders.every((id) => former.has(id));
  },
);

/**
 * A discrepancy is reported by a client, or by a provider who is or was assigned to the visit, and by no other person for them.
 * Clause 1.2-12.
 * @since 0.5.0
 */
export const reportedInPerson = invariant(
  'reported-in-person',
  '1.2-12',
  'A discrepancy is reported by a client, or by a provider who is or was assigned to the visit, and by no other person for them.',
  (_state, history) =>
    whenever(history, ['DiscrepancyReported'], ({ data: { by, recordedBy } }, { terms, former }) => {
      const provider = by.role === 'provider' && (by.id === terms?.provider.id || former.has(by.id));
      return (provider || by.role === 'client') && recordedBy === undefined;
    }),
);

/** No two reports have the same id. Clause 1.1-10. @since 0.5.0 */
export const reportedOnce = invariant(
  'reported-once',
  '1.1-10',
  'No two reports have the same id.',
  (_state, history) =>
    whenever(history, ['DiscrepancyReported'], ({ data }, { discrepancies }) => {
      return !discrepancies.has(data.discrepancyId);
    }),
);

/**
 * A settlement is of a discrepancy that was reported, and takes acts of it that were not taken before. Clause 1.1-10.
 * @since 0.5.0
 */
export const settledAsReported = invariant(
  'settled-as-reported',
  '1.1-10',
  'A settlement is of a discrepancy that was reported, and takes acts of it that were not taken before.',
  (_state, history) =>
    whenever(history, ['DiscrepancySettled'], ({ data: { discrepancyId, taken } }, { discrepancies }) => {
      const acts = discrepancies.get(discrepancyId);
      return acts !== undefined && taken.every((position) => acts[position]?.taken === false);
    }),
);

/** After the end a settlement takes only acts of types that may be recorded then. Clause 1.1-10. @since 0.5.0 */
export const settledWithinTheEnd = invariant(
  'settled-within-the-end',
  '1.1-10',
  'After the end a settlement takes only acts of types that may be recorded then.',
  (_state, history) =>
    whenever(history, ['DiscrepancySettled'], ({ data: { discrepancyId, taken } }, { discrepancies, ended }) => {
      const acts = discrepancies.get(discrepancyId) ?? [];
      const types = taken.flatMap((position) => acts[position]?.type ?? []);
      return ended === null || types.every(mayFollowEnd);
    }),
);

/**
 * The visit lists every discrepancy in the order of the reports, with its acts and those that were taken. Clause
 * 1.1-10.
 * @since 0.5.0
 */
export const discrepanciesAsReported = invariant(
  'discrepancies-as-reported',
  '1.1-10',
  'The visit lists every discrepancy in the order of the reports, with its acts and those that were taken.',
  ({ discrepancies }, history) =>
    deepEqual(
      discrepancies,
      [...foldHistory(history).discrepancies].map(([discrepancyId, acts]) => ({ discrepancyId, acts })),
    ),
);

/** The invariants of this chapter. */
export const invariants: readonly Invariant[] = [
  annulledAsRecorded,
  arrivalAnnulledAlone,
  startAnnulledAlone,
  correctedAsRecorded,
  correctedForward,
  timesAsCorrected,
  lapsedAsKept,
  formerProvidersAsChanged,
  reportedInPerson,
  reportedOnce,
  settledAsReported,
  settledWithinTheEnd,
  discrepanciesAsReported,
];
