import type { Facts } from '../../kernel/index.ts';
import type { EventOf, Instant, VisitEvent } from '../../messages/index.ts';
import type { ClauseId } from '../../protocol/index.ts';
import { defaultPolicy, type Policy, type Thresholds, type VisitState } from '../../visit/index.ts';
import { isWaived, type Rule } from '../../visit/rule.ts';
import { assignedId } from '../../visit/state.ts';
import { StartWork } from '../../visit/work.ts';
import { commandBehind } from './behind.ts';
import type { DebtSpan } from './spans.ts';

/** What is measured of a visit (PROTOCOL §7). @since 0.3.0 */
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
  /** The `at` of the last act that each person recorded. */
  readonly last: Map<string, Instant>;
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

/** The measures that are taken at an event, with the state before it, each held against its threshold. */
export function measuresAt(index: number, event: VisitEvent, state: VisitState, memo: Measuring): readonly Measure[] {
  return taken(event, state, memo).map((one) => against(one, index, memo.policy));
}

/** Of a client told of a delay at that event: how long it took. */
export function toldAt(index: number, spans: readonly DebtSpan[], policy: Policy): readonly Measure[] {
  return spans
    .filter(({ kind, endedBy, lapsed }) => kind === 'notify-delay' && endedBy === index && !lapsed)
    .map(({ clause, since, until }) => against(lag('client-told', clause, since, until ?? since), index, policy));
}

function against(measured: Taken, index: number, { thresholds = {} }: Policy): Measure {
  const key = thresholdOf[measured.name];
  const limit = thresholds[key] ?? defaultPolicy.thresholds[key];
  const threshold = key === 'visits' ? limit : limit * 60_000;
  return { ...measured, index, threshold, flagged: measured.value > threshold };
}

function lag(name: MeasureName, clause: ClauseId, from: Instant, to: Instant, facts: Facts = {}): Taken {
  return { name, clause, value: Math.max(0, Date.parse(to) - Date.parse(from)), facts: { ...facts, from, to } };
}

function taken({ type, data }: VisitEvent, state: VisitState, memo: Measuring): readonly Taken[] {
  switch (type) {
    case 'PhotosSubmitted':
      return firstSubmissions(data, state).map(([photoId, takenAt]) =>
        lag('photo-sent', '1.1-19', takenAt, data.at, { photoId }),
      );
    case 'ClientImpactEscalated':
      return data.noticedAt === undefined ? [] : [lag('escalation', '2.2-08', data.noticedAt, data.at)];
    case 'Paused':
      return data.kind === 'second-visit' ? leaving(data, memo) : [];
    case 'Resumed':
      return data.kind === 'second-visit' && data.notice
        ? [lag('reentry-notice', '1.1-49', data.at, data.notice.at)]
        : [];
    case 'WorkStarted':
      return state.work.startedAt === null && memo.startCallAt !== null
        ? [lag('start-call', '1.1-26', memo.startCallAt, data.at)]
        : [];
    case 'CompletionReported': {
      const { conformedAt } = state.closing;
      return conformedAt === null ? [] : [lag('completion-call', '1.3-02', conformedAt, data.call?.at ?? data.at)];
    }
    case 'ProviderArrived':
      return isFirstArrival(data, state) ? [lag('arrival', '1.1-01', state.arriveBy ?? data.at, data.at)] : [];
    default:
      return [];
  }
}

function leaving({ at, notice }: EventOf<'PauseWork'>['data'], memo: Measuring): readonly Taken[] {
  const visits: Taken = { name: 'visits', clause: '1.1-49', value: memo.visits + 1, facts: {} };
  return notice ? [lag('exit-notice', '1.1-48', at, notice.at), visits] : [visits];
}

/** Of the photographs that are sent for the first time: when each was taken. */
function firstSubmissions({ photoIds }: EventOf<'SubmitPhotos'>['data'], { photos }: VisitState) {
  return [...new Set(photoIds)].flatMap((id): [string, Instant][] => {
    const photo = Object.hasOwn(photos.byId, id) ? photos.byId[id] : undefined;
    return photo !== undefined && photo.sentAt === null && photo.takenAt !== null ? [[id, photo.takenAt]] : [];
  });
}

/** The assigned provider comes to the place, and not back to it: a return has no time to arrive by. */
function isFirstArrival({ by }: EventOf<'RecordArrival'>['data'], visit: VisitState): boolean {
  return visit.arrival.arrivedAt === null && !visit.work.away && by.id === assignedId(visit);
}

/** What is odd about the time of an event, with the state before it and the measures that were taken at it. */
export function odditiesAt(
  { type, data }: VisitEvent,
  state: VisitState,
  measures: readonly Measure[],
  memo: Measuring,
): readonly Oddity[] {
  const odd: Oddity[] = [...skewed(data, memo)];
  if (type === 'PhotosSubmitted') {
    for (const [photoId, takenAt] of firstSubmissions(data, state)) {
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

function skewed(data: VisitEvent['data'], { assignedAt, last }: Measuring): readonly Oddity[] {
  const { at } = data;
  const earlier = { assignment: assignedAt, 'same-recorder': last.get(recorderOf(data)) };
  return Object.entries(earlier).flatMap(([what, after]) =>
    after && at < after ? [{ facts: { measure: 'clock-skew', what, at, after } }] : [],
  );
}

function recorderOf({ by, recordedBy = by }: VisitEvent['data']): string {
  return `${recordedBy.role} ${recordedBy.id}`;
}

/** What must hold before the work starts and does not yet, when the start is called. */
function unmetBeforeStart(event: VisitEvent, state: VisitState, policy: Policy): readonly string[] {
  const before = ['photos-sent', 'materials-settled', 'tools-shown'];
  const command = commandBehind(StartWork, event);
  const rules = (StartWork.needs as readonly Rule[]).filter(({ id }) => before.includes(id));
  return rules
    .filter((rule) => !rule.holds(state, command, policy) && !isWaived(rule, state, policy))
    .map(({ id }) => id);
}

/** Brings what is remembered up to date after an event. */
export function remember({ type, data }: VisitEvent, memo: Measuring): void {
  memo.last.set(recorderOf(data), data.at);
  if (type === 'VisitAssigned') memo.assignedAt ??= data.at;
  if (type === 'Paused' && data.kind === 'second-visit') memo.visits += 1;
  if (type === 'StartReported') memo.startCallAt = data.call?.at ?? data.at;
  if (type === 'TransitIssueReported') memo.issueTold = true;
  if (type === 'ProviderReassigned') memo.issueTold = false;
}
