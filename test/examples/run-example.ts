import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const tsx = createRequire(import.meta.url).resolve('tsx/cli');

export type Ran = { readonly code: number; readonly stdout: string; readonly stderr: string };

/** Runs a script of this repository from another folder, as a user would from a terminal that is none. */
export function ran(folder: string, script: string, ...args: readonly string[]): Promise<Ran> {
  const all = [tsx, '--tsconfig', join(root, 'tsconfig.json'), join(root, script), ...args];
  return new Promise((resolve) => {
    execFile(process.execPath, all, { cwd: folder, encoding: 'utf8' }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });
}

/** An empty folder, and what removes it. */
export function emptyFolder(): { readonly folder: string; readonly remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'auxilio-examples-'));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
