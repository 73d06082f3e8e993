import type { CommandType, VisitCommand, VisitEvent } from '../../src/messages/index.ts';
import { decodeState } from '../../src/testing/explore/decode.ts';
import { applyEvent, type Explored, type ExploreOptions, planSearch } from '../../src/testing/explore/explore.ts';
import { factNames } from '../../src/testing/explore/facts.ts';
import { type Plan, search } from '../../src/testing/explore/search.ts';
import type { Found } from '../../src/testing/explore/search-graph.ts';
import { plainVisit } from '../../src/testing.ts';
import { type Decision, decide, type Policy, type VisitState } from '../../src/visit/index.ts';

/** The plain visit, one round of materials, no farewell. */
export const plainActs: readonly CommandType[] = plainVisit()
  .map(({ type }) => type)
  .filter((type) => type !== 'GiveFarewell');

export const explored: Explored = { decide, apply: applyEvent };

/** The library's own decider, with some commands decided otherwise. */
export function withFault(
  fault: (command: VisitCommand, state: VisitState, policy: Policy) => Decision | undefined,
): Explored {
  return {
    ...explored,
    decide: (command, state, policy) => fault(command, state, policy) ?? decide(command, state, policy),
  };
}

/** A refusal by a sample rule. */
export const refused: Decision = {
  ok: false,
  rejection: { violations: [{ rule: 'role', clause: '0-02', facts: {} }] },
};

/** A search, and what it found. */
export async function searched(options: ExploreOptions): Promise<{ readonly plan: Plan; readonly found: Found }> {
  const plan = planSearch(explored, options);
  return { plan, found: await search(plan) };
}

/** The values of the facts of a state that was found. */
export function valuesOf(id: number, found: Found, { layout }: Plan): Uint8Array {
  const key = new Uint32Array(layout.words);
  const values = new Uint8Array(factNames.length);
  found.states.read(id, key);
  layout.unpack(key, values);
  return values;
}

/** The key of a state, as a text. */
export function keyOf(visit: VisitState, { layout }: Plan): string {
  const key = new Uint32Array(layout.words);
  layout.encode(visit, key);
  return key.join();
}

/** The state after an event, as the search folds it. */
export function folded(values: Uint8Array, event: VisitEvent): VisitState {
  return applyEvent(decodeState(values), event);
}
