import type { Facts } from '../../kernel/decision.ts';
import type { Actor, EventOf, EventType, Id, Instant, VisitEvent } from '../../messages/index.ts';
import type { ClauseId } from '../../protocol/index.ts';
import { isInstant } from '../../util/instant.ts';
import type { Policy, VisitState } from '../../visit/index.ts';
import { findPhoto } from '../../visit/inspection.ts';
import { reconstructCommand } from '../../visit/reconstruct-command.ts';
import { isWaived, type Rule } from '../../visit/rule.ts';
import { assignedId } from '../../visit/state.ts';
import { StartWork } from '../../visit/work.ts';
import type { Finding } from './finding.ts';
import { createMeasure, type Measure, type MeasureName, measureLag } from './measures.ts';

/** An event that was judged. */
export type JudgedEvent = {
  readonly index: number;
  readonly event: VisitEvent;
  readonly recorder: Actor;
  /** The deviations that a waiver let through. */
  readonly waived: readonly Finding[];
  /**
   * True if the event proves nothing: a former provider recorded it, the visit had ended, or it was annulled since. In the
   * first two cases it changed nothing either.
   */
  readonly isIgnored: boolean;
  /**
   * False for a report of a discrepancy and for an act that a settlement took. Both always reach the log late, so that their
   * times are not compared with those of other acts of their recorder (PROTOCOL §7).
   */
  readonly inTurn: boolean;
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

export const createMemo = (policy: Policy): MeasureMemo => ({
  policy,
  visits: 1,
  assignedAt: null,
  startCall: null,
  issueReported: false,
  last: new Map(),
});

/** Measures, and remarks on times other than lags: a wrong clock, an early call, an unreported lateness. */
export type Observed = { readonly measures: Measure[]; readonly remarks: Finding[] };

/** An event under observation: the state before it, and the lists to which its measures and remarks are added. */
type Observing = Observed & {
  readonly index: number;
  readonly state: VisitState;
  readonly memo: MeasureMemo;
  readonly policy: Policy;
};

/**
 * Observes an event on the state before it, and adds its measures and remarks to those of the events before. Of an event
 * that changes nothing, only the clock of its recorder is observed.
 */
export function observe(
  { index, event, recorder, waived, isIgnored, inTurn }: JudgedEvent,
  state: VisitState,
  memo: MeasureMemo,
  { measures, remarks }: Observed,
): void {
  const seen: Observing = { index, state, memo, policy: memo.policy, measures, remarks };
  findClockSkews(seen, event, inTurn ? recorder : null, waived);
  const observer: Observer<EventType> | undefined = observers[event.type];
  if (!isIgnored) observer?.(event.data, seen);
}

const remark = ({ index, remarks }: Observing, facts: Facts, clause?: ClauseId) =>
  remarks.push({ index, kind: 'measure', ...(clause && { clause }), facts });

const clockSkew = (seen: Observing, what: string, at: Instant, after: Instant, clause?: ClauseId) =>
  remark(seen, { measure: 'clock-skew', what, at, after }, clause);

function lag(seen: Observing, name: MeasureName, clause: ClauseId, from: Instant, to: Instant, of?: Facts): Measure {
  const measure = measureLag(seen, name, clause, from, to, of);
  seen.measures.push(measure);
  return measure;
}

/** The tolerance for events that are dated after they were recorded. */
const tolerance = 300_000;

/** Finds clock errors: an event dated before its predecessor or its waiver, or recorded well before it happened. */
function findClockSkews(
  seen: Observing,
  { data: { at }, metadata }: VisitEvent,
  recorder: Actor | null,
  waived: readonly Finding[],
): void {
  const { assignedAt, last } = seen.memo;
  const before = (what: string, earlier: unknown) => {
    if (typeof earlier === 'string' && at < earlier) clockSkew(seen, what, at, earlier);
  };
  before('assignment', assignedAt);
  if (recorder !== null) before('same-recorder', last.get(recorder.role)?.get(recorder.id));
  // One remark for an instruction, however many rules it waived.
  if (waived.length > 0)
    for (const instructedAt of new Set(waived.map(({ facts }) => facts.instructedAt)))
      before('instruction', instructedAt);
  const recordedAt = metadata?.recordedAt;
  if (recordedAt !== undefined && at > recordedAt && Date.parse(at) - Date.parse(recordedAt) > tolerance) {
    clockSkew(seen, 'recorded', recordedAt, at);
  }
}

/** Observes an event of one type. A method, so that the table may hold observers of different data. */
type Observer<T extends EventType> = {
  observe(data: Extract<VisitEvent, { type: T }>['data'], seen: Observing): void;
}['observe'];

/** The measures and remarks that an event of each type calls for. */
const observers: { readonly [T in EventType]?: Observer<T> } = {
  ProviderArrived: ({ at, by }, seen) => {
    const { arrival, work, arriveBy } = seen.state;
    // A return has no time to arrive by.
    if (arrival.arrivedAt !== null || work.away || by.id !== assignedId(seen.state)) return;
    const { flagged, value } = lag(seen, 'arrival', '1.1-01', arriveBy ?? at, at);
    if (flagged && !seen.memo.issueReported) remark(seen, { measure: 'unreported-lateness', lagMs: value }, '2.2-09');
  },
  PhotosSubmitted: ({ at, photoIds }, seen) => {
    for (const photoId of new Set(photoIds)) {
      const { takenAt, sentAt } = findPhoto(seen.state, photoId);
      if (takenAt === null) continue;
      if (sentAt === null) lag(seen, 'photo-sent', '1.1-19', takenAt, at, { photoId });
      if (at < takenAt) remark(seen, { measure: 'clock-skew', what: 'photo', photoId, takenAt });
    }
  },
  StartReported: (data, seen) => {
    const { startedAt } = seen.state.work;
    if (startedAt === null) findEarlyCall(data, seen);
    else findLateCall(seen, startedAt, data.call?.at ?? data.at);
  },
  WorkStarted: ({ at }, seen) => {
    const { startCall } = seen.memo;
    if (seen.state.work.startedAt !== null || startCall === null) return;
    lag(seen, 'start-call', '1.1-26', startCall, at);
    findLateCall(seen, at, startCall);
  },
  Paused: ({ kind, at, notice }, seen) => {
    if (kind !== 'second-visit') return;
    if (notice) lag(seen, 'exit-notice', '1.1-48', at, notice.at);
    seen.measures.push(createMeasure(seen, 'visits', '1.1-49', seen.memo.visits + 1));
  },
  Resumed: ({ kind, at, notice }, seen) => {
    if (kind === 'second-visit' && notice) lag(seen, 'reentry-notice', '1.1-49', at, notice.at);
  },
  CompletionReported: ({ at, call }, seen) => {
    const { conformedAt } = seen.state.closing;
    if (conformedAt !== null) lag(seen, 'completion-call', '1.3-02', conformedAt, call?.at ?? at);
  },
  ClientImpactEscalated: ({ at, noticedAt }, seen) => {
    if (noticedAt !== undefined) lag(seen, 'escalation', '2.2-08', noticedAt, at);
  },
};

/** Remarks on a start call made after the start. */
function findLateCall(seen: Observing, startedAt: Instant, calledAt: Instant): void {
  if (isInstant(startedAt) && calledAt > startedAt) clockSkew(seen, 'start-call', startedAt, calledAt, '1.1-26');
}

/** The rules that must hold before the start is called. */
const beforeStart: readonly Rule[] = /* @__PURE__ */ StartWork.needs.filter(({ id }) =>
  ['photos-sent', 'materials-settled', 'tools-shown'].includes(id),
);

/** Remarks on a start call made before the rules hold that must hold by then. */
function findEarlyCall(data: EventOf<'ReportStart'>['data'], seen: Observing): void {
  const { state, policy } = seen;
  const command = reconstructCommand(StartWork, { type: 'StartReported', data });
  const unmet = beforeStart
    .filter((rule) => !rule.holds(state, command, policy) && !isWaived(rule.id, state, policy))
    .map(({ id }) => id);
  if (unmet.length > 0) remark(seen, { measure: 'early-start-call', unmet }, '1.1-26');
}

function noteTime({ last }: MeasureMemo, { role, id }: Actor, at: Instant): void {
  const ofRole = last.get(role);
  if (ofRole === undefined) last.set(role, new Map([[id, at]]));
  else ofRole.set(id, at);
}

/** Updates the memo after an event; by an ignored one, only the time of its recorder's last act. */
export function updateMemo(judged: JudgedEvent, memo: MeasureMemo): void {
  const { event, recorder, isIgnored, inTurn } = judged;
  const { type, data } = event;
  if (inTurn) noteTime(memo, recorder, data.at);
  if (isIgnored) return;
  if (type === 'VisitAssigned') memo.assignedAt ??= data.at;
  if (type === 'Paused' && data.kind === 'second-visit') memo.visits += 1;
  if (type === 'StartReported') memo.startCall = data.call?.at ?? data.at;
  if (type === 'TransitIssueReported') memo.issueReported = true;
  if (type === 'ProviderReassigned') memo.issueReported = false;
}
