import fc from 'fast-check';
import { beforeEach } from 'vitest';
import { areaOf } from './areas.ts';
import { nextTest } from './lazy.ts';

type Stryker = { activeMutant?: string | undefined; hitLimit?: number };

const { __stryker__: stryker } = globalThis as { __stryker__?: Stryker };
if (stryker !== undefined) {
  // No mutant of the run before is active while the modules are evaluated.
  stryker.activeMutant = undefined;
  // An endless loop is one that comes by ten times as often; of a hundred times each takes minutes.
  if (stryker.hitLimit !== undefined) stryker.hitLimit /= 10;
}

// A counterexample kills a mutant; a smaller one is not needed.
fc.configureGlobal({ endOnFailure: true });

const { slow } = areaOf(process.env.MUTATION_AREA);
beforeEach(nextTest);
beforeEach(({ task, skip }) => skip(slow?.test(task.name) ?? false));
