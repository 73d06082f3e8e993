import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Plugin } from 'esbuild';
import { defineConfig } from 'tsup';
import { cli } from './tsup.cli.config.ts';

/** The entries, by their names in `exports`. */
const entry = {
  index: 'src/index.ts',
  core: 'src/core.ts',
  'es-CR': 'src/words/es-cr/index.ts',
  en: 'src/words/en/index.ts',
  invariants: 'src/visit/invariants/index.ts',
  wire: 'src/wire/index.ts',
  service: 'src/service/index.ts',
  replica: 'src/replica/index.ts',
  forms: 'src/forms/index.ts',
  memory: 'src/stores/memory/index.ts',
  sqlite: 'src/stores/sqlite/index.ts',
  postgres: 'src/stores/postgres/index.ts',
  indexeddb: 'src/stores/indexeddb/index.ts',
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

/** Small modules that the core shares with entries which do without the rest of it. */
const shared = [
  'kernel/known',
  'kernel/nearest',
  'messages/schema-version',
  'protocol/duties',
  'stores/event-streams',
  'util/equality',
  'util/json',
  'util/time-zone',
  'visit/debts',
  'visit/known',
  'visit/policy',
  'visit/questions',
  'visit/rule-ids',
  'visit/state',
  'wire/characters',
  'wire/instant',
  'wire/limits',
  'words/text',
];

/** The entries that use most of the core, and the one that uses some words of each language. */
const usesCore = /src.(index|(service|replica|report|logs|testing).index)\.ts$/;
const usesWords = /src.forms.index\.ts$/;

/**
 * Keeps the core in one chunk, and what it shares with other entries in another: an entry that uses some of either refers to
 * all of it, so that Node loads two files, not nine.
 */
const wholeChunks: Plugin = {
  name: 'whole-chunks',
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^#core$/ }, () => ({ path: resolve('src/core.ts'), sideEffects: true }));
    onResolve({ filter: /^#words\// }, ({ path }) => ({
      path: resolve('src/words', path.slice('#words/'.length), 'index.ts'),
      sideEffects: true,
    }));
    onResolve({ filter: /^#shared$/ }, () => ({ path: 'shared', namespace: 'shared', sideEffects: true }));
    onLoad({ filter: /./, namespace: 'shared' }, () => ({
      contents: shared.map((name) => `export * from './src/${name}.ts';`).join('\n'),
      resolveDir: resolve('.'),
    }));
    const entries = new Set(Object.values({ ...entry, ...apart }).map((path) => resolve(path)));
    onLoad({ filter: /\.ts$/ }, ({ path }) => {
      if (!entries.has(path)) return undefined;
      const core = usesCore.test(path) ? "import '#core';" : '';
      const words = usesWords.test(path) ? "import '#words/es-cr';import '#words/en';" : '';
      const chunks = `import '#shared';${core}${words}`;
      return { contents: `${chunks}\n${readFileSync(path, 'utf8')}`, loader: 'ts' };
    });
  },
};

/** The entries, as both kinds of modules. */
const library = defineConfig({
  entry: { ...entry, ...apart },
  format: ['esm', 'cjs'],
  target: 'es2022',
  platform: 'neutral',
  splitting: true,
  esbuildPlugins: [wholeChunks],
  treeshake: true,
  clean: ['!cli.js'],
  removeNodeProtocol: false,
  external: ['immer', 'zod', /^@noble\//, 'better-sqlite3', 'pg', 'fast-check', /^node:/],
  noExternal: ['csv-parse', 'idb'],
  dts: { entry: declared, compilerOptions: { ignoreDeprecations: '6.0', composite: false, incremental: false } },
});

export default defineConfig([library as never, cli as never]);
