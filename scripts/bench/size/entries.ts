import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../../../', import.meta.url));

const { exports } = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as {
  exports: Readonly<Record<string, unknown>>;
};

/** Every entry of the package that is code. */
export const entries = Object.keys(exports)
  .filter((path) => !path.endsWith('.json'))
  .map((path) => path.replace('.', 'auxilio'));

const peers = ['better-sqlite3', 'pg', 'fast-check', 'node:*'];
const dependencies = ['immer', 'zod', '@noble/*'];

export type Bytes = { readonly gzip: number; readonly brotli: number };

/** Measures a module that exports this, bundled and minified as in an application. */
export async function bundled(contents: string, withoutDependencies: boolean): Promise<Bytes> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: root },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    external: withoutDependencies ? [...peers, ...dependencies] : peers,
    write: false,
    logLevel: 'error',
    // The package by its own name is what was built, not its source.
    tsconfig: `${root}scripts/bench/tsconfig.json`,
  });
  const text = outputFiles[0]?.contents ?? new Uint8Array();
  return { gzip: gzipSync(text, { level: 9 }).length, brotli: brotliCompressSync(text).length };
}
