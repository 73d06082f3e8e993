/** The acts by which the center decides a case, one after the other. */
import type { Actor, Instant, VisitCommand, VisitEvent } from 'auxilio';
import { decide, dossier, replay } from 'auxilio/core';
import { isTakenOver } from '../../ui/returning.ts';
import type { Draft } from './api.ts';
import { policy } from './app.ts';
import { type Case, type Meaning, settledLog, type Taking } from './case.ts';

/** An act of a plan, under the id by which it is recorded once, however often it is sent. */
export type Step = Draft & Readonly<{ commandId: string }>;

export type Plan = Readonly<{ steps: readonly Step[]; meaning: Meaning }>;

export type By = Readonly<{ text: string; at: Instant; operator: Actor }>;

const stepOf = (draft: Draft): Step => ({ ...draft, commandId: crypto.randomUUID() });

const settlements = (taking: readonly Taking[], { text, at }: By): readonly Step[] =>
  taking.map(({ discrepancyId, taken }) =>
    stepOf({ type: 'SettleDiscrepancy', data: { at, discrepancyId, taken: [...taken], text } }),
  );

/** The plan that settles the open reports as the log stands; null if that is refused. */
export function plainPlan(events: readonly VisitEvent[], taking: readonly Taking[], by: By): Plan | null {
  const log = settledLog(events, taking, by);
  return log === null ? null : { steps: settlements(taking, by), meaning: meaningOfLog(log, by.at) };
}

/** The end that was recorded, to be annulled. */
function annulment(events: readonly VisitEvent[], { text, at }: By): readonly Draft[] {
  const { completedAt, closedAt } = replay(events).closing;
  const [act, recorded] = completedAt === null ? ['VisitClosed', closedAt] : ['Completed', completedAt];
  return recorded === null ? [] : [{ type: 'AnnulAct', data: { at, act, recorded, reason: text } }];
}

/** Those whose acts are decided. */
export type Recorder = Pick<Case, 'recorder' | 'name'>;

/** The visit given back to those whose acts they are. */
function returned(events: readonly VisitEvent[], { recorder, name }: Recorder, { text, at }: By): readonly Draft[] {
  if (recorder.role !== 'provider' || replay(events).provider?.id === recorder.id) return [];
  const provider = { id: recorder.id, name };
  return [
    { type: 'GiveInstruction', data: { at, about: 'visit', decision: 'reassign', text } },
    { type: 'ReassignProvider', data: { at, provider, arriveBy: at } },
  ];
}

/**
 * The plan that opens the visit again and gives it back before it takes the acts: for those that, taken as the log stands, would
 * change nothing. Null if one of its acts is refused, or if there is nothing to open.
 */
export function longPlan(
  events: readonly VisitEvent[],
  recorder: Recorder,
  taking: readonly Taking[],
  by: By,
): Plan | null {
  const drafts = [...annulment(events, by)];
  let log = followed(events, drafts, by);
  if (log === null) return null;
  const back = returned(log, recorder, by);
  log = followed(log, back, by);
  if (log === null || drafts.length + back.length === 0) return null;
  const settled = settledLog(log, taking, by);
  if (settled === null) return null;
  return {
    steps: [...[...drafts, ...back].map(stepOf), ...settlements(taking, by)],
    meaning: meaningOfLog(settled, by.at),
  };
}

/** The log after some acts of the center; null if one is refused. */
function followed(
  events: readonly VisitEvent[],
  drafts: readonly Draft[],
  { operator }: By,
): readonly VisitEvent[] | null {
  let log = events;
  for (const { type, data } of drafts) {
    const state = replay(log);
    const command = { type, data: { ...data, visitId: state.visitId }, metadata: { actor: operator } } as VisitCommand;
    const decision = decide(command, state, policy);
    if (!decision.ok) return null;
    log = [...log, ...decision.events];
  }
  return log;
}

function meaningOfLog(log: readonly VisitEvent[], until: Instant): Meaning {
  const { phase, workedMs, running: isRunning, unmetForPayment, intervals } = dossier(log, { policy, until });
  const state = replay(log);
  const countedTo = intervals.at(-1)?.to ?? null;
  const { completionReportedAt } = state.closing;
  return {
    phase,
    isTakenOver: isTakenOver({ state, events: log }),
    workedMs,
    isRunning,
    cutAt: countedTo !== null && completionReportedAt !== null && countedTo < completionReportedAt ? countedTo : null,
    unmet: unmetForPayment,
  };
}
