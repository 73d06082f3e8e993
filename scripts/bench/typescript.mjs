/**
 * Lets Node run the TypeScript of the benchmarks, and nothing else: tsx would rewrite the built package and its peers, too,
 * and what it adds to keep the names of functions costs some of what is measured. For `node --import`.
 */
import { readFile } from 'node:fs/promises';
import { register } from 'node:module';
import { fileURLToPath } from 'node:url';
import { isMainThread } from 'node:worker_threads';
import { transform } from 'esbuild';

if (isMainThread) register(import.meta.url);

export async function load(url, context, nextLoad) {
  if (!url.endsWith('.ts')) return nextLoad(url, context);
  const { code } = await transform(await readFile(fileURLToPath(url), 'utf8'), { loader: 'ts', target: 'es2022' });
  return { format: 'module', source: code, shortCircuit: true };
}
