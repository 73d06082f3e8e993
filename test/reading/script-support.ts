import { lines, type ScriptLines, type ScriptOptions, script } from '../../src/index.ts';
import type { CommandType, Role, VisitCommand } from '../../src/messages/index.ts';
import { actors } from '../../src/testing/fixtures.ts';
import { type Overrides, type Point, visitAt } from '../../src/testing/visit-at.ts';
import { commands, decide, evolve, type VisitState } from '../../src/visit/index.ts';

/** Ten in the morning of that day in Costa Rica. */
export const morning = '2026-03-17T16:00:00.000Z';

type Made = (own: { readonly visitId: string; readonly at: string }) => VisitCommand;

/** The state at a named point, and after some more lawful acts. */
export function stateAt(point: Point, overrides?: Overrides, ...more: readonly Made[]): VisitState {
  const { state, visitId, next } = visitAt(point, overrides);
  return more.reduce((visit, make) => {
    const decision = decide(make({ visitId, at: next }), visit);
    if (!decision.ok) throw new Error(JSON.stringify(decision.rejection));
    return decision.events.reduce(evolve, visit);
  }, state);
}

const call = { at: '2026-03-17T14:30:00.000Z' };
const { operator, provider } = actors;

export const delayed: Made = (own) => commands.reportTransitIssue({ ...own, issue: 'delay' }, provider);
export const broken =
  (resolvable: boolean, exceedsResponseTime?: boolean): Made =>
  (own) =>
    commands.reportTransitIssue(
      { ...own, issue: 'breakdown', resolvable, ...(exceedsResponseTime === undefined ? {} : { exceedsResponseTime }) },
      provider,
    );
export const reassigned: Made = (own) =>
  commands.reassignProvider(
    { ...own, provider: { id: 'prov-2', name: 'Eva Solano', title: 'doña' }, arriveBy: '2026-03-17T19:00:00.000Z' },
    operator,
  );
export const told =
  (...about: readonly ('delay' | 'provider-change')[]): Made =>
  (own) =>
    commands.notifyClient({ ...own, about, reached: true }, operator);
export const instructed =
  (
    about: 'client-absence' | 'visit',
    decision: 'proceed-with-representative' | 'cancel' | 'reschedule' | 'reassign',
  ): Made =>
  (own) =>
    commands.giveInstruction({ ...own, about, decision, text: 'así' }, operator);
export const rejected: Made = (own) => commands.rejectIdentity({ ...own, reason: 'other', call }, provider);
export const escalated: Made = (own) => commands.escalateClientImpact({ ...own, what: 'una fuga' }, provider);
export const noneNeeded: Made = (own) =>
  commands.explainWork({ ...own, method: 'ajustar la llave', materials: [] }, provider);

/** The phrases around an act in the morning; of the provider and in Spanish by default. */
export function linesOf(command: CommandType, visit: VisitState, options: Partial<ScriptOptions> = {}): ScriptLines {
  return lines(command, visit, { role: 'provider', now: morning, ...options });
}

/** All that is said, in one text. */
export const said = (command: CommandType, visit: VisitState, options?: Partial<ScriptOptions>): string =>
  linesOf(command, visit, options).say.join('\n');

/** All questions, in one text. */
export const asked = (command: CommandType, visit: VisitState, options?: Partial<ScriptOptions>): string =>
  linesOf(command, visit, options).ask.join('\n');

/** The phrases of courtesy. */
export const courtesies = (visit: VisitState, role: Role = 'provider'): readonly string[] =>
  script(visit, { role, now: morning }).find(({ command }) => command === null)?.say ?? [];
