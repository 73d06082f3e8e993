import type { VisitCommand, VisitEvent } from '../../messages/index.ts';
import { deepEqual } from '../../util/equality.ts';
import type { RuleId } from '../../visit/rules.ts';
import type { VisitState } from '../../visit/state.ts';
import { copyDraft, createDraft, type FieldPair, type LazyDraft, touchedFields } from './draft.ts';
import { answerCommand } from './evaluate.ts';
import type { Values } from './facts.ts';
import type { Input } from './inputs.ts';
import type { Plan } from './search.ts';

/** The reason why two acts do not commute in a state. @since 0.5.0 */
export type CommutationConflict =
  | {
      /** The act that is no longer accepted after the other. */
      readonly refused: 'provider' | 'center';
      readonly rules: readonly RuleId[];
    }
  | {
      /** The fields of the state that are not the same after both orders. */
      readonly differs: readonly string[];
      /** They differ in instants alone. */
      readonly instantsOnly: boolean;
    };

/** An act that is accepted in a state. */
type Open = { readonly input: Input; readonly command: VisitCommand; readonly event: VisitEvent };

/** Two inputs that are accepted in a state but do not commute there. */
export type ConflictingInputs = {
  readonly provider: Input;
  readonly center: Input;
  readonly conflict: CommutationConflict;
};

/** The record of two acts: whether some data commute, and the first data that do not. */
export type Seen<Conflict = ConflictingInputs> = { readonly commutes: boolean; readonly conflict: Conflict | null };

/** The outcome of all pairs of data of two acts in a state, and the same if instants are left out. */
export type PairOutcome = { readonly exact: Seen; readonly withoutInstants: Seen };

export const unseen = { commutes: false, conflict: null } as const;

/** The instants of the two acts, the same in both orders. */
export const instants = { provider: '2026-03-17T14:01:00.000Z', center: '2026-03-17T14:02:00.000Z' } as const;

/** Takes every pair of inputs that a state accepts in both orders. */
export function checkPair(
  plan: Plan,
  provider: readonly Input[],
  center: readonly Input[],
  values: Values,
): PairOutcome {
  const base = createDraft(values);
  const after = (side: readonly Input[], at: string) =>
    listOpen(base.state as VisitState, side, at, plan).map((open) => ({
      ...open,
      draft: applyTo(base, open.event, plan),
    }));
  const [ones, others] = [after(provider, instants.provider), after(center, instants.center)];
  let outcome: PairOutcome = { exact: unseen, withoutInstants: unseen };
  for (const one of ones) {
    for (const other of others) {
      const conflict = findConflict(one, other, plan);
      outcome = addInputs(outcome, conflict && { provider: one.input, center: other.input, conflict });
    }
  }
  return outcome;
}

function addInputs({ exact, withoutInstants }: PairOutcome, inputs: ConflictingInputs | null): PairOutcome {
  const isOfInstants = inputs !== null && 'differs' in inputs.conflict && inputs.conflict.instantsOnly;
  return { exact: see(exact, inputs), withoutInstants: see(withoutInstants, isOfInstants ? null : inputs) };
}

const see = ({ commutes, conflict }: Seen, inputs: ConflictingInputs | null): Seen => ({
  commutes: commutes || inputs === null,
  conflict: conflict ?? inputs,
});

function listOpen(visit: VisitState, inputs: readonly Input[], at: string, plan: Plan): readonly Open[] {
  const seen = new Set<string>();
  return inputs.flatMap((input) => {
    const command = input.commandIn(visit, { at, policy: plan.policy });
    const text = JSON.stringify(command);
    if (command === null || seen.has(text)) return [];
    seen.add(text);
    const { event } = answerCommand(plan, command, visit);
    return event === null ? [] : [{ input, command, event }];
  });
}

type Applied = Open & { readonly draft: LazyDraft };

/** A copy of a draft after an event. */
function applyTo(draft: LazyDraft, event: VisitEvent, { apply }: Plan): LazyDraft {
  const copy = copyDraft(draft);
  apply(copy.state, event);
  return copy;
}

function findConflict(one: Applied, other: Applied, plan: Plan): CommutationConflict | null {
  const afterOne = answerCommand(plan, other.command, one.draft.state as VisitState);
  if (afterOne.event === null) return { refused: 'center', rules: afterOne.rules };
  const afterOther = answerCommand(plan, one.command, other.draft.state as VisitState);
  if (afterOther.event === null) return { refused: 'provider', rules: afterOther.rules };
  const both = applyTo(one.draft, afterOne.event, plan);
  const reversed = applyTo(other.draft, afterOther.event, plan);
  return findDifference(touchedFields(both, reversed, [one.draft, other.draft]));
}

/** The lists of the state that mean sets. */
const sets: ReadonlySet<string> = new Set([
  'formerProviders',
  'requiredShots',
  'debts',
  'waivers',
  'discrepancies',
  'work.tools',
  'closing.lapsed',
]);

/** The fields that are not the same; the phase follows from the others. */
export function findDifference(fields: readonly FieldPair[]): CommutationConflict | null {
  const unequal = fields.filter(({ path, one, other }) => path !== 'phase' && !isSame(path, one, other));
  if (unequal.length === 0) return null;
  return {
    differs: unequal.map(({ path }) => path).sort(),
    instantsOnly: unequal.every(({ path, one, other }) => isSame(path, dropInstants(one), dropInstants(other))),
  };
}

function isSame(path: string, one: unknown, other: unknown): boolean {
  return sets.has(path) ? isSameSet(one as readonly unknown[], other as readonly unknown[]) : deepEqual(one, other);
}

function isSameSet(one: readonly unknown[], other: readonly unknown[]): boolean {
  const within = (some: readonly unknown[], all: readonly unknown[]) =>
    some.every((item) => all.some((same) => deepEqual(item, same)));
  return within(one, other) && within(other, one);
}

const instant = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;

/** The same value without its instants. */
function dropInstants(value: unknown): unknown {
  if (typeof value === 'string') return instant.test(value) ? 'instant' : value;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(dropInstants);
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, dropInstants(item)]));
}
