import { defineConfig } from 'vitest/config';

/**
 * The tests that mutants of the kernel and of the table must not survive: the chapters, and those of the readers of what
 * the table says for them; but for one that reads the sources as text.
 */
export default defineConfig({
  test: {
    include: ['test/{kernel,visit}/**/*.test.ts', 'test/reading/{guide,dossier,audit,missing,counterexamples}.test.ts'],
    exclude: ['test/visit/order.test.ts'],
    testTimeout: 20_000,
  },
});
