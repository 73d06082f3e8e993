import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const isGolden = ({ moduleId }: TestSpecification) => moduleId.includes('golden');

/** The pages on record first: they notice most, and soon. */
class GoldenFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]) {
    return files.sort((one, other) => Number(isGolden(other)) - Number(isGolden(one)));
  }
}

/** The tests that mutants of the report must not survive: its chapters, but for the slow ones (days of thirty visits, laws). */
export default defineConfig({
  test: {
    include: ['test/report/**/*.test.ts'],
    exclude: ['test/report/{day,totality,naughty}.test.ts'],
    sequence: { sequencer: GoldenFirst },
    isolate: false,
    testTimeout: 20_000,
  },
});
