import { type Facts, none } from '../../kernel/index.ts';
import type { Actor, EventOf, EventType, Id, Instant, VisitEvent } from '../../messages/index.ts';
import type { ClauseId } from '../../protocol/index.ts';
import { type DebtKind, defaultPolicy, type Policy, type Thresholds, type VisitState } from '../../visit/index.ts';
import { photoOf } from '../../visit/inspection.ts';
import { assignedId } from '../../visit/state.ts';
import type { DebtSpan } from './debt-history.ts';
import type { Finding } from './finding.ts';
import type { Report } from './next-event.ts';

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
  | 'visits'
  | 'discrepancy-settled';

/**
 * One measure, taken at the event of that index: a lag in milliseconds, never below 0, or for `visits` their count.
 * `flagged`: it is above its threshold, which has the same unit. `facts` hold the two instants of a lag, and the
 * `photoId` of a photograph's or the `discrepancyId` of a discrepancy's.
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

/** The facts that measures need from earlier events of the log. */
export type MeasureMemo = {
  readonly policy: Policy;
  visits: number;
  assignedAt: Instant | null;
  /** The time of the last start call. */
  startCall: Instant | null;
  /** The provider now assigned reported an issue in transit. */
  issueReported: boolean;
  /** The `at` of the last act that each person recorded, by role and id. */
  readonly last: Map<string, Map<Id, Instant>>;
};

export const createMeasureMemo = (policy: Policy): MeasureMemo => ({
  policy,
  visits: 1,
  assignedAt: null,
  startCall: null,
  issueReported: false,
  last: new Map(),
});

/** The finding of a lag beyond its threshold. */
export const findingOfLag = ({ index, name, clause, value, threshold, facts }: Measure): Finding => ({
  index,
  kind: 'measure',
  clause,
  facts: { measure: name, value, threshold, ...facts },
});

type MeasuredValue = Omit<Measure, 'index' | 'threshold' | 'flagged'>;

const thresholdNames: Readonly<Record<MeasureName, keyof Thresholds>> = {
  'photo-sent': 'photoSentMinutes',
  'client-told': 'clientToldMinutes',
  escalation: 'escalationMinutes',
  'exit-notice': 'exitNoticeMinutes',
  'reentry-notice': 'reentryNoticeMinutes',
  'start-call': 'startCallMinutes',
  'completion-call': 'completionCallMinutes',
  arrival: 'lateArrivalMinutes',
  visits: 'visits',
  'discrepancy-settled': 'discrepancySettledMinutes',
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
  if (values.length === 0) return none;
  return values.map((value) => compareToThreshold(value, index, memo.policy));
}

/**
 * Measures what the debts that an event ended had waited for: a notice of a delay to the client, and the settlement of a
 * discrepancy, from the time when its report was recorded.
 */
export function debtMeasures(
  index: number,
  ended: readonly DebtSpan[],
  { policy, reports }: { readonly policy: Policy; readonly reports: ReadonlyMap<Id, Report> },
): readonly Measure[] {
  return ended.flatMap(({ kind, clause, since, until, lapsed, about = '' }) => {
    const to = until ?? since;
    const name = measureOfDebt[kind];
    if (lapsed || name === undefined) return none;
    if (kind !== 'settle-discrepancy') return compareToThreshold(lagValue(name, clause, since, to), index, policy);
    const from = reports.get(about)?.recordedAt ?? since;
    const value = lagValue(name, clause, from, to, { discrepancyId: about });
    return compareToThreshold(value, index, policy);
  });
}

/** The measure that is taken when a debt of a kind ends. */
export const measureOfDebt: Readonly<Partial<Record<DebtKind, MeasureName>>> = {
  'notify-delay': 'client-told',
  'settle-discrepancy': 'discrepancy-settled',
};

/** The threshold of a measure: in milliseconds, but for `visits`. */
export function thresholdOf(name: MeasureName, { thresholds = {} }: Policy): number {
  const key = thresholdNames[name];
  const limit = thresholds[key] ?? defaultPolicy.thresholds[key];
  return key === 'visits' ? limit : limit * 60_000;
}

function compareToThreshold({ name, clause, value, facts }: MeasuredValue, index: number, policy: Policy): Measure {
  const threshold = thresholdOf(name, policy);
  return { name, clause, value, facts, index, threshold, flagged: value > threshold };
}

function lagValue(name: MeasureName, clause: ClauseId, from: Instant, to: Instant, of?: Facts): MeasuredValue {
  const facts: Facts = of === undefined ? { from, to } : { ...of, from, to };
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
  PhotosSubmitted: (data, state) =>
    submissions(data, state)
      .filter(({ isFirst }) => isFirst)
      .map(({ photoId, takenAt }) => lagValue('photo-sent', '1.1-19', takenAt, data.at, { photoId })),
  WorkStarted: ({ at }, { work }, { startCall }) =>
    work.startedAt === null && startCall !== null ? [lagValue('start-call', '1.1-26', startCall, at)] : none,
  Paused: (data, _, memo) => (data.kind === 'second-visit' ? exitValues(data, memo) : none),
  Resumed: ({ kind, at, notice }) =>
    kind === 'second-visit' && notice ? [lagValue('reentry-notice', '1.1-49', at, notice.at)] : none,
  CompletionReported: ({ at, call }, { closing: { conformedAt } }) =>
    conformedAt === null ? none : [lagValue('completion-call', '1.3-02', conformedAt, call?.at ?? at)],
  ClientImpactEscalated: ({ at, noticedAt }) =>
    noticedAt === undefined ? none : [lagValue('escalation', '2.2-08', noticedAt, at)],
};

function exitValues({ at, notice }: EventOf<'PauseWork'>['data'], memo: MeasureMemo): readonly MeasuredValue[] {
  const visits: MeasuredValue = { name: 'visits', clause: '1.1-49', value: memo.visits + 1, facts: {} };
  return notice ? [lagValue('exit-notice', '1.1-48', at, notice.at), visits] : [visits];
}

type Submitted = { readonly photoId: Id; readonly takenAt: Instant; readonly isFirst: boolean };

/** The photographs that a submission sends, with the time when each was taken. */
export function submissions({ photoIds }: EventOf<'SubmitPhotos'>['data'], visit: VisitState): Submitted[] {
  const found: Submitted[] = [];
  for (const photoId of new Set(photoIds)) {
    const { takenAt, sentAt } = photoOf(visit, photoId);
    if (takenAt !== null) found.push({ photoId, takenAt, isFirst: sentAt === null });
  }
  return found;
}

/** True if the assigned provider arrives for the first time: a return has no time to arrive by. */
function isFirstArrival({ by }: EventOf<'RecordArrival'>['data'], visit: VisitState): boolean {
  return visit.arrival.arrivedAt === null && !visit.work.away && by.id === assignedId(visit);
}

/**
 * Updates the memo after an event of that recorder; by an ignored one, only the time of the recorder's last act.
 */
export function updateMemo({ type, data }: VisitEvent, { role, id }: Actor, ignored: boolean, memo: MeasureMemo): void {
  const ofRole = memo.last.get(role);
  if (ofRole === undefined) memo.last.set(role, new Map([[id, data.at]]));
  else ofRole.set(id, data.at);
  if (ignored) return;
  if (type === 'VisitAssigned') memo.assignedAt ??= data.at;
  if (type === 'Paused' && data.kind === 'second-visit') memo.visits += 1;
  if (type === 'StartReported') memo.startCall = data.call?.at ?? data.at;
  if (type === 'TransitIssueReported') memo.issueReported = true;
  if (type === 'ProviderReassigned') memo.issueReported = false;
}
