import { parseArgs } from 'node:util';
import { Stryker } from '@stryker-mutator/core';
import { areaOf } from './mutation/areas.ts';

/*
 * Runs the tests of an area on each of its mutants.
 *
 *   npm run mutation -- AREA               the area, incrementally
 *   npm run mutation -- AREA src/x.ts      one file of it
 *   npm run mutation -- AREA --sample 12   every twelfth mutant; `12+5` begins with the fifth
 *   npm run mutation -- AREA --alone       one mutant at a time, beside other work
 */

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { sample: { type: 'string' }, alone: { type: 'boolean' } },
});
const [name = '', ...files] = positionals;
const { mutate } = areaOf(name);

process.env.MUTATION_AREA = name;
if (values.sample !== undefined) process.env.MUTATION_SAMPLE = values.sample;
await new Stryker({
  testRunner: 'vitest',
  vitest: { configFile: 'vitest.mutation.config.ts', related: false },
  mutate: [...(files.length > 0 ? files : mutate)],
  plugins: ['@stryker-mutator/*', './scripts/mutation/sample.mjs', './scripts/mutation/survivors.mjs'],
  checkers: values.sample === undefined ? [] : ['sample'],
  coverageAnalysis: 'perTest',
  ignoreStatic: true,
  incremental: values.sample === undefined,
  incrementalFile: `reports/mutation-${name}.json`,
  tempDirName: `.stryker-tmp-${name}`,
  ignorePatterns: ['.stryker-tmp*'],
  concurrency: values.alone ? 1 : 2,
  // A machine that is busy is no reason to count a mutant as killed.
  timeoutMS: 120_000,
  timeoutFactor: 4,
  dryRunTimeoutMinutes: 30,
  reporters: ['clear-text', 'progress', 'survivors'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
}).runMutationTest();
