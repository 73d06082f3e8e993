import { CheckStatus } from '@stryker-mutator/api/check';
import { declareClassPlugin, PluginKind } from '@stryker-mutator/api/plugin';

/** Passes every n-th mutant, from some number on, or those that are named; the others count as not measured. */
class Sample {
  async init() {}

  async check(mutants) {
    const [every, from = 0] = (process.env.MUTATION_SAMPLE ?? '1').split('+').map(Number);
    const named = process.env.MUTATION_IDS?.split(',');
    const checked = ({ id }) =>
      (named?.includes(id) ?? Number(id) % every === from)
        ? { status: CheckStatus.Passed }
        : { status: CheckStatus.CompileError, reason: 'not in the sample' };
    return Object.fromEntries(mutants.map((mutant) => [mutant.id, checked(mutant)]));
  }
}

export const strykerPlugins = [declareClassPlugin(PluginKind.Checker, 'sample', Sample)];
