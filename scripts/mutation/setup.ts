import fc from 'fast-check';
import { beforeEach } from 'vitest';
import { areaOf } from './areas.ts';

// No mutant of the run before is active while the modules are evaluated.
const { __stryker__: stryker } = globalThis as { __stryker__?: { activeMutant?: string | undefined } };
if (stryker !== undefined) stryker.activeMutant = undefined;

// A counterexample kills a mutant; a smaller one is not needed.
fc.configureGlobal({ endOnFailure: true });

const { slow } = areaOf(process.env.MUTATION_AREA);
beforeEach(({ task, skip }) => skip(slow?.test(task.name) ?? false));
