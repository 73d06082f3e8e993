import { Stryker } from '@stryker-mutator/core';
import { areaOf } from './mutation/areas.ts';

/*
 * Runs the tests of an area on each of its mutants.
 *
 *   npm run mutation -- AREA            the area, incrementally
 *   npm run mutation -- AREA src/x.ts   one file of it
 */

const [name = '', ...files] = process.argv.slice(2);
const { mutate } = areaOf(name);

process.env.MUTATION_AREA = name;
await new Stryker({
  testRunner: 'vitest',
  vitest: { configFile: 'vitest.mutation.config.ts', related: false },
  mutate: [...(files.length > 0 ? files : mutate)],
  coverageAnalysis: 'perTest',
  ignoreStatic: true,
  incremental: true,
  incrementalFile: `reports/mutation-${name}.json`,
  tempDirName: `.stryker-tmp-${name}`,
  concurrency: Number(process.env.CONCURRENCY ?? 2),
  // A machine that is busy is no reason to count a mutant as killed.
  timeoutMS: 120_000,
  timeoutFactor: 4,
  reporters: ['clear-text', 'progress'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
}).runMutationTest();
