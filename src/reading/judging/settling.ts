import type { Facts } from '../../kernel/decision.ts';
import type { Actor, ReportedAct, VisitEvent } from '../../messages/index.ts';
import { isFactOf } from '../../reconciling/repeats.ts';
import { deepEqual } from '../../util/equality.ts';
import { makesUnclean } from './finding.ts';
import type { IdFault } from './ids.ts';
import { type Judged, judgeEvent, notAsDecided } from './judge-event.ts';
import type { Log, NextEvent } from './log.ts';

/** The manner in which an event is read. */
export type Manner = {
  /** The settlement that took it; the deviations of its act cite it. */
  readonly settlement: Facts | null;
  /** The judgement of a settlement, made before the acts that it took were folded. */
  readonly judged: Judged | null;
  /** The indexes of the acts that the event, a settlement, took on record. */
  readonly onRecord: readonly number[];
  /** The index of the first event of the settlement's append, whose command id they share; null for any other event. */
  readonly batchFrom: number | null;
  /** The person who had reported an act that a settlement took; null for any other event. */
  readonly reporter: Actor | null;
};

/** The manner of every event but a settlement and the acts that it took. */
export const ordinary: Manner = { settlement: null, judged: null, onRecord: [], batchFrom: null, reporter: null };

export type Settled = Extract<VisitEvent, { type: 'DiscrepancySettled' }>;

/** Keeps a report for the settlements to come. A second one of its id changes nothing. */
export function keepReport(
  { reports }: Log,
  index: number,
  { data, metadata }: Extract<VisitEvent, { type: 'DiscrepancyReported' }>,
): void {
  const { discrepancyId, acts, by } = data;
  if (!reports.has(discrepancyId)) reports.set(discrepancyId, { index, by, acts, recordedAt: metadata?.recordedAt });
}

/**
 * True if an event is an act of a report, recorded by the contact center: a settlement that comes next may have taken it
 * (PROTOCOL §10).
 */
export function mayBeTaken({ reports }: Log, event: VisitEvent): boolean {
  const { recordedBy } = event.data;
  if (recordedBy?.role !== 'contact-center') return false;
  return [...reports.values()].some(({ acts }) => acts.some((act) => isFactOf(act, recordedBy, event)));
}

/** True if one settlement may have taken an event and all those that wait, which are fewer than the acts that were reported. */
export function goesOn({ pending, reports }: Log, event: VisitEvent): boolean {
  const most = [...reports.values()].reduce((sum, { acts }) => sum + acts.length, 0);
  return pending.length < most && pending.every((one) => isSameSettlement(one.event, event));
}

/** True if two events have one command and one operator. */
const isSameSettlement = (one: VisitEvent, other: VisitEvent): boolean =>
  one.metadata?.commandId === other.metadata?.commandId && deepEqual(findOperator(one), findOperator(other));

const findOperator = ({ type, data }: VisitEvent) => (type === 'DiscrepancySettled' ? data.by : data.recordedBy);

/**
 * Judges a settlement on the state before the acts that it took, and finds these among the events right before it. Answers
 * with the manner in which each of these is read, and the settlement's, which comes last.
 */
export function judgeSettlement(
  log: Log,
  { index, act }: NextEvent,
  event: Settled,
  pending: readonly NextEvent[],
): readonly Manner[] {
  const { discrepancyId, taken, by, at } = event.data;
  const report = log.reports.get(discrepancyId);
  const acts = taken.map((position) => report?.acts[position]);
  const isAct = (reported: ReportedAct | undefined, one: NextEvent) =>
    reported !== undefined && isSameSettlement(one.event, event) && isFactOf(reported, by, one.event);
  // A settlement takes the acts right before it. The contact center recorded those that waited before these.
  const last = pending.slice(pending.length - acts.length);
  const isExact = last.length === acts.length && last.every((one, place) => isAct(acts[place], one));
  const own = isExact ? last : pending.filter((one) => acts.some((reported) => isAct(reported, one)));
  const judged = judgeEvent(log, { index, event, act, recorder: by, isIgnored: false, settlement: null });
  const isRefused = judged.findings.some(makesUnclean);
  const findings = isExact || isRefused ? judged.findings : [...judged.findings, notAsDecided(index, ['taken'])];
  const batchFrom = own[0]?.index ?? null;
  const reporter = report?.by ?? null;
  const ofTaken: Manner = { ...ordinary, settlement: { discrepancyId, settledAt: at }, batchFrom, reporter };
  const onRecord = own.map((one) => one.index);
  return [
    ...pending.map((one) => (own.includes(one) ? ofTaken : ordinary)),
    { ...ordinary, judged: { ...judged, findings }, onRecord, batchFrom },
  ];
}

/** True if a command id is used again only because a settlement and the acts that it took are one append. */
export const isOfBatch = ({ facts: { commandId, first } }: IdFault, { batchFrom }: Manner): boolean =>
  batchFrom !== null && commandId !== undefined && Number(first) >= batchFrom;
