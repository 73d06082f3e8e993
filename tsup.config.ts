import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Plugin } from 'esbuild';
import { defineConfig } from 'tsup';
import { cli } from './tsup.cli.config.ts';

/** Keeps the core in one chunk: an entry that uses some of it refers to all of it, so that Node loads one file, not five. */
const wholeCore: Plugin = {
  name: 'whole-core',
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^#core$/ }, () => ({ path: resolve('src/core.ts'), sideEffects: true }));
    onLoad({ filter: /src\/(index|(service|report|logs|testing)\/index)\.ts$/ }, ({ path }) => ({
      contents: `import '#core';\n${readFileSync(path, 'utf8')}`,
      loader: 'ts',
    }));
  },
};

/** The entries, by their names in `exports`. */
const entry = {
  index: 'src/index.ts',
  core: 'src/core.ts',
  'es-CR': 'src/words/es-cr/index.ts',
  en: 'src/words/en/index.ts',
  invariants: 'src/visit/invariants/index.ts',
  wire: 'src/wire/index.ts',
  service: 'src/service/index.ts',
  memory: 'src/stores/memory/index.ts',
  sqlite: 'src/stores/sqlite/index.ts',
  postgres: 'src/stores/postgres/index.ts',
  report: 'src/report/index.ts',
  logs: 'src/logs/index.ts',
  chain: 'src/chain/index.ts',
  testing: 'src/testing/index.ts',
};

/** The declarations of the entries, which `npm run declarations` emits: bundling them needs no second check of the types. */
const declared = Object.fromEntries(
  Object.entries(entry).map(([name, path]) => [name, path.replace(/^src(.*)\.ts$/, 'declarations$1.d.ts')]),
);

/** Chunks of their own, exported by no name: an application that only creates commands bundles nothing else of the core. */
const apart = { commands: 'src/visit/commands.ts' };

/** The entries, as both kinds of modules. */
const library = defineConfig({
  entry: { ...entry, ...apart },
  format: ['esm', 'cjs'],
  target: 'es2022',
  platform: 'neutral',
  splitting: true,
  esbuildPlugins: [wholeCore],
  treeshake: true,
  clean: ['!cli.js'],
  removeNodeProtocol: false,
  external: ['immer', 'zod', /^@noble\//, 'better-sqlite3', 'pg', 'fast-check', /^node:/],
  noExternal: ['csv-parse'],
  dts: { entry: declared, compilerOptions: { ignoreDeprecations: '6.0', composite: false, incremental: false } },
});

export default defineConfig([library as never, cli as never]);
