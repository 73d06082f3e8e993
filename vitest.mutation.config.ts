import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { areaOf } from './scripts/mutation/areas.ts';
import { keptThread } from './scripts/mutation/kept-thread.ts';
import { alias, longRuns } from './vitest.config.ts';

/** Which tests of the area run: all that it names, those of them in `npm test`, or those in `test:long`. */
const which = process.env.MUTATION_TESTS;

const { tests, without = [], long = [], last = /^$/, isolate = false, globalSetup } = areaOf(process.env.MUTATION_AREA);

const path = (file: string) => fileURLToPath(new URL(file, import.meta.url));

/** The quick files first: most mutants need no other. */
class QuickFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]) {
    return files.sort((one, other) => Number(last.test(one.moduleId)) - Number(last.test(other.moduleId)));
  }
}

/** The tests of the area that `npm run mutation` mutates. */
export default defineConfig({
  // The schema of a mapping is built by each test that uses it.
  resolve: { alias: [...alias, { find: '../../wire/reader.ts', replacement: path('scripts/mutation/lazy.ts') }] },
  plugins: [
    {
      name: 'kept-thread',
      configureVitest({ project }) {
        project.config.pool = keptThread.name;
        project.config.poolRunner = keptThread;
      },
    },
  ],
  test: {
    include: which === 'long' ? [...long] : [...tests],
    exclude: which === 'long' ? [] : [...without, ...(which === 'quick' ? longRuns : [])],
    setupFiles: ['scripts/mutation/setup.ts'],
    sequence: { sequencer: QuickFirst },
    isolate,
    ...(globalSetup === undefined ? {} : { globalSetup }),
    testTimeout: 60_000,
    hookTimeout: 600_000,
  },
});
