import { defineConfig } from 'tsup';
import { cli } from './tsup.cli.config.ts';

/** The entries, as both kinds of modules. */
const library = defineConfig({
  entry: {
    index: 'src/index.ts',
    invariants: 'src/visit/invariants/index.ts',
    wire: 'src/wire/index.ts',
    service: 'src/service/index.ts',
    memory: 'src/stores/memory.ts',
    sqlite: 'src/stores/sqlite.ts',
    postgres: 'src/stores/postgres.ts',
    report: 'src/report/index.ts',
    logs: 'src/logs/index.ts',
    chain: 'src/chain/index.ts',
    testing: 'src/testing/index.ts',
  },
  format: ['esm', 'cjs'],
  target: 'es2022',
  platform: 'neutral',
  splitting: true,
  treeshake: true,
  clean: ['!cli.js'],
  removeNodeProtocol: false,
  external: ['immer', 'zod', /^@noble\//, 'better-sqlite3', 'pg', 'fast-check', /^node:/],
  noExternal: ['csv-parse'],
  dts: { compilerOptions: { ignoreDeprecations: '6.0', composite: false, incremental: false } },
});

export default defineConfig([library as never, cli as never]);
