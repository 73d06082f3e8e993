import { readdirSync, readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { type BuildOptions, type Plugin, transform } from 'esbuild';
import { defineConfig, type Options } from 'tsup';
import { idbModule, leaveOutShortcuts } from './scripts/small-idb.ts';

/** Each file directly in `src` is an entry, by its name in `exports`. */
const entry = Object.fromEntries(
  readdirSync('src')
    .filter((file) => file.endsWith('.ts'))
    .map((file) => [basename(file, '.ts'), `src/${file}`]),
);

/** The declarations of the entries, which `npm run declarations` emits: bundling them needs no second check of the types. */
const declared = Object.fromEntries(
  Object.entries(entry).map(([name, path]) => [name, path.replace(/^src(.*)\.ts$/, 'declarations$1.d.ts')]),
);

/** Chunks of their own, exported by no name: an application that only creates commands bundles nothing else of the core. */
const apart = { commands: 'src/visit/commands.ts' };

/** Small modules that the core shares with entries which do without the rest of it. */
const shared = [
  'kernel/known',
  'util/nearest',
  'messages/kept-metadata',
  'protocol/duties',
  'report/photo-link',
  'stores/event-streams',
  'util/equality',
  'util/json',
  'util/instant',
  'util/runtime',
  'util/slices',
  'visit/debts',
  'visit/known',
  'visit/policy',
  'visit/questions',
  'visit/rule-ids',
  'visit/state',
  'wire/characters',
  'wire/instant',
  'wire/limits',
  'words/nouns',
  'words/text',
];

/** Modules that most commands share. */
const ofCommands = [
  'cli/console/findings',
  'cli/input/inputs',
  'cli/input/seals',
  'cli/input/sheets',
  'cli/input/source',
  'cli/input/visits',
  'cli/log/formatter',
  'cli/log/worker',
];

const languages = ['words/es-cr/index', 'words/en/index'];
const inWords = ['core', 'locale/index', ...languages];
const inReports = [...inWords, 'logs', 'report', 'of-commands'];

/** The parts of which each command uses most, where it is not those of a report. */
const commandParts: Readonly<Record<string, readonly string[]>> = {
  clauses: inWords,
  explore: [...inReports, 'invariants', 'wire'],
  schema: ['core', 'wire'],
  simulate: ['core', ...languages],
  store: [],
};

/** The parts that come whole with a module from which files begin: those of which it uses most. */
function partsOf(path: string): readonly string[] {
  if (/src.(index|service|replica|report|logs|testing)\.ts$/.test(path)) return ['core'];
  if (/src.forms\.ts$/.test(path)) return languages;
  if (/src.privacy\.ts$/.test(path)) return inWords;
  if (/src.cli.log.worker-thread\.ts$/.test(path)) return inReports;
  const command = /src.cli.commands.(\w+)\.ts$/.exec(path)?.[1];
  return command === undefined ? [] : (commandParts[command] ?? inReports);
}

/**
 * Keeps the core in one chunk, and what it shares with other entries in another: an entry that uses some of either refers to
 * all of it, so that Node loads two files, not nine. The commands of the command line do the same with the entries that they
 * use, of which they have no copy.
 */
const wholeChunks: Plugin = {
  name: 'whole-chunks',
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^#(shared|of-commands)$/ }, ({ path }) => ({ path, namespace: 'barrels', sideEffects: true }));
    onResolve({ filter: /^#/ }, ({ path }) => ({ path: resolve('src', `${path.slice(1)}.ts`), sideEffects: true }));
    onLoad({ filter: /./, namespace: 'barrels' }, ({ path }) => ({
      contents: (path === '#shared' ? shared : ofCommands).map((name) => `import './src/${name}.ts';`).join('\n'),
      resolveDir: resolve('.'),
    }));
    const entries = new Set(Object.values({ ...entry, ...apart, ...program }).map((path) => resolve(path)));
    onLoad({ filter: /\.ts$/ }, ({ path }) => {
      if (!entries.has(path) && !/src.cli.(completion|commands.\w+|log.worker-thread)\.ts$/.test(path))
        return undefined;
      const imports = ['shared', ...partsOf(path)].map((name) => `import '#${name}';`).join('');
      const [, shebang = '', text = ''] = /^(#!.*\n)?(.*)$/s.exec(readFileSync(path, 'utf8')) ?? [];
      return { contents: `${shebang}${imports}\n${text}`, loader: 'ts' };
    });
  },
};

const smallIdb: Plugin = {
  name: 'small-idb',
  setup({ onLoad }) {
    onLoad({ filter: idbModule }, ({ path }) => ({
      contents: leaveOutShortcuts(readFileSync(path, 'utf8')),
      loader: 'js',
    }));
  },
};

type OutputPlugin = NonNullable<Options['plugins']>[number];

/** Minifies the files that hold bundled dependencies alone; our own stay readable. */
const minifiedDependencies: OutputPlugin = {
  name: 'minified-dependencies',
  async renderChunk(code) {
    if (!/^\/\/ node_modules\//m.test(code) || /^\/\/ src\//m.test(code)) return undefined;
    // Before CommonJS is made of it, the code is an ECMAScript module: in another format its exports would be dropped.
    const minified = await transform(code, { minify: true, format: 'esm' });
    return { code: minified.code };
  },
};

/** Loads what a CommonJS module imports later by `require`: under jest, `import()` needs a flag of Node. */
const requiredLater: OutputPlugin = {
  name: 'required-later',
  renderChunk(code) {
    if (this.format !== 'cjs') return undefined;
    return { code: code.replaceAll(/\bimport\((["'][^"']+["'])\)/g, 'Promise.resolve().then(() => require($1))') };
  },
};

/** The command line, built with the entries as the modules of which it is one. */
const program = { cli: 'src/cli/main.ts' };

/** Modules of Node, as dependencies of the command line name them. */
const ofNode = ['fs', 'fs/promises', 'path', 'stream', 'stream/promises', 'util'];

const library = {
  target: 'es2022',
  platform: 'neutral',
  splitting: true,
  esbuildPlugins: [wholeChunks, smallIdb],
  plugins: [minifiedDependencies, requiredLater],
  esbuildOptions: (options: BuildOptions) => {
    // An import that only keeps a chunk whole is meant to bring nothing else.
    options.logOverride = { 'ignored-bare-import': 'silent' };
  },
  treeshake: true,
  removeNodeProtocol: false,
  external: ['immer', 'zod', /^@noble\//, 'better-sqlite3', 'pg', 'fast-check', /^node:/, ...ofNode],
  noExternal: ['csv-parse', 'idb', 'write-excel-file', 'fflate'],
} as const;

export default defineConfig([
  {
    ...library,
    format: 'esm',
    entry: { ...entry, ...apart, ...program },
    clean: ['!**/*.cjs', '!**/*.cts'],
  },
  {
    ...library,
    format: 'cjs',
    entry: { ...entry, ...apart },
    // The path of the file, which `createRequire` takes in place of its URL.
    define: { 'import.meta.url': '__filename' },
    clean: ['!**/*.js', '!**/*.d.ts'],
    dts: { entry: declared, compilerOptions: { ignoreDeprecations: '6.0', composite: false, incremental: false } },
  },
] as never);
