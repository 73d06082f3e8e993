import { beforeAll, describe, expect, it } from 'vitest';
import { guide } from '../../src/reading/guide.ts';
import { missing } from '../../src/reading/missing.ts';
import { viewOf } from '../../src/testing/explore/decode.ts';
import type { Found } from '../../src/testing/explore/found.ts';
import { answerOf } from '../../src/testing/explore/judge.ts';
import type { Plan } from '../../src/testing/explore/search.ts';
import { decide, phases } from '../../src/visit/index.ts';
import { searched, valuesOf } from './support.ts';

/** How many acts each state is from a completed visit, by the edges of the search; -1 where there is no way. */
function distances({ states, edges, offsets, expanded, phases: phaseOf }: Found): Int32Array {
  const count = states.count();
  const far = new Int32Array(count).fill(-1);
  for (let id = 0; id < count; id++) if (phases[phaseOf[id] ?? 0] === 'completed') far[id] = 0;
  for (let changed = true, round = 1; changed; round++) {
    changed = false;
    for (let from = 0; from < expanded; from++) {
      if (far[from] !== -1) continue;
      for (let edge = offsets[from] ?? 0; edge < (offsets[from + 1] ?? 0); edge++) {
        if (far[edges[edge] ?? 0] !== round - 1) continue;
        far[from] = round;
        changed = true;
        break;
      }
    }
  }
  return far;
}

describe('the readers, held against every reachable state', () => {
  let plan: Plan;
  let found: Found;
  let far: Int32Array;
  const every = (step: number) => Array.from({ length: Math.floor(found.states.count() / step) }, (_, at) => at * step);

  beforeAll(async () => {
    ({ plan, found } = await searched({}));
    far = distances(found);
  }, 300_000);

  it('what is missing has as many acts as the shortest way through the explored states', () => {
    const wrong = every(997).flatMap((id) => {
      const answer = missing(viewOf(valuesOf(id, found, plan)));
      const length = answer.found ? answer.acts.length : -1;
      return length === far[id] ? [] : [{ id, length, shortest: far[id], answer }];
    });
    expect(wrong).toEqual([]);
  });

  it.each(['provider', 'contact-center', 'client'] as const)(
    'the guide opens to the %s what decide accepts of him with some data, and nothing else',
    (role) => {
      const inputs = plan.inputs.filter((input) => input.role === role && input.recorder === 'allowed');
      for (const id of every(499)) {
        const visit = viewOf(valuesOf(id, found, plan));
        const accepted = inputs.filter((input) => answerOf(decide, input, visit, plan.policy).event !== null);
        const explored = new Set(plan.inputs.map(({ command }) => command));
        const { open } = guide(visit, { role, policy: plan.policy });
        const opened = open.map(({ command }) => command).filter((command) => explored.has(command));
        expect(new Set(opened), `state ${id}`).toEqual(new Set(accepted.map(({ command }) => command)));
      }
    },
  );
});
