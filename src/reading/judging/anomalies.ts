import { type Facts, none } from '../../kernel/index.ts';
import type { Actor, EventType, Instant, VisitEvent } from '../../messages/index.ts';
import type { ClauseId } from '../../protocol/index.ts';
import type { Policy, VisitState } from '../../visit/index.ts';
import { isWaived, type Rule } from '../../visit/rule.ts';
import { StartWork } from '../../visit/work.ts';
import type { Finding } from './finding.ts';
import { type Measure, type MeasureMemo, submissions } from './measures.ts';
import { reconstructCommand } from './reconstruct-command.ts';

/** A remark on an event's time other than a lag: a wrong clock, an early call, an unreported lateness. */
export type Anomaly = { readonly clause?: ClauseId; readonly facts: Facts };

/** Finds clock errors: an event dated before its predecessor or its waiver, or recorded well before it happened. */
export function findClockSkews(
  { data: { at }, metadata }: VisitEvent,
  { role, id }: Actor,
  waived: readonly Finding[],
  { assignedAt, last }: MeasureMemo,
): readonly Anomaly[] {
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
    typeof after === 'string' && at < after ? [clockSkew(what, at, after)] : [],
  );
  return isAhead ? [...odd, clockSkew('recorded', recordedAt, at)] : odd;
}

/** The tolerance for events that are dated after they were recorded. */
const tolerance = 300_000;

const clockSkew = (what: string, at: Instant, after: Instant): Anomaly => ({
  facts: { measure: 'clock-skew', what, at, after },
});

/** Remarks on a start call made after the start. */
function lateCall(startedAt: Instant | null, calledAt: Instant | null): readonly Anomaly[] {
  if (startedAt === null || calledAt === null || calledAt <= startedAt) return none;
  return [{ clause: '1.1-26', ...clockSkew('start-call', startedAt, calledAt) }];
}

const timedTypes: readonly EventType[] = ['PhotosSubmitted', 'ProviderArrived', 'StartReported', 'WorkStarted'];

/** Finds clock errors and lags of an event, by the state before it and its measures. */
export function findAnomalies(
  event: VisitEvent,
  state: VisitState,
  measures: readonly Measure[],
  memo: MeasureMemo,
): readonly Anomaly[] {
  const { type, data } = event;
  if (!timedTypes.includes(type)) return none;
  const odd: Anomaly[] = [...startCallSkew(event, state, memo)];
  if (type === 'PhotosSubmitted') {
    for (const { photoId, takenAt } of submissions(data, state)) {
      if (data.at < takenAt) odd.push({ facts: { measure: 'clock-skew', what: 'photo', photoId, takenAt } });
    }
  }
  if (type === 'ProviderArrived' && !memo.issueReported) {
    const [late] = measures;
    if (late?.flagged) odd.push(unreportedLateness(late));
  }
  if (type === 'StartReported' && state.work.startedAt === null) {
    const unmet = unmetBeforeStart({ type, data }, state, memo.policy);
    if (unmet.length > 0) odd.push({ clause: '1.1-26', facts: { measure: 'early-start-call', unmet } });
  }
  return odd;
}

/** Remarks on a late arrival that no issue in transit announced. */
const unreportedLateness = ({ value }: Measure): Anomaly => ({
  clause: '2.2-09',
  facts: { measure: 'unreported-lateness', lagMs: value },
});

/** Remarks on a start call made after the start that it announces. */
function startCallSkew(
  { type, data }: VisitEvent,
  { work }: VisitState,
  { startCall }: MeasureMemo,
): readonly Anomaly[] {
  if (type === 'WorkStarted' && work.startedAt === null) return lateCall(data.at, startCall);
  if (type === 'StartReported') return lateCall(work.startedAt, data.call?.at ?? data.at);
  return none;
}

/** The rules that must hold before the start is called. */
const beforeStart: readonly Rule[] = /* @__PURE__ */ StartWork.needs.filter(({ id }) =>
  ['photos-sent', 'materials-settled', 'tools-shown'].includes(id),
);

/** The rules that must hold before the work starts and do not yet, when the start is called. */
function unmetBeforeStart(event: VisitEvent, state: VisitState, policy: Policy): readonly string[] {
  const command = reconstructCommand(StartWork, event);
  return beforeStart
    .filter((rule) => !rule.holds(state, command, policy) && !isWaived(rule.id, state, policy))
    .map(({ id }) => id);
}
