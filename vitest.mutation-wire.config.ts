import { defineConfig } from 'vitest/config';

/** The tests that mutants of the wire must not survive: its chapters, but for the slow ones (fuzzing, poisoning, laws). */
export default defineConfig({
  test: {
    include: ['test/wire/**/*.test.ts'],
    exclude: ['test/wire/{fuzz,poisoning,naughty,laws}*.test.ts'],
    testTimeout: 20_000,
  },
});
