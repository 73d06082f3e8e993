import { type Facts, none } from '../../kernel/index.ts';
import type { Actor, EventOf, EventType, Id, Instant, VisitEvent } from '../../messages/index.ts';
import type { ClauseId } from '../../protocol/index.ts';
import { defaultPolicy, type Policy, type Thresholds, type VisitState } from '../../visit/index.ts';
import { photoOf } from '../../visit/inspection.ts';
import { isWaived, type Rule } from '../../visit/rule.ts';
import { assignedId } from '../../visit/state.ts';
import { StartWork } from '../../visit/work.ts';
import type { DebtSpan } from './debt-history.ts';
import { reconstructCommand } from './reconstruct-command.ts';

/** The measures of a visit (PROTOCOL §7). @since 0.3.0 */
export type MeasureName =
  | 'photo-sent'
  | 'client-told'
  | 'escalation'
  | 'exit-notice'
  | 'reentry-notice'
  | 'start-call'
  | 'completion-call'
  | 'arrival'
  | 'visits';

/**
 * One measure, taken at the event of that index: a lag in milliseconds, never below 0, or for `visits` their count.
 * `flagged`: it is above its threshold, which has the same unit. `facts` hold the two instants of a lag, and the
 * `photoId` of a photograph's.
 * @since 0.3.0
 */
export type Measure = {
  readonly name: MeasureName;
  readonly clause: ClauseId;
  readonly index: number;
  readonly value: number;
  readonly threshold: number;
  readonly flagged: boolean;
  readonly facts: Facts;
};

/** A remark on an event's time other than a lag: a wrong clock, an early call, an unreported lateness. */
export type Anomaly = { readonly clause?: ClauseId; readonly facts: Facts };

/** The facts that measures need from earlier events of the log. */
export type MeasureMemo = {
  readonly policy: Policy;
  visits: number;
  assignedAt: Instant | null;
  startCallAt: Instant | null;
  /** The provider now assigned reported an issue in transit. */
  issueReported: boolean;
  /** The `at` of the last act that each person recorded, by role and id. */
  readonly last: Map<string, Map<Id, Instant>>;
};

export const createMeasureMemo = (policy: Policy): MeasureMemo => ({
  policy,
  visits: 1,
  assignedAt: null,
  startCallAt: null,
  issueReported: false,
  last: new Map(),
});

type MeasuredValue = Omit<Measure, 'index' | 'threshold' | 'flagged'>;

const thresholdOf: Readonly<Record<MeasureName, keyof Thresholds>> = {
  'photo-sent': 'photoSentMinutes',
  'client-told': 'clientToldMinutes',
  escalation: 'escalationMinutes',
  'exit-notice': 'exitNoticeMinutes',
  'reentry-notice': 'reentryNoticeMinutes',
  'start-call': 'startCallMinutes',
  'completion-call': 'completionCallMinutes',
  arrival: 'lateArrivalMinutes',
  visits: 'visits',
};

/** Takes the measures of an event on the state before it, each compared to its threshold. */
export function measureEvent(
  index: number,
  event: VisitEvent,
  state: VisitState,
  memo: MeasureMemo,
): readonly Measure[] {
  const measurer: Measurer<EventType> | undefined = measurers[event.type];
  const values = measurer === undefined ? none : measurer(event.data, state, memo);
  return values.length === 0 ? none : values.map((value) => compareToThreshold(value, index, memo.policy));
}

/** Measures the notices of a delay to the client, by the debts that an event ended. */
export function noticeMeasures(index: number, ended: readonly DebtSpan[], policy: Policy): readonly Measure[] {
  return ended
    .filter(({ kind, lapsed }) => kind === 'notify-delay' && !lapsed)
    .map(({ clause, since, until }) =>
      compareToThreshold(lagValue('client-told', clause, since, until ?? since), index, policy),
    );
}

function compareToThreshold(
  { name, clause, value, facts }: MeasuredValue,
  index: number,
  { thresholds = {} }: Policy,
): Measure {
  const key = thresholdOf[name];
  const limit = thresholds[key] ?? defaultPolicy.thresholds[key];
  const threshold = key === 'visits' ? limit : limit * 60_000;
  return { name, clause, value, facts, index, threshold, flagged: value > threshold };
}

function lagValue(name: MeasureName, clause: ClauseId, from: Instant, to: Instant, photoId?: Id): MeasuredValue {
  const facts: Facts = photoId === undefined ? { from, to } : { photoId, from, to };
  return { name, clause, value: Math.max(0, Date.parse(to) - Date.parse(from)), facts };
}

type Measurer<T extends EventType> = {
  measure(
    data: Extract<VisitEvent, { type: T }>['data'],
    state: VisitState,
    memo: MeasureMemo,
  ): readonly MeasuredValue[];
}['measure'];

/** The measures that an event of each type takes, on the state before it. */
const measurers: { readonly [T in EventType]?: Measurer<T> } = {
  ProviderArrived: (data, state) =>
    isFirstArrival(data, state) ? [lagValue('arrival', '1.1-01', state.arriveBy ?? data.at, data.at)] : none,
  PhotosSubmitted: ({ photoIds, at }, state) =>
    takenPhotos(photoIds, state)
      .filter(({ sentAt }) => sentAt === null)
      .map(({ photoId, takenAt }) => lagValue('photo-sent', '1.1-19', takenAt, at, photoId)),
  WorkStarted: ({ at }, { work }, { startCallAt }) =>
    work.startedAt === null && startCallAt !== null ? [lagValue('start-call', '1.1-26', startCallAt, at)] : none,
  Paused: ({ kind, at, notice }, _, { visits }) =>
    kind !== 'second-visit'
      ? none
      : [
          ...(notice ? [lagValue('exit-notice', '1.1-48', at, notice.at)] : none),
          { name: 'visits', clause: '1.1-49', value: visits + 1, facts: {} },
        ],
  Resumed: ({ kind, at, notice }) =>
    kind === 'second-visit' && notice ? [lagValue('reentry-notice', '1.1-49', at, notice.at)] : none,
  CompletionReported: ({ at, call }, { closing: { conformedAt } }) =>
    conformedAt === null ? none : [lagValue('completion-call', '1.3-02', conformedAt, call?.at ?? at)],
  ClientImpactEscalated: ({ at, noticedAt }) =>
    noticedAt === undefined ? none : [lagValue('escalation', '2.2-08', noticedAt, at)],
};

/** The photographs of a list that were taken, each once. */
const takenPhotos = (photoIds: readonly Id[], visit: VisitState) =>
  [...new Set(photoIds)].flatMap((photoId) => {
    const { takenAt, sentAt } = photoOf(visit, photoId);
    return takenAt === null ? [] : { photoId, takenAt, sentAt };
  });

/** True if the assigned provider arrives for the first time: a return has no time to arrive by. */
function isFirstArrival({ by }: EventOf<'RecordArrival'>['data'], visit: VisitState): boolean {
  return visit.arrival.arrivedAt === null && !visit.work.away && by.id === assignedId(visit);
}

type AnomalyFinder<T extends EventType> = {
  find(
    data: Extract<VisitEvent, { type: T }>['data'],
    state: VisitState,
    memo: MeasureMemo,
    measures: readonly Measure[],
  ): readonly Anomaly[];
}['find'];

/** The anomalies that are looked for in an event of each type, by the state before it and its measures. */
const anomalyFinders: { readonly [T in EventType]?: AnomalyFinder<T> } = {
  ProviderArrived: (_, __, { issueReported }, [late]) =>
    late?.flagged && !issueReported
      ? [{ clause: '2.2-09', facts: { measure: 'unreported-lateness', lagMs: late.value } }]
      : none,
  PhotosSubmitted: ({ photoIds, at }, state) =>
    takenPhotos(photoIds, state)
      .filter(({ takenAt }) => at < takenAt)
      .map(({ photoId, takenAt }) => ({ facts: { measure: 'clock-skew', what: 'photo', photoId, takenAt } })),
  StartReported: (data, state, { policy }) =>
    state.work.startedAt === null
      ? earlyCall(data, state, policy)
      : lateCall(state.work.startedAt, data.call?.at ?? data.at),
  WorkStarted: ({ at }, { work }, { startCallAt }) =>
    work.startedAt === null && startCallAt !== null ? lateCall(at, startCallAt) : none,
};

/** Finds what is odd about the time of an event, by the state before it and its measures. */
export function findAnomalies(
  { type, data }: VisitEvent,
  state: VisitState,
  measures: readonly Measure[],
  memo: MeasureMemo,
): readonly Anomaly[] {
  const find: AnomalyFinder<EventType> | undefined = anomalyFinders[type];
  return find?.(data, state, memo, measures) ?? none;
}

/** Remarks on a start call made after the start that it announces. */
const lateCall = (startedAt: Instant, calledAt: Instant): readonly Anomaly[] =>
  calledAt > startedAt ? [{ clause: '1.1-26', ...clockSkew('start-call', startedAt, calledAt) }] : none;

/** Finds clock errors: an event dated before its predecessor or its waiver, or recorded well before it happened. */
export function findClockSkews(
  { data, metadata }: VisitEvent,
  waived: readonly { readonly facts: Facts }[],
  { assignedAt, last }: MeasureMemo,
): readonly Anomaly[] {
  const { at } = data;
  const { role, id } = recorder(data);
  const before = last.get(role)?.get(id) ?? null;
  let odd: readonly Anomaly[] = none;
  if (assignedAt !== null && at < assignedAt) odd = [clockSkew('assignment', at, assignedAt)];
  if (before !== null && at < before) odd = [...odd, clockSkew('same-recorder', at, before)];
  // One remark for an instruction, however many rules it waived.
  const instructed = waived.length === 0 ? none : new Set(waived.map(({ facts }) => facts.instructedAt));
  for (const after of instructed)
    if (typeof after === 'string' && at < after) odd = [...odd, clockSkew('instruction', at, after)];
  const recordedAt = metadata?.recordedAt;
  if (recordedAt !== undefined && at > recordedAt && Date.parse(at) - Date.parse(recordedAt) > tolerance)
    odd = [...odd, clockSkew('recorded', recordedAt, at)];
  return odd;
}

/** The tolerance for events that are dated after they were recorded. */
const tolerance = 300_000;

const clockSkew = (what: string, at: Instant, after: Instant): Anomaly => ({
  facts: { measure: 'clock-skew', what, at, after },
});

const recorder = ({ by, recordedBy = by }: VisitEvent['data']): Actor => recordedBy;

/** The rules that must hold before the start is called. */
const beforeStart: readonly Rule[] = /* @__PURE__ */ StartWork.needs.filter(({ id }) =>
  ['photos-sent', 'materials-settled', 'tools-shown'].includes(id),
);

/** Remarks on a start call made while rules that must hold before it do not. */
function earlyCall(data: EventOf<'ReportStart'>['data'], state: VisitState, policy: Policy): readonly Anomaly[] {
  const command = reconstructCommand(StartWork, { type: 'StartReported', data });
  const unmet = beforeStart
    .filter((rule) => !rule.holds(state, command, policy) && !isWaived(rule.id, state, policy))
    .map(({ id }) => id);
  return unmet.length > 0 ? [{ clause: '1.1-26', facts: { measure: 'early-start-call', unmet } }] : none;
}

/** Updates the memo after an event; by an ignored one, only the time of its recorder's last act. */
export function updateMemo({ type, data }: VisitEvent, ignored: boolean, memo: MeasureMemo): void {
  const { role, id } = recorder(data);
  const ofRole = memo.last.get(role) ?? new Map<Id, Instant>();
  memo.last.set(role, ofRole.set(id, data.at));
  if (ignored) return;
  if (type === 'VisitAssigned') memo.assignedAt ??= data.at;
  if (type === 'Paused' && data.kind === 'second-visit') memo.visits += 1;
  if (type === 'StartReported') memo.startCallAt = data.call?.at ?? data.at;
  if (type === 'TransitIssueReported') memo.issueReported = true;
  if (type === 'ProviderReassigned') memo.issueReported = false;
}
