import type { Facts } from '../../kernel/index.ts';
import type { Actor, EventOf, EventType, Id, Instant, VisitEvent } from '../../messages/index.ts';
import type { ClauseId } from '../../protocol/index.ts';
import { defaultPolicy, type Policy, type Thresholds, type VisitState } from '../../visit/index.ts';
import { photoOf } from '../../visit/inspection.ts';
import { isWaived, type Rule } from '../../visit/rule.ts';
import { assignedId } from '../../visit/state.ts';
import { StartWork } from '../../visit/work.ts';
import type { DebtSpan } from './debt-history.ts';
import type { Finding } from './finding.ts';
import { commandOf } from './reconstruct-command.ts';

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
 * `flagged`: it is above its threshold, which has the same unit. `facts` say what was measured, `photoId` for one.
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

/** Something about an event's time that is no lag: a clock that is off, a call too early, a lateness untold. */
export type Oddity = { readonly clause?: ClauseId; readonly facts: Facts };

/** What is remembered between the events of a log. */
export type Measuring = {
  readonly policy: Policy;
  visits: number;
  assignedAt: Instant | null;
  startCallAt: Instant | null;
  /** The provider now assigned said on the way that something happened. */
  issueTold: boolean;
  /** The `at` of the last act that each person recorded, by role and id. */
  readonly last: Map<string, Map<Id, Instant>>;
};

export const measuring = (policy: Policy): Measuring => ({
  policy,
  visits: 1,
  assignedAt: null,
  startCallAt: null,
  issueTold: false,
  last: new Map(),
});

type Taken = Omit<Measure, 'index' | 'threshold' | 'flagged'>;

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

// Most events measure nothing. They share this, and make no list, no closure and no text of their own.
const none: readonly never[] = [];

/** The measures that are taken at an event, with the state before it, each held against its threshold. */
export function measuresAt(index: number, event: VisitEvent, state: VisitState, memo: Measuring): readonly Measure[] {
  const measured = taken(event, state, memo);
  return measured.length === 0 ? none : measured.map((one) => against(one, index, memo.policy));
}

/** The lag of a notice of a delay to the client at that event, with the debts that it ended. */
export function noticeMeasures(index: number, ended: readonly DebtSpan[], policy: Policy): readonly Measure[] {
  return ended
    .filter(({ kind, lapsed }) => kind === 'notify-delay' && !lapsed)
    .map(({ clause, since, until }) => against(lag('client-told', clause, since, until ?? since), index, policy));
}

function against({ name, clause, value, facts }: Taken, index: number, { thresholds = {} }: Policy): Measure {
  const key = thresholdOf[name];
  const limit = thresholds[key] ?? defaultPolicy.thresholds[key];
  const threshold = key === 'visits' ? limit : limit * 60_000;
  return { name, clause, value, facts, index, threshold, flagged: value > threshold };
}

function lag(name: MeasureName, clause: ClauseId, from: Instant, to: Instant, photoId?: Id): Taken {
  const facts: Facts = photoId === undefined ? { from, to } : { photoId, from, to };
  return { name, clause, value: Math.max(0, Date.parse(to) - Date.parse(from)), facts };
}

function taken({ type, data }: VisitEvent, state: VisitState, memo: Measuring): readonly Taken[] {
  switch (type) {
    case 'PhotosSubmitted':
      return submissions(data, state)
        .filter(({ isFirst }) => isFirst)
        .map(({ photoId, takenAt }) => lag('photo-sent', '1.1-19', takenAt, data.at, photoId));
    case 'ClientImpactEscalated':
      return data.noticedAt === undefined ? none : [lag('escalation', '2.2-08', data.noticedAt, data.at)];
    case 'Paused':
      return data.kind === 'second-visit' ? leaving(data, memo) : none;
    case 'Resumed':
      return data.kind === 'second-visit' && data.notice
        ? [lag('reentry-notice', '1.1-49', data.at, data.notice.at)]
        : none;
    case 'WorkStarted':
      return state.work.startedAt === null && memo.startCallAt !== null
        ? [lag('start-call', '1.1-26', memo.startCallAt, data.at)]
        : none;
    case 'CompletionReported': {
      const { conformedAt } = state.closing;
      return conformedAt === null ? none : [lag('completion-call', '1.3-02', conformedAt, data.call?.at ?? data.at)];
    }
    case 'ProviderArrived':
      return isFirstArrival(data, state) ? [lag('arrival', '1.1-01', state.arriveBy ?? data.at, data.at)] : none;
    default:
      return none;
  }
}

function leaving({ at, notice }: EventOf<'PauseWork'>['data'], memo: Measuring): readonly Taken[] {
  const visits: Taken = { name: 'visits', clause: '1.1-49', value: memo.visits + 1, facts: {} };
  return notice ? [lag('exit-notice', '1.1-48', at, notice.at), visits] : [visits];
}

type Submitted = { readonly photoId: Id; readonly takenAt: Instant; readonly isFirst: boolean };

/** Of the photographs that are sent: when each was taken, and whether it is sent for the first time. */
function submissions({ photoIds }: EventOf<'SubmitPhotos'>['data'], visit: VisitState): Submitted[] {
  const found: Submitted[] = [];
  for (const photoId of new Set(photoIds)) {
    const { takenAt, sentAt } = photoOf(visit, photoId);
    if (takenAt !== null) found.push({ photoId, takenAt, isFirst: sentAt === null });
  }
  return found;
}

/** The assigned provider comes to the place, and not back to it: a return has no time to arrive by. */
function isFirstArrival({ by }: EventOf<'RecordArrival'>['data'], visit: VisitState): boolean {
  return visit.arrival.arrivedAt === null && !visit.work.away && by.id === assignedId(visit);
}

const timed: readonly EventType[] = ['PhotosSubmitted', 'ProviderArrived', 'StartReported', 'WorkStarted'];

/** What is odd about the time of an event, with the state before it and the measures that were taken at it. */
export function odditiesAt(
  event: VisitEvent,
  state: VisitState,
  measures: readonly Measure[],
  memo: Measuring,
): readonly Oddity[] {
  const { type, data } = event;
  if (!timed.includes(type)) return none;
  const odd: Oddity[] = [...startCallSkew(event, state, memo)];
  if (type === 'PhotosSubmitted') {
    for (const { photoId, takenAt } of submissions(data, state)) {
      if (data.at < takenAt) odd.push({ facts: { measure: 'clock-skew', what: 'photo', photoId, takenAt } });
    }
  }
  if (type === 'ProviderArrived' && !memo.issueTold) {
    const [late] = measures;
    if (late?.flagged) odd.push({ clause: '2.2-09', facts: { measure: 'unreported-lateness', lagMs: late.value } });
  }
  if (type === 'StartReported' && state.work.startedAt === null) {
    const unmet = unmetBeforeStart({ type, data }, state, memo.policy);
    if (unmet.length > 0) odd.push({ clause: '1.1-26', facts: { measure: 'early-start-call', unmet } });
  }
  return odd;
}

/** A clock that is off: what comes before what it followed or what waived it, or was recorded well before it happened. */
export function skewsAt(
  event: VisitEvent,
  waived: readonly Finding[],
  { assignedAt, last }: Measuring,
): readonly Oddity[] {
  const { data, metadata } = event;
  const { at } = data;
  const { role, id } = recorderOf(data);
  const before = last.get(role)?.get(id) ?? '';
  const recordedAt = metadata?.recordedAt;
  const isAhead = recordedAt !== undefined && at > recordedAt && Date.parse(at) - Date.parse(recordedAt) > tolerance;
  if (at >= before && at >= (assignedAt ?? '') && !isAhead && waived.length === 0) return none;
  const earlier: [string, unknown][] = [
    ['assignment', assignedAt],
    ['same-recorder', before],
    // One remark for an instruction, however many rules it waived.
    ...[...new Set(waived.map(({ facts }) => facts.instructedAt))].map((at): [string, unknown] => ['instruction', at]),
  ];
  const odd = earlier.flatMap(([what, after]) =>
    typeof after === 'string' && at < after ? [skew(what, at, after)] : [],
  );
  return isAhead ? [...odd, skew('recorded', recordedAt, at)] : odd;
}

/** The tolerance for events that are dated after they were recorded. */
const tolerance = 300_000;

const skew = (what: string, at: Instant, after: Instant): Oddity => ({
  facts: { measure: 'clock-skew', what, at, after },
});

/** The start call was made after the start that it announces. */
function startCallSkew(
  { type, data }: VisitEvent,
  { work }: VisitState,
  { startCallAt }: Measuring,
): readonly Oddity[] {
  if (type === 'WorkStarted' && work.startedAt === null) return lateCall(data.at, startCallAt);
  if (type === 'StartReported') return lateCall(work.startedAt, data.call?.at ?? data.at);
  return none;
}

function lateCall(startedAt: Instant | null, calledAt: Instant | null): readonly Oddity[] {
  if (startedAt === null || calledAt === null || calledAt <= startedAt) return none;
  return [{ clause: '1.1-26', ...skew('start-call', startedAt, calledAt) }];
}

const recorderOf = ({ by, recordedBy = by }: VisitEvent['data']): Actor => recordedBy;

/** What must hold before the start is called. */
const beforeStart: readonly Rule[] = /* @__PURE__ */ StartWork.needs.filter(({ id }) =>
  ['photos-sent', 'materials-settled', 'tools-shown'].includes(id),
);

/** What must hold before the work starts and does not yet, when the start is called. */
function unmetBeforeStart(event: VisitEvent, state: VisitState, policy: Policy): readonly string[] {
  const command = commandOf(StartWork, event);
  return beforeStart
    .filter((rule) => !rule.holds(state, command, policy) && !isWaived(rule.id, state, policy))
    .map(({ id }) => id);
}

/** Brings what is remembered up to date after an event; of one that changes nothing, when its recorder was last heard. */
export function updateMemo({ type, data }: VisitEvent, idle: boolean, memo: Measuring): void {
  const { role, id } = recorderOf(data);
  const ofRole = memo.last.get(role);
  if (ofRole === undefined) memo.last.set(role, new Map([[id, data.at]]));
  else ofRole.set(id, data.at);
  if (idle) return;
  if (type === 'VisitAssigned') memo.assignedAt ??= data.at;
  if (type === 'Paused' && data.kind === 'second-visit') memo.visits += 1;
  if (type === 'StartReported') memo.startCallAt = data.call?.at ?? data.at;
  if (type === 'TransitIssueReported') memo.issueTold = true;
  if (type === 'ProviderReassigned') memo.issueTold = false;
}
