import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build, type Plugin } from 'esbuild';

const root = fileURLToPath(new URL('../../', import.meta.url));
const tsx = createRequire(import.meta.url).resolve('tsx/cli');

export type Ran = { readonly code: number; readonly stdout: string; readonly stderr: string };

/** Runs a script of this repository from another folder, without a terminal. */
export function ran(folder: string, script: string, ...args: readonly string[]): Promise<Ran> {
  return runNode(folder, [tsx, '--tsconfig', join(root, 'tsconfig.json'), join(root, script), ...args]);
}

/** Bundles a script that is run again and again, so that each run starts as quickly as a plain script. */
export async function bundled(script: string): Promise<(folder: string, ...args: readonly string[]) => Promise<Ran>> {
  const outfile = join(root, 'node_modules/.cache/examples', script.replaceAll('/', '-').replace(/ts$/, 'mjs'));
  const own = `${outfile}.${process.pid}`;
  await build({
    entryPoints: [join(root, script)],
    outfile: own,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    tsconfig: join(root, 'tsconfig.json'),
    plugins: [ownUrls],
  });
  // Another worker may be running it.
  renameSync(own, outfile);
  return (folder, ...args) => runNode(folder, [outfile, ...args]);
}

/** Lets each module of a bundle find the files beside its source. */
const ownUrls: Plugin = {
  name: 'own-urls',
  setup({ onLoad }) {
    onLoad({ filter: /\/(?:examples|scripts)\/.*\.ts$/ }, ({ path }) => ({
      contents: readFileSync(path, 'utf8').replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href)),
      loader: 'ts',
    }));
  },
};

function runNode(folder: string, args: readonly string[]): Promise<Ran> {
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd: folder, encoding: 'utf8' }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });
}

/** An empty folder, and what removes it. */
export function emptyFolder(): { readonly folder: string; readonly remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'auxilio-examples-'));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
