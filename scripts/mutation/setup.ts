import fc from 'fast-check';

// Leaves no mutant of the run before active while the modules are evaluated.
const { __stryker__: stryker } = globalThis as { __stryker__?: { activeMutant?: string | undefined } };
if (stryker !== undefined) stryker.activeMutant = undefined;

// A counterexample kills a mutant; a smaller one is not needed.
fc.configureGlobal({ endOnFailure: true });
