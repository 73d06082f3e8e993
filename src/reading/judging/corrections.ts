import { type Facts, none } from '../../kernel/decision.ts';
import type {
  Actor,
  AnnullableEvent,
  CorrectableTime,
  Id,
  Instant,
  NonEmptyText,
  VisitEvent,
} from '../../messages/index.ts';
import type { Records, TimeRecord } from '../../reconciling/recorded-fold.ts';
import { findMoved, stands } from '../../visit/corrections.ts';
import type { Finding } from './finding.ts';
import type { Log } from './log.ts';

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
      /** The indexes of the events that fell with it: reports of the absence; calls of the completion. */
      readonly undone: readonly number[];
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

/** A correction: the facts of its finding, and the times that it revises, by the indexes of their events; null for none. */
export type FoundCorrection = {
  readonly facts: Facts;
  readonly revised: readonly (readonly [index: number, at: Instant | null])[];
};

/**
 * Finds what an event corrects, on the state before it; null for any other event, and for one that changes nothing.
 * `onRecord`: the indexes of the acts that a settlement took.
 */
export function findCorrection(
  { type, data }: VisitEvent,
  log: Log,
  onRecord: readonly number[],
): FoundCorrection | null {
  if (type === 'ActAnnulled') return findAnnulment(data, log);
  if (type === 'TimeCorrected') return findTimeCorrection(data, log);
  return type === 'DiscrepancySettled' ? findSettlement(data, log, onRecord) : null;
}

type DataOf<T extends VisitEvent['type']> = Extract<VisitEvent, { type: T }>['data'];

const factsByEvent = {
  ProviderArrived: 'arrival',
  WorkStarted: 'start',
  Completed: 'end',
  VisitClosed: 'end',
} as const;

function findAnnulment(data: DataOf<'ActAnnulled'>, { fold: { state, records } }: Log): FoundCorrection | null {
  const { act, recorded, by, at, reason } = data;
  const record = stands(state, data) && findRecord(factsByEvent[act], records);
  if (!record) return null;
  const { arrival, closing } = state;
  const { index: of, at: first } = record;
  const fallen = [
    ...(act === 'Completed' && closing.completionReportedAt !== null ? records['completion-call'] : []),
    ...(act === 'ProviderArrived' && arrival.absentSince !== null ? records.absence : []),
  ];
  const undone = fallen.map(({ index }) => index);
  return {
    facts: { kind: 'annulled', act, of, first, recorded, now: null, by, at, reason, undone },
    revised: [of, ...undone].map((index) => [index, null]),
  };
}

/** The record of a fact that stands: of several arrivals the last, of starts and completion calls the first. */
const findRecord = (fact: keyof Omit<Records, 'intervals'>, records: Records): TimeRecord | undefined =>
  records[fact].at(fact === 'arrival' ? -1 : 0);

function findTimeCorrection(data: DataOf<'TimeCorrected'>, { fold: { state, records } }: Log): FoundCorrection | null {
  const { what, recorded, corrected, by, at, reason } = data;
  const moved = findMoved(state, data);
  const interval = moved && state.work.intervals[moved.index];
  // An interruption and a resumption are recorded with their interval.
  const isOfInterval = what === 'resumption' || what === 'interruption';
  const record =
    moved && (isOfInterval ? interval && records.intervals.get(interval)?.[moved.end] : findRecord(what, records));
  if (!record) return null;
  return {
    facts: { kind: 'time', what, of: record.index, first: record.at, recorded, now: corrected, by, at, reason },
    revised: [[record.index, corrected]],
  };
}

/** A settlement corrects nothing that was read: it says what became of a report, and leaves the rest of it. */
function findSettlement(
  { discrepancyId, taken, by, at, text }: DataOf<'DiscrepancySettled'>,
  { reports, fold }: Log,
  onRecord: readonly number[],
): FoundCorrection | null {
  const settled = fold.state.discrepancies.find((one) => one.discrepancyId === discrepancyId);
  const report = settled && reports.get(discrepancyId);
  if (!report) return null;
  const left = settled.acts.flatMap((act, position) => (act.taken || taken.includes(position) ? [] : position));
  const of = report.index;
  return { facts: { kind: 'settled', discrepancyId, of, taken, onRecord, left, by, at, reason: text }, revised: none };
}

/** Lists the corrections, in the order of the log. */
export const listCorrections = (findings: readonly Finding[]): readonly Correction[] =>
  findings.flatMap(({ kind, index, facts }) => (kind === 'correction' ? ({ index, ...facts } as Correction) : []));
