import type { VisitCommand, VisitEvent } from '../../messages/index.ts';
import type { Policy } from '../../visit/policy.ts';
import type { RuleId } from '../../visit/rules.ts';
import type { VisitState } from '../../visit/state.ts';
import type { Decision } from '../../visit/visit.ts';
import type { Layout } from './bit-packing.ts';
import { earlier, viewOf } from './decode.ts';
import { factNames, type Values } from './facts.ts';
import type { Input } from './inputs.ts';

/** The decision on an input: the event, or the violated rules; neither if nothing was asked. */
export type Answer = { readonly event: VisitEvent | null; readonly rules: readonly RuleId[] };

/** Decides a command as the library does. */
export type Decide = (command: VisitCommand, state: VisitState, policy: Policy) => Decision;

/** The decider, the policy and the facts of an exploration. */
export type Judging = { readonly decide: Decide; readonly policy: Policy; readonly layout: Layout };

type Node<Leaf> = { readonly fact: number; readonly next: (Node<Leaf> | undefined)[]; readonly leaf: Leaf | null };

const unanswered: Answer = { event: null, rules: [] };

/**
 * Decides inputs on abstract states. `decide` reads a few facts of a state and is a function of those, so it is called
 * once for each combination of them, on a state that records the reads. A digest of its result is cached in a tree: a
 * node is a fact, a branch its value, a leaf the digest.
 */
export function judgeOf<Leaf>(
  judging: Judging,
  inputs: readonly Input[],
  digest: (answers: readonly Answer[]) => Leaf,
): (values: Values) => Leaf {
  let root: Node<Leaf> | undefined;
  return (values) => {
    let node = root;
    while (node !== undefined && node.leaf === null) node = node.next[values[node.fact] ?? 0];
    if (node?.leaf != null) return node.leaf;
    const { answers, looked } = asked(judging, inputs, values);
    const leaf = digest(answers);
    root = grafted(root, looked, 0, values, leaf);
    return leaf;
  };
}

/** The tree with one more leaf. */
function grafted<Leaf>(
  node: Node<Leaf> | undefined,
  looked: readonly number[],
  depth: number,
  values: Values,
  leaf: Leaf,
): Node<Leaf> {
  const fact = looked[depth];
  if (fact === undefined) return { fact: -1, next: [], leaf };
  const grown = node ?? { fact, next: [], leaf: null };
  if (grown.fact !== fact) throw new Error(`decide is no function of the state: ${factNames[fact]}`);
  const value = values[fact] ?? 0;
  while (grown.next.length <= value) grown.next.push(undefined);
  grown.next[value] = grafted(grown.next[value], looked, depth + 1, values, leaf);
  return grown;
}

/** The answers of `decide`, and the facts that it looked at, in their order. */
function asked({ decide, policy, layout }: Judging, inputs: readonly Input[], values: Values) {
  const looked: number[] = [];
  const noting = new Proxy(values, {
    get: (own, key) => {
      const index = Number(key);
      if (layout.looksAt(index) && !looked.includes(index)) looked.push(index);
      return own[index];
    },
  });
  const visit = viewOf(noting);
  return { answers: inputs.map((input) => answerOf(decide, input, visit, policy)), looked };
}

/** The answer to an input in a state. */
export function answerOf(decide: Decide, input: Input, visit: VisitState, policy: Policy): Answer {
  const command = input.commandIn(visit, { at: earlier, policy });
  if (command === null) return unanswered;
  const decision = decide(command, visit, policy);
  if (!decision.ok) return { event: null, rules: decision.rejection.violations.map(({ rule }) => rule) };
  return { event: decision.events[0] ?? null, rules: [] };
}
