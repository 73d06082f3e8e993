import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const source = (path: string) => fileURLToPath(new URL(`./src/${path}`, import.meta.url));

const alias = [
  { find: /^auxilio$/, replacement: source('index.ts') },
  { find: /^auxilio\/invariants$/, replacement: source('visit/invariants/index.ts') },
  { find: /^auxilio\/(wire|service|testing|logs|report|chain)$/, replacement: source('$1/index.ts') },
  { find: /^auxilio\/(memory|sqlite|postgres)$/, replacement: source('stores/$1.ts') },
];

const project = (name: string, include: string[], testTimeout = 5_000, exclude: string[] = []) => ({
  resolve: { alias },
  test: { name, include, exclude, testTimeout },
});

/** Laws of the report, which take longer than a chapter may. */
const reportLaws = 'test/report/{totality,naughty}.test.ts';

export default defineConfig({
  test: {
    maxWorkers: '100%',
    projects: [
      project(
        'chapters',
        ['test/{kernel,visit,protocol,reading,report,messages,wire,docs,bench}/**/*.test.ts'],
        20_000,
        [reportLaws],
      ),
      project('architecture', ['test/architecture/**/*.test.ts'], 60_000),
      project('laws', ['test/laws/**/*.test.ts', reportLaws], 300_000),
      project('kit', ['test/testing/**/*.test.ts'], 120_000),
      project('logs', ['test/logs/**/*.test.ts'], 120_000),
      project('cli', ['test/cli/**/*.test.ts'], 120_000),
      project('compat', ['test/compat/**/*.test.ts'], 60_000),
      project('explorer', ['test/explorer/**/*.test.ts'], 300_000),
      project('spec', ['test/spec/**/*.test.ts'], 300_000),
      project('stores', ['test/{stores,chain}/**/*.test.ts'], 120_000),
      project('service', ['test/service/**/*.test.ts'], 120_000),
      project('faults', ['test/faults/**/*.test.ts'], 300_000),
      project('examples', ['test/examples/**/*.test.ts'], 120_000),
      project('package', ['test/package/**/*.test.ts'], 300_000),
      project('browser', ['test/browser/**/*.test.ts'], 120_000),
    ],
    coverage: {
      // The invariants are proofs: the laws run each of them, and a planted error trips each.
      include: ['src/visit/*.ts', 'src/kernel/*.ts'],
      reporter: ['text'],
      thresholds: { lines: 100, branches: 100, functions: 100, statements: 100 },
    },
  },
});
