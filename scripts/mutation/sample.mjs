import { CheckStatus } from '@stryker-mutator/api/check';
import { declareClassPlugin, PluginKind } from '@stryker-mutator/api/plugin';

/** Passes every n-th mutant, from some number on; the others count as not measured. */
class Sample {
  async init() {}

  async check(mutants) {
    const [every, from] = (process.env.MUTATION_SAMPLE ?? '').split('+').map(Number);
    const checked = ({ id }) =>
      Number(id) % every === (from ?? 0)
        ? { status: CheckStatus.Passed }
        : { status: CheckStatus.CompileError, reason: 'not in the sample' };
    return Object.fromEntries(mutants.map((mutant) => [mutant.id, checked(mutant)]));
  }
}

export const strykerPlugins = [declareClassPlugin(PluginKind.Checker, 'sample', Sample)];
