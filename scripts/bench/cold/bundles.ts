import { fileURLToPath } from 'node:url';
import { type BuildOptions, build } from 'esbuild';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** The entries that a handler may use, whole: all but the kit for tests and the stores that ask for a driver. */
const entries = [
  'auxilio',
  'auxilio/invariants',
  'auxilio/wire',
  'auxilio/service',
  'auxilio/memory',
  'auxilio/report',
  'auxilio/logs',
  'auxilio/chain',
];

/** Bundles the built package as a host would, with zod and immer: the Lambda of the examples, all entries together, and three functions. */
export async function bundle(folder: string): Promise<void> {
  const all = entries.map((entry) => `export * from '${entry}';`).join('\n');
  const folds = `export { decide, evolve, replay } from 'auxilio';`;
  await bundled(folder, { stdin: { contents: all, resolveDir: root, sourcefile: 'library.ts' } }, 'library');
  await bundled(folder, { stdin: { contents: folds, resolveDir: root, sourcefile: 'folds.ts' } }, 'folds');
  await bundled(folder, { entryPoints: { lambda: `${root}examples/04-lambda/index.ts` } }, 'lambda');
}

async function bundled(folder: string, from: BuildOptions, name: string): Promise<void> {
  await build({
    ...from,
    absWorkingDir: root,
    bundle: true,
    minify: true,
    splitting: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    outdir: folder,
    entryNames: name,
    chunkNames: `${name}-[hash]`,
    outExtension: { '.js': '.mjs' },
    external: ['better-sqlite3', 'pg'],
    logLevel: 'error',
    // The package by its own name is what was built, not its source.
    tsconfig: `${root}scripts/bench/tsconfig.json`,
  });
}
