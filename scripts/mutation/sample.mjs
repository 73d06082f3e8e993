import { CheckStatus } from '@stryker-mutator/api/check';
import { declareClassPlugin, PluginKind } from '@stryker-mutator/api/plugin';

/** Passes every n-th mutant; the others count as not measured. */
class Sample {
  async init() {}

  async check(mutants) {
    const every = Number(process.env.MUTATION_SAMPLE);
    const checked = ({ id }) =>
      Number(id) % every === 0
        ? { status: CheckStatus.Passed }
        : { status: CheckStatus.CompileError, reason: 'not in the sample' };
    return Object.fromEntries(mutants.map((mutant) => [mutant.id, checked(mutant)]));
  }
}

export const strykerPlugins = [declareClassPlugin(PluginKind.Checker, 'sample', Sample)];
