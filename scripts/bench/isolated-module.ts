import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build, type Plugin } from 'esbuild';

const root = fileURLToPath(new URL('../..', import.meta.url));
let made = 0;

/**
 * A fresh copy of a module of this repository, bundled and loaded: its functions have no other callers in this run. A
 * function that others call with proxies or frozen objects becomes slow for all its callers.
 */
export async function instance<Module>(path: string, plugins: Plugin[] = []): Promise<Module> {
  made += 1;
  const outfile = join(root, 'node_modules/.cache/bench', `${process.pid}-${made}.mjs`);
  await build({
    entryPoints: [join(root, path)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'es2022',
    packages: 'external',
    tsconfig: join(root, 'tsconfig.json'),
    plugins,
  });
  const module = (await import(pathToFileURL(outfile).href)) as Module;
  await rm(outfile);
  return module;
}
