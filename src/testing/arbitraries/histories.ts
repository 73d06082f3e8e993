import fc from 'fast-check';
import { mustKnow, mustKnowKeys } from '../../kernel/known.ts';
import type { VisitCommand, VisitEvent } from '../../messages/index.ts';
import type { ClauseId } from '../../protocol/index.ts';
import {
  decide,
  evolve,
  initialState,
  type Phase,
  type Policy,
  phases,
  type RuleId,
  type VisitState,
} from '../../visit/index.ts';
import { mustBeState } from '../../visit/known.ts';
import { actOfCommand } from '../../visit/table.ts';
import { anyCommand } from './anything.ts';
import { openCommands, witnessed } from './from-witnesses.ts';
import { type Walk, walks } from './walks.ts';

/** A lawful log: its events, the state after them and the policy that judged it. @since 0.2.0 */
export type VisitHistory = Pick<Walk, 'events' | 'state' | 'policy'>;

/**
 * Lawful histories of up to sixty acts; with `phase`, only those that stand there at last.
 * Shrinks to the acts that matter. A `TypeError` for an option or a phase that is not known.
 * @since 0.2.0
 */
export function histories(options: { phase?: Phase } = {}): fc.Arbitrary<VisitHistory> {
  mustKnowKeys('histories', options, { phase: 0 });
  const { phase } = options;
  if (phase === undefined) return walks(60).map(({ events, state, policy }) => ({ events, state, policy }));
  mustKnow('phase', phase, phases);
  const reached = walks(60).map((walk) => upToPhase(walk, phase));
  return reached.filter(({ state }) => state.phase === phase);
}

/** The longest prefix of a walk that ends in a phase, or the whole walk. */
function upToPhase({ events, state, policy }: Walk, phase: Phase): VisitHistory {
  let reached = initialState();
  const states = events.map((event) => {
    reached = evolve(reached, event);
    return reached;
  });
  const last = states.findLastIndex((one) => one.phase === phase);
  return { events: events.slice(0, last + 1), state: states[last] ?? state, policy };
}

/** Commands that the visit accepts now. @since 0.2.0 */
export function commandsIn(state: VisitState, at: string, policy?: Policy): fc.Arbitrary<VisitCommand> {
  mustBeState('commandsIn', state);
  return fc.constantFrom(...openCommands(state, at, policy));
}

/** A command with exactly one thing wrong: the only rule that refuses it, and its clause. @since 0.2.0 */
export type NearCommand = { readonly command: VisitCommand; readonly rule: RuleId; readonly clause: ClauseId };

/**
 * Commands that the visit refuses by one rule alone, if there are any: something of the data is missing or wrong, or an
 * act comes one step early.
 * @since 0.2.0
 */
export function nearCommandsIn(state: VisitState, at: string, policy?: Policy): fc.Arbitrary<NearCommand | null> {
  mustBeState('nearCommandsIn', state);
  return anyCommand.map(({ type, data, metadata }) => {
    const own = { ...data, visitId: state.visitId ?? data.visitId, at };
    const candidates = [
      ...witnessed(type, state, at, policy),
      ...witnessed(type, state, at, policy).map((made) => ({ ...made, data: { ...made.data, ...data, ...own } })),
      { type, data: own, metadata },
    ] as VisitCommand[];
    return candidates.map((command) => nearly(command, state, policy)).find((near) => near !== null) ?? null;
  });
}

function nearly(command: VisitCommand, state: VisitState, policy?: Policy): NearCommand | null {
  const decision = decide(command, state, policy);
  const [first, ...more] = decision.ok ? [] : decision.rejection.violations;
  return first === undefined || more.length > 0 ? null : { command, rule: first.rule, clause: first.clause };
}

/** A log that broke the protocol: the event at `index` is one that `decide` refuses, by these clauses. @since 0.2.0 */
export type IllegalHistory = {
  readonly events: readonly VisitEvent[];
  readonly index: number;
  readonly clauses: readonly ClauseId[];
  /** The policy that judged it; undefined: the default one. */
  readonly policy: Policy | undefined;
};

/**
 * Histories with one unlawful event: a lawful one, up to something that was refused and is now in the log.
 * @since 0.2.0
 */
export function illegalHistories(): fc.Arbitrary<IllegalHistory> {
  return walks(60)
    .map(({ asked, policy }) => {
      const refusedAt = asked.findLastIndex(({ accepted, before }) => accepted === null && before.visitId !== null);
      const refused = asked[refusedAt];
      if (refused === undefined) return null;
      const events = asked.slice(0, refusedAt).flatMap(({ accepted }) => accepted ?? []);
      const decision = decide(refused.command, refused.before, policy);
      if (decision.ok) return null;
      const event = asIfAccepted(refused.command);
      const clauses = decision.rejection.violations.map(({ clause }) => clause);
      return event === null ? null : { events: [...events, event], index: events.length, clauses, policy };
    })
    .filter((history) => history !== null);
}

function asIfAccepted({ type, data, metadata }: VisitCommand): VisitEvent | null {
  const event = actOfCommand(type)?.event;
  if (event === undefined) return null;
  const derived = {
    VisitAssigned: { edition: 'e'.repeat(64) },
    QualityTested: { passed: true },
    VisitClosed: { outcome: 'cancelled' },
  };
  const extra = Object.hasOwn(derived, event) ? derived[event as keyof typeof derived] : {};
  return { type: event, data: { ...data, by: metadata.actor, ...extra } } as VisitEvent;
}

/** Two writers of one visit, and one interleaving in which their records may arrive. @since 0.2.0 */
export type Interleaving = {
  readonly phone: readonly VisitCommand[];
  readonly center: readonly VisitCommand[];
  /** Both, each writer's own order kept. */
  readonly merged: readonly VisitCommand[];
};

/** Acts that the provider's phone and the contact center recorded apart, merged in any order. @since 0.2.0 */
export function interleavings(): fc.Arbitrary<Interleaving> {
  return fc.tuple(walks(40), fc.infiniteStream(fc.boolean())).map(([{ asked }, turns]) => {
    const commands = asked.filter(({ accepted }) => accepted !== null).map(({ command }) => command);
    const isPhone = ({ metadata }: VisitCommand) => metadata.actor.role === 'provider';
    const phone = commands.filter(isPhone);
    const center = commands.filter((command) => !isPhone(command));
    return { phone, center, merged: merge(phone, center, turns) };
  });
}

function merge<T>(first: readonly T[], second: readonly T[], turns: Iterator<boolean>): T[] {
  const [left, right] = [[...first], [...second]];
  const merged: T[] = [];
  while (left.length + right.length > 0) {
    const next = turns.next().value === true ? (left.shift() ?? right.shift()) : (right.shift() ?? left.shift());
    if (next !== undefined) merged.push(next);
  }
  return merged;
}
