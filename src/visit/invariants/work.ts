import type { VisitEvent } from '../../messages/index.ts';
import { deepEqual } from '../../util/equality.ts';
import { all, foldHistory, whenever } from './history.ts';
import { type ActTable, type Invariant, invariant, waived } from './invariant.ts';
import { running } from './model-state.ts';

/** The acts of this chapter: author, place, and the instant of the visit that they make. */
export const acts = {
  Paused: { by: 'P+', where: 'on site' },
  Resumed: { by: 'P+' },
} satisfies ActTable;

/** True if the instants of a history never go back: nothing obliges two clocks to agree. */
function inTime(history: readonly VisitEvent[]): boolean {
  return history.every(({ data }, index) => data.at >= (history[index - 1]?.data.at ?? ''));
}

/**
 * An exit for a second visit is made by one who is not away, and a re-entry by one who is. Clause 1.1-48.
 * @since 0.1.0
 */
export const exitsAlternate = invariant(
  'exits-alternate',
  '1.1-48',
  'An exit for a second visit is made by one who is not away, and a re-entry by one who is.',
  (_state, history) =>
    whenever(history, ['Paused', 'Resumed'], ({ type, data }, before) => {
      return data.kind !== 'second-visit' || before.away === (type === 'Resumed');
    }),
);

/** A break begins only while work is running, and ends only where one has begun. Clause 1.1-43. @since 0.1.0 */
export const breaksAlternate = invariant(
  'breaks-alternate',
  '1.1-43',
  'A break begins only while work is running, and ends only where one has begun.',
  (_state, history) =>
    whenever(history, ['Paused', 'Resumed'], ({ type, data }, before) => {
      return data.kind !== 'break' || (type === 'Resumed' ? before.onBreak : running(before));
    }),
);

/** Every exit for a second visit has its notice. Clause 1.1-48. @since 0.1.0 */
export const exitNoticed = invariant(
  'exit-noticed',
  '1.1-48',
  'Every exit for a second visit has its notice.',
  (_state, history) =>
    all(history, 'Paused').every(({ data }) => data.kind !== 'second-visit' || data.notice !== undefined),
);

/** Every re-entry for a second visit has its notice. Clause 1.1-49. @since 0.1.0 */
export const reentryNoticed = invariant(
  'reentry-noticed',
  '1.1-49',
  'Every re-entry for a second visit has its notice.',
  (_state, history) =>
    all(history, 'Resumed').every(({ data }) => data.kind !== 'second-visit' || data.notice !== undefined),
);

/**
 * One who resumes a visit has arrived, and credential, identity and, after the start, tools stand or are waived.
 * Clause 1.1-49.
 * @since 0.1.0
 */
export const reentryAsArrival = invariant(
  'reentry-as-arrival',
  '1.1-49',
  'One who resumes a visit has arrived, and credential, identity and, after the start, tools stand or are waived.',
  (_state, history, policy) =>
    whenever(history, ['Resumed'], ({ data }, before) => {
      const credential = before.stands.has('CredentialShown') || waived('credential-shown', before, policy);
      const identity = before.identity !== null || waived('identity-valid', before, policy);
      const tools =
        !before.stands.has('WorkStarted') || before.stands.has('ToolsShown') || waived('tools-shown', before, policy);
      return data.kind !== 'second-visit' || (before.stands.has('ProviderArrived') && credential && identity && tools);
    }),
);

/**
 * Being away, on a break and awaiting materials stand in the visit exactly while nothing has ended them. Clause
 * 1.1-48.
 * @since 0.1.0
 */
export const interruptionsAsRecorded = invariant(
  'interruptions-as-recorded',
  '1.1-48',
  'Being away, on a break and awaiting materials stand in the visit exactly while nothing has ended them.',
  ({ work, materials }, history) => {
    const { away, onBreak, awaiting } = foldHistory(history);
    return work.away === away && work.onBreak === onBreak && materials.awaited === awaiting;
  },
);

/** Work that is running has a provider who has arrived. Clause 1.1-43. @since 0.1.0 */
export const runningThere = invariant(
  'running-there',
  '1.1-43',
  'Work that is running has a provider who has arrived.',
  ({ work, materials, arrival }) =>
    work.startedAt === null || work.away || work.onBreak || materials.awaited || arrival.arrivedAt !== null,
);

/** The intervals of work are those in which it was running. Clause 1.1-43. @since 0.1.0 */
export const intervalsAsRun = invariant(
  'intervals-as-run',
  '1.1-43',
  'The intervals of work are those in which it was running.',
  ({ work }, history) => deepEqual(work.intervals, foldHistory(history).intervals),
);

/**
 * No interval of work begins before it or the one before it ends, unless the clocks themselves went back or a time was
 * corrected. Clause 1.1-43.
 * @since 0.1.0
 */
export const intervalsApart = invariant(
  'intervals-apart',
  '1.1-43',
  'No interval of work begins before it or the one before it ends, unless the clocks themselves went back or a time was corrected.',
  ({ work: { intervals } }, history) => {
    const bounds = intervals.flatMap(({ from, to }) => (to === null ? [from] : [from, to]));
    const told = inTime(history) && all(history, 'TimeCorrected').length === 0;
    return !told || bounds.every((bound, index) => bound >= (bounds[index - 1] ?? ''));
  },
);

/**
 * At most the last interval of work is open, and it is exactly while work is running and the visit has not ended.
 * Clause 1.1-43.
 * @since 0.1.0
 */
export const openWhileRunning = invariant(
  'open-while-running',
  '1.1-43',
  'At most the last interval of work is open, and it is exactly while work is running and the visit has not ended.',
  ({ work, materials, closing }) => {
    const ended = closing.completedAt !== null || closing.closedAt !== null;
    const runs = work.startedAt !== null && !work.away && !work.onBreak && !materials.awaited && !ended;
    const open = work.intervals.map(({ to }) => to === null);
    return !open.slice(0, -1).includes(true) && (open.at(-1) ?? false) === runs;
  },
);

/** The invariants of this chapter. */
export const invariants: readonly Invariant[] = [
  exitsAlternate,
  breaksAlternate,
  exitNoticed,
  reentryNoticed,
  reentryAsArrival,
  interruptionsAsRecorded,
  runningThere,
  intervalsAsRun,
  intervalsApart,
  openWhileRunning,
];
