import { parseArgs } from 'node:util';
import type { MutantResult } from '@stryker-mutator/api/core';
import { Stryker } from '@stryker-mutator/core';
import { areaOf } from './mutation/areas.ts';

/*
 * Runs the tests of an area on each of its mutants.
 *
 *   npm run mutation -- AREA               the area, incrementally
 *   npm run mutation -- AREA src/x.ts      one file of it
 *   npm run mutation -- AREA --sample 12   every twelfth mutant; `12+5` begins with the fifth
 *   npm run mutation -- AREA --alone       one mutant at a time, beside other work
 *   npm run mutation -- AREA --quick       the tests of `npm test` first; then those of `test:long` on what survived them
 */

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { sample: { type: 'string' }, alone: { type: 'boolean' }, quick: { type: 'boolean' } },
});
const [name = '', ...files] = positionals;
const { mutate } = areaOf(name);

process.env.MUTATION_AREA = name;
if (values.sample !== undefined) process.env.MUTATION_SAMPLE = values.sample;

if (values.quick) await compareQuick();
else await runMutants(values.sample === undefined);

/** Runs the tests of the area on its mutants: those of the sample, or all. */
function runMutants(isIncremental: boolean): Promise<MutantResult[]> {
  return new Stryker({
    testRunner: 'vitest',
    vitest: { configFile: 'vitest.mutation.config.ts', related: false },
    mutate: [...(files.length > 0 ? files : mutate)],
    plugins: ['@stryker-mutator/*', './scripts/mutation/sample.mjs', './scripts/mutation/survivors.mjs'],
    checkers: isIncremental ? [] : ['sample'],
    coverageAnalysis: 'perTest',
    ignoreStatic: true,
    incremental: isIncremental,
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
}

/** Prints the mutants that a test of `test:long` kills and none of the area in `npm test`. */
async function compareQuick(): Promise<void> {
  process.env.MUTATION_TESTS = 'quick';
  const measured = await runMutants(false);
  const survivors = measured.filter(({ status }) => status === 'Survived' || status === 'NoCoverage');
  const killed = measured.filter(isKilled).length;
  console.log(`${name}: npm test kills ${killed} of ${killed + survivors.length}`);
  if (survivors.length === 0) return;
  process.env.MUTATION_TESTS = 'long';
  process.env.MUTATION_IDS = survivors.map(({ id }) => id).join();
  const missed = (await runMutants(false)).filter(isKilled);
  for (const { fileName, location, replacement, statusReason } of missed) {
    console.log(
      `Missed ${fileName}:${location.start.line}:${location.start.column}  →  ${replacement}  ${statusReason}`,
    );
  }
  console.log(`${name}: test:long kills ${missed.length} of the ${survivors.length} that survived`);
}

function isKilled({ status }: MutantResult): boolean {
  return status === 'Killed' || status === 'Timeout';
}
