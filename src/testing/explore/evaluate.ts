import type { VisitCommand, VisitEvent } from '../../messages/index.ts';
import type { Policy } from '../../visit/policy.ts';
import type { RuleId } from '../../visit/rules.ts';
import type { VisitState } from '../../visit/state.ts';
import type { Decision } from '../../visit/visit.ts';
import type { Layout } from './bit-packing.ts';
import { viewState } from './draft.ts';
import type { Values } from './facts.ts';
import type { Input } from './inputs.ts';
import { memoize } from './memo.ts';
import { now } from './samples.ts';

/** The decision on an input: the event, or the violated rules; neither if nothing was asked. */
export type Answer = { readonly event: VisitEvent | null; readonly rules: readonly RuleId[] };

/** Decides a command as the library does. */
export type Decide = (command: VisitCommand, state: VisitState, policy: Policy) => Decision;

/** The decider, the policy and the facts of an exploration. */
export type Judging = { readonly decide: Decide; readonly policy: Policy; readonly layout: Layout };

const unanswered: Answer = { event: null, rules: [] };

/** Decides inputs on abstract states, once for each combination of the facts that `decide` reads. */
export function createJudge<Result>(
  { decide, policy, layout }: Judging,
  inputs: readonly Input[],
  digest: (answers: readonly Answer[]) => Result,
): (values: Values) => Result {
  return memoize(layout, (values) => {
    const visit = viewState(values);
    return digest(inputs.map((input) => answerInput(decide, input, visit, policy)));
  });
}

/** The answer to an input in a state. */
export function answerInput(decide: Decide, input: Input, visit: VisitState, policy: Policy): Answer {
  const command = input.commandIn(visit, { at: now, policy });
  return command === null ? unanswered : answerCommand({ decide, policy }, command, visit);
}

/** The answer to a command in a state. */
export function answerCommand(
  { decide, policy }: Omit<Judging, 'layout'>,
  command: VisitCommand,
  visit: VisitState,
): Answer {
  const decision = decide(command, visit, policy);
  if (!decision.ok) return { event: null, rules: decision.rejection.violations.map(({ rule }) => rule) };
  return { event: decision.events[0] ?? null, rules: [] };
}
