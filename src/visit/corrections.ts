import type {
  AnnulActData,
  AnnullableEvent,
  CorrectableTime,
  CorrectTimeData,
  EventType,
  Id,
  Instant,
  SettleDiscrepancyData,
} from '../messages/index.ts';
import { act, mayFollowEnd } from './act.ts';
import { endAbsence } from './arrival.ts';
import { discharge, openDebt, reopenLapsed } from './debts.ts';
import { recordableActs } from './recordable.ts';
import { type RuleInput, rule, when } from './rule.ts';
import {
  assignedId,
  hasEnded,
  isOrWasAssigned,
  isRunning,
  type VisitDraft,
  type VisitState,
  type WorkInterval,
} from './state.ts';

/** The time on record of each act that can be annulled; null where none stands. */
export const standing = ({
  arrival,
  work,
  closing,
}: VisitState): Readonly<Record<AnnullableEvent, Instant | null>> => ({
  ProviderArrived: arrival.arrivedAt,
  WorkStarted: work.startedAt,
  Completed: closing.completedAt,
  VisitClosed: closing.closedAt,
});

type Annulment = Pick<AnnulActData, 'act' | 'recorded'>;

/** The act that is to be annulled stands, with that time. */
export const stands = (visit: VisitState, { act, recorded }: Annulment) => standing(visit)[act] === recorded;

/** The act that is to be annulled stands, with that time. */
const actStands = rule('act-stands', '1.1-10', (visit, { data }: RuleInput<Annulment>) => stands(visit, data), {
  facts: (visit, { data }) => ({ act: data.act, recorded: data.recorded, standing: standing(visit)[data.act] }),
});

const annuls = (event: AnnullableEvent) => (data: Annulment) => data.act === event;

const areAllNull = (facts: readonly unknown[]) => facts.every((fact) => fact === null);

/** The instants of the inspection. One that the state gains and this list lacks does not compile; no other field is read. */
const inspected = ['announcedAt', 'faultLocatedAt', 'areaInspectedAt', 'assessedAt', 'explainedAt'] as const;
type Missing = Exclude<keyof VisitState['inspection'] & `${string}At`, (typeof inspected)[number]>;

/** True if no act at the place stands, except an absence of the client. */
const isPlaceUntouched = ({ arrival, identity, inspection, photos, work }: VisitState): boolean =>
  areAllNull([
    arrival.credentialShownAt,
    identity.validatedAt,
    identity.rejectedAt,
    ...(inspected satisfies [Missing] extends [never] ? unknown : Missing).map((instant) => inspection[instant]),
    ...Object.values(photos.byId).map(({ takenAt }) => takenAt),
    work.toolsShownAt,
    work.areaClearedAt,
    work.startedAt,
  ]);

/** Nothing else rests on the arrival: the visit is away, or nothing was done at the place. */
const arrivalAlone = rule('arrival-alone', '1.1-10', (visit) => visit.work.away || isPlaceUntouched(visit));

/** Nothing else rests on the start: the work runs in its first interval, and nothing of the closing stands. */
const startAlone = rule('start-alone', '1.1-10', (visit) => {
  const { tests, conformedAt, handedOverAt, belongingsShownAt, completionReportedAt } = visit.closing;
  const isUnfollowed = areAllNull([tests, conformedAt, handedOverAt, belongingsShownAt, completionReportedAt]);
  return isRunning(visit) && visit.work.intervals.length === 1 && isUnfollowed;
});

/** The contact center annuls what was recorded by mistake (PROTOCOL §4, *Mistakes*). */
const AnnulAct = act('AnnulAct', 'ActAnnulled', {
  by: 'C',
  clauses: ['1.1-10'],
  unprovenClauses: () => ['1.1-10'],
  schemaVersion: 2,
  afterEnd: (_, { data }) => data.act === 'Completed' || data.act === 'VisitClosed',
  reads: { act: '' },
  needs: [actStands, ...when(annuls('ProviderArrived'), [arrivalAlone]), ...when(annuls('WorkStarted'), [startAlone])],
  effect: (visit, { data }) => {
    if (stands(visit, data)) annul[data.act](visit);
  },
  witnesses: (visit, { at }) =>
    (Object.keys(annul) as AnnullableEvent[])
      .filter((act) => standing(visit)[act] !== null || (visit.arrival.arrivedAt === null && failsLeast(act)))
      .map((act) => ({ act, recorded: standing(visit)[act] ?? at, reason: 'texto' })),
});

/** Without an arrival, one of these fails no rule but `act-stands`. */
const failsLeast = (act: string) => act === 'ProviderArrived' || act === 'Completed';

/** Undoes what each annulled event recorded. */
const annul: { readonly [E in AnnullableEvent]: (visit: VisitDraft) => void } = {
  ProviderArrived: (visit) => {
    visit.arrival.arrivedAt = null;
    visit.arrival.absenceReportedAt = null;
    visit.identity.representativeAllowed = false;
    endAbsence(visit);
  },
  WorkStarted: ({ work }) => {
    const first = work.intervals.findLastIndex(({ from }) => from === work.startedAt);
    work.intervals = work.intervals.filter((_, index) => index !== first);
    work.startedAt = null;
  },
  Completed: (visit) => {
    visit.closing.completedAt = null;
    visit.closing.completionReportedAt = null;
    visit.closing.caseNumberNamed = null;
    reopenLapsed(visit);
  },
  VisitClosed: (visit) => {
    visit.closing.closedAt = null;
    visit.closing.outcome = null;
    visit.instruction = null;
    reopenLapsed(visit);
  },
};

type Correction = Pick<CorrectTimeData, 'what' | 'recorded' | 'corrected'>;

/** The end of an interval of work that a time stands for, if it does. */
const intervalEnd: { readonly [T in CorrectableTime]?: keyof WorkInterval } = {
  start: 'from',
  resumption: 'from',
  interruption: 'to',
  end: 'to',
};

/** The times that are facts of the state, apart from the intervals of work. */
export const factTimes = ({ arrival, work, closing }: VisitState) => ({
  arrival: arrival.arrivedAt,
  start: work.startedAt,
  'completion-call': closing.completionReportedAt,
  end: closing.completedAt ?? closing.closedAt,
});

/** The interval of work that a correction moves, by its index, and which of its ends; -1 if it moves a fact alone. */
export type Moved = { readonly index: number; readonly end: keyof WorkInterval };

/** Finds what a correction moves; null if that time does not stand. Of several intervals it is the last (PROTOCOL §4, *Mistakes*). */
export function findMoved(visit: VisitState, { what, recorded }: Correction): Moved | null {
  const facts = factTimes(visit);
  const end = intervalEnd[what];
  const index = visit.work.intervals.findLastIndex((interval) => end && interval[end] === recorded);
  const stands =
    what === 'resumption' || what === 'interruption'
      ? index >= 0 && recorded !== facts[what === 'resumption' ? 'start' : 'end']
      : facts[what] === recorded;
  return stands ? { index, end: end ?? 'to' } : null;
}

/** The state holds that time for what is named. */
const timeStands = rule(
  'time-stands',
  '1.1-10',
  (visit, { data }: RuleInput<Correction>) => findMoved(visit, data) !== null,
  { facts: (_, { data }) => ({ what: data.what, recorded: data.recorded }) },
);

const runsBackwards = ({ from, to }: WorkInterval) => to !== null && to < from;

/** The interval of work that a correction moves would not end before it begins, or did so before. */
const intervalForward = rule(
  'interval-forward',
  '1.1-10',
  (visit, { data }: RuleInput<Correction>) => {
    const moved = findMoved(visit, data);
    const interval = moved && visit.work.intervals[moved.index];
    return !interval || !runsBackwards({ ...interval, [moved.end]: data.corrected }) || runsBackwards(interval);
  },
  { facts: (_, { data }) => ({ what: data.what, corrected: data.corrected }) },
);

/** The contact center corrects a time that was recorded wrongly (PROTOCOL §4, *Mistakes*). */
const CorrectTime = act('CorrectTime', 'TimeCorrected', {
  by: 'C',
  clauses: ['1.1-10'],
  unprovenClauses: () => ['1.1-10'],
  schemaVersion: 2,
  afterEnd: () => true,
  reads: { what: '' },
  needs: [timeStands, intervalForward],
  effect: (visit, { data }) => {
    const moved = findMoved(visit, data);
    if (moved === null) return;
    const interval = visit.work.intervals[moved.index];
    if (interval) interval[moved.end] = data.corrected;
    correctFact(visit, data);
  },
  // No rule looks at a clock: a time that stands may be corrected to itself.
  witnesses: (visit, { at }) =>
    listTimes(visit, at).flatMap(([what, recorded]) =>
      recorded ? { what, recorded, corrected: recorded, reason: 'texto' } : [],
    ),
});

/** Replaces the time of a fact by the corrected one. An interruption and a resumption are times of intervals only. */
function correctFact({ arrival, work, closing }: VisitDraft, { what, corrected }: Correction): void {
  if (what === 'arrival') arrival.arrivedAt = corrected;
  if (what === 'start') work.startedAt = corrected;
  if (what === 'completion-call') closing.completionReportedAt = corrected;
  if (what !== 'end') return;
  if (closing.completedAt !== null) closing.completedAt = corrected;
  else closing.closedAt = corrected;
}

/** The times that may be corrected: the facts, with at least an arrival, and the last ends of intervals that are not facts. */
function listTimes(visit: VisitState, otherwise: Instant) {
  const { arrival, start, end, 'completion-call': call } = factTimes(visit);
  const { intervals } = visit.work;
  return [
    ['arrival', arrival ?? otherwise],
    ['start', start],
    ['completion-call', call],
    ['end', end],
    ['resumption', intervals.findLast(({ from }) => from !== start)?.from],
    ['interruption', intervals.findLast(({ to }) => to !== null && to !== end)?.to],
  ] as const;
}

/** True if an act of that type cannot be recorded after the end (PROTOCOL §4, *Ended*). */
const isExcluded = (type: EventType) => recordableActs.some((act) => act.event === type && !mayFollowEnd(act));

type Named = { readonly discrepancyId: Id };

const findDiscrepancy = <D extends Named>({ discrepancyId }: Named, visit: { readonly discrepancies: readonly D[] }) =>
  visit.discrepancies.find((one) => one.discrepancyId === discrepancyId);

const isReported = (data: Named, visit: VisitState) => findDiscrepancy(data, visit) !== undefined;

const discrepancyId = {
  facts: (_: VisitState, { data }: RuleInput<Named>) => ({ discrepancyId: data.discrepancyId }),
};

/** A provider who reports is assigned to the visit, or was. */
const reporterAssigned = rule(
  'reporter-assigned',
  '1.2-12',
  (visit, { metadata: { actor } }) => actor.role !== 'provider' || isOrWasAssigned(visit, actor.id),
  { facts: (visit) => ({ assigned: assignedId(visit), former: [...visit.formerProviders] }) },
);

/** No discrepancy of that id was reported before. */
const discrepancyNew = rule(
  'discrepancy-new',
  '1.1-10',
  (visit, { data }: RuleInput<Named>) => !isReported(data, visit),
  discrepancyId,
);

/** Reports acts that were recorded offline and are not in the log (PROTOCOL §10). Only reconciling makes it. */
const ReportDiscrepancy = act('ReportDiscrepancy', 'DiscrepancyReported', {
  by: 'P or K',
  clauses: ['1.1-10'],
  unprovenClauses: () => ['1.1-10'],
  schemaVersion: 2,
  afterEnd: () => true,
  reads: { acts: [{ type: '', data: {}, violations: [{ clause: '' }] }] },
  needs: [reporterAssigned, discrepancyNew],
  effect: (visit, { data }) => {
    if (isReported(data, visit)) return;
    const { discrepancyId, acts, at } = data;
    visit.discrepancies.push({ discrepancyId, acts: acts.map(({ type }) => ({ type, taken: false })) });
    if (acts.some(({ twinOf }) => twinOf === undefined))
      openDebt(visit, 'settle-discrepancy', '1.1-10', at, discrepancyId);
  },
  witnesses: () => [],
});

/** A discrepancy of that id was reported. */
const discrepancyReported = rule(
  'discrepancy-reported',
  '1.1-10',
  (visit, { data }: RuleInput<Named>) => isReported(data, visit),
  discrepancyId,
);

type Settlement = Pick<SettleDiscrepancyData, 'discrepancyId' | 'taken'>;

/** The positions that cannot be taken: they name no act of the discrepancy, or one that was taken before. */
const notToTake = (visit: VisitState, data: Settlement) =>
  data.taken.filter((position) => findDiscrepancy(data, visit)?.acts[position]?.taken !== false);

/** Each act that is taken is one of the discrepancy, and was not taken before. */
const actsUntaken = rule(
  'acts-untaken',
  '1.1-10',
  (visit, { data }: RuleInput<Settlement>) => notToTake(visit, data).length === 0,
  { facts: (visit, { data }) => ({ refused: notToTake(visit, data) }) },
);

/** The types of the acts to take that cannot be recorded after the end. */
const endedFor = (visit: VisitState, data: Settlement) =>
  data.taken.flatMap((position) => findDiscrepancy(data, visit)?.acts[position]?.type ?? []).filter(isExcluded);

/** The visit has not ended, or each act that is taken may still be recorded. */
const actsNotEnded = rule(
  'acts-not-ended',
  '1.1-10',
  (visit, { data }: RuleInput<Settlement>) => !hasEnded(visit) || endedFor(visit, data).length === 0,
  { facts: (visit, { data }) => ({ refused: endedFor(visit, data) }) },
);

/**
 * The contact center settles a discrepancy. The acts that are taken stand right before it, as events of their own: a
 * service appends them with it.
 */
const SettleDiscrepancy = act('SettleDiscrepancy', 'DiscrepancySettled', {
  by: 'C',
  clauses: ['1.1-10'],
  unprovenClauses: () => ['1.1-10'],
  schemaVersion: 2,
  afterEnd: () => true,
  reads: { taken: [0] },
  needs: [discrepancyReported, ...when(isReported, [actsUntaken]), actsNotEnded],
  effect: (visit, { data }) => {
    const settled = findDiscrepancy(data, visit);
    if (settled === undefined) return;
    settled.acts = settled.acts.map((act, position) => (data.taken.includes(position) ? { ...act, taken: true } : act));
    discharge(visit, 'settle-discrepancy', data.discrepancyId);
  },
  witnesses: ({ discrepancies }) => [
    { discrepancyId: discrepancies.at(-1)?.discrepancyId ?? 'd-1', taken: [], text: 'texto' },
  ],
});

/** The acts of this chapter, in the order of the protocol. */
export const acts = [AnnulAct, CorrectTime, ReportDiscrepancy, SettleDiscrepancy];
