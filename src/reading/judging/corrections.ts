import type { Facts } from '../../kernel/index.ts';
import type {
  Actor,
  AnnullableEvent,
  CorrectableTime,
  Id,
  Instant,
  NonEmptyText,
  VisitEvent,
} from '../../messages/index.ts';
import type { Act } from '../../visit/act.ts';
import { findMoved, type Moved, stands } from '../../visit/corrections.ts';
import type { Finding } from './finding.ts';
import type { Entry, Log } from './log.ts';
import type { TimeRecord, TimeRecords } from './recorded-times.ts';

/** The index of a correction, the person who made it, its time and the reason. */
type Source = {
  readonly index: number;
  readonly by: Actor;
  readonly at: Instant;
  readonly reason: NonEmptyText;
};

/**
 * A correction of a log (PROTOCOL §4, *Mistakes*): what was first recorded, what stands now, who, when and why.
 *
 * - `annulled`: an act was annulled; nothing of it stands.
 * - `time`: a time was corrected.
 * - `settled`: a discrepancy was settled; some of its acts may have been taken on record.
 *
 * Indexes are places in the log, from 0.
 * @since 0.5.0
 */
export type Correction =
  | (Source & {
      readonly kind: 'annulled';
      readonly act: AnnullableEvent;
      /** The index of the event that was annulled. */
      readonly of: number;
      /** Its time as it was first recorded, and as it stood when it was annulled. */
      readonly first: Instant;
      readonly recorded: Instant;
      readonly now: null;
    })
  | (Source & {
      readonly kind: 'time';
      readonly what: CorrectableTime;
      /** The index of the event that recorded it. */
      readonly of: number;
      /** The time as it was first recorded, as it stood before the correction, and as it stands now. */
      readonly first: Instant;
      readonly recorded: Instant;
      readonly now: Instant;
    })
  | (Source & {
      readonly kind: 'settled';
      readonly discrepancyId: Id;
      /** The index of the report. */
      readonly of: number;
      /** The positions in the report of the acts that were taken, and of those that no settlement has taken so far. */
      readonly taken: readonly number[];
      readonly left: readonly number[];
      /** The indexes of the events by which the acts were taken on record. */
      readonly onRecord: readonly number[];
    });

/** A correction: the facts of its finding, and what it changes in what was read before. */
export type FoundCorrection = { readonly facts: Facts; readonly apply: () => unknown };

/** True for the acts that correct something. */
export const corrects = ({ event }: Act): boolean =>
  event === 'ActAnnulled' || event === 'TimeCorrected' || event === 'DiscrepancySettled';

/**
 * Finds what an event corrects, on the state before it; null for any other event, and for one that changes nothing.
 * `onRecord`: the indexes of the acts that a settlement took.
 */
export function findCorrection(event: VisitEvent, log: Log, onRecord: readonly number[]): FoundCorrection | null {
  switch (event.type) {
    case 'ActAnnulled':
      return findAnnulment(event.data, log);
    case 'TimeCorrected':
      return findTimeCorrection(event.data, log);
    case 'DiscrepancySettled':
      return findSettlement(event.data, log, onRecord);
    default:
      return null;
  }
}

type DataOf<T extends VisitEvent['type']> = Extract<VisitEvent, { type: T }>['data'];

const recordOf = {
  ProviderArrived: 'arrival',
  WorkStarted: 'start',
  Completed: 'end',
  VisitClosed: 'end',
} as const satisfies { readonly [E in DataOf<'ActAnnulled'>['act']]: keyof TimeRecords };

function findAnnulment(data: DataOf<'ActAnnulled'>, log: Log): FoundCorrection | null {
  const { act, recorded, by, at, reason } = data;
  const { times, fold } = log;
  const record = times[recordOf[act]];
  if (record === null || !stands(fold.state, data)) return null;
  const { arrival, work, closing } = fold.state;
  const isAbsent = arrival.absentSince !== null;
  const interval = work.intervals.findLastIndex(({ from }) => from === work.startedAt);
  const call = closing.completionReportedAt === null ? null : times.completionCall;
  return {
    facts: { kind: 'annulled', act, of: record.index, first: record.at, recorded, now: null, by, at, reason },
    apply: () => {
      times[recordOf[act]] = null;
      if (act === 'WorkStarted' && interval >= 0) times.intervals.splice(interval, 1);
      const annulled = [
        record.index,
        ...(act === 'Completed' && call !== null ? callsFrom(log, call.index) : []),
        ...(act === 'ProviderArrived' && isAbsent ? absenceAfter(log, record.index) : []),
      ];
      for (const index of annulled) log.revised.set(index, null);
    },
  };
}

/** The completion call that stands, and those that repeated it. */
const callsFrom = ({ entries }: Log, first: number): readonly number[] =>
  entries.flatMap(({ index, event }) => (event.type === 'CompletionReported' && index >= first ? index : []));

/** The last absence that was reported after an arrival. */
function absenceAfter({ entries }: Log, arrival: number): readonly number[] {
  const isAbsence = ({ event, isIgnored }: Entry) => event.type === 'ClientAbsenceReported' && !isIgnored;
  const indexes = entries.filter(isAbsence).map(({ index }) => index);
  return indexes.filter((index) => index > arrival).slice(-1);
}

function findTimeCorrection(data: DataOf<'TimeCorrected'>, log: Log): FoundCorrection | null {
  const { what, recorded, corrected, by, at, reason } = data;
  const moved = findMoved(log.fold.state, data);
  const record = moved && recordOfTime(data, log.times, moved);
  if (record === null) return null;
  return {
    facts: { kind: 'time', what, of: record.index, first: record.at, recorded, now: corrected, by, at, reason },
    apply: () => log.revised.set(record.index, corrected),
  };
}

/** The record of a time. An interruption and a resumption are recorded with their interval. */
function recordOfTime(
  { what }: DataOf<'TimeCorrected'>,
  { arrival, start, completionCall, end, intervals }: TimeRecords,
  { index, end: which }: Moved,
): TimeRecord | null {
  switch (what) {
    case 'arrival':
      return arrival;
    case 'start':
      return start;
    case 'completion-call':
      return completionCall;
    case 'end':
      return end;
    case 'resumption':
    case 'interruption':
      return intervals[index]?.[which] ?? null;
  }
}

/** A settlement corrects nothing that was read: it says what became of a report, and leaves the rest of it. */
function findSettlement(
  { discrepancyId, taken, by, at, text }: DataOf<'DiscrepancySettled'>,
  { reports, fold }: Log,
  onRecord: readonly number[],
): FoundCorrection | null {
  const settled = fold.state.discrepancies.find((one) => one.discrepancyId === discrepancyId);
  const report = reports.get(discrepancyId);
  if (settled === undefined || report === undefined) return null;
  const left = settled.acts.flatMap((act, position) => (act.taken || taken.includes(position) ? [] : position));
  const facts: Facts = {
    kind: 'settled',
    discrepancyId,
    of: report.index,
    taken,
    onRecord,
    left,
    by,
    at,
    reason: text,
  };
  return { facts, apply: () => undefined };
}

/** Lists the corrections, in the order of the log. */
export const correctionsIn = (findings: readonly Finding[]): readonly Correction[] =>
  findings.flatMap(({ kind, index, facts }) => (kind === 'correction' ? ({ index, ...facts } as Correction) : []));
