import { defineConfig } from 'vitest/config';

/** The tests that mutants of the readers and of the report must not survive: their chapters. */
export default defineConfig({
  test: { include: ['test/{reading,report}/**/*.test.ts'], testTimeout: 20_000 },
});
