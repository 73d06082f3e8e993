import { defineConfig } from 'vitest/config';

/** The tests that mutants of the readers must not survive: their chapters. */
export default defineConfig({
  test: {
    include: ['test/reading/**/*.test.ts'],
    testTimeout: 20_000,
  },
});
