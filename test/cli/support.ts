import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, inject } from 'vitest';
import { commandLineIn } from './in-thread.ts';

/** The result of a command line. */
export type Ran = { readonly out: string; readonly err: string; readonly code: number | null };

const built = inject('commandLine');
export const cli = join(built, 'cli.js');

const folder = mkdtempSync(join(tmpdir(), 'auxilio-cli-'));
// So that a test may switch the user.
chmodSync(folder, 0o755);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Surroundings = {
  readonly input?: string | Uint8Array;
  readonly env?: NodeJS.ProcessEnv;
  /** True if standard output is a terminal; in a thread alone. */
  readonly isTerminal?: boolean;
};

/** Runs the command line as a process of its own: for signals, limits of memory, and what else a process alone has. */
export function auxilioProcess(args: readonly string[], { input = '', env = {} }: Surroundings = {}): Ran {
  const options = { input, env: { ...process.env, NO_COLOR: undefined, ...env }, maxBuffer: 1 << 28 };
  const { stdout, stderr, status } = spawnSync(process.execPath, [cli, ...args], options);
  return { out: stdout.toString(), err: stderr.toString(), code: status };
}

const runInThread = commandLineIn(join(built, 'run.js'));

/** Runs the command line, in a thread that has loaded it already; with several workers as a process, whose threads they are. */
export const auxilio = (args: readonly string[], surroundings: Surroundings = {}): Ran => {
  if (args.includes('--workers')) return auxilioProcess(args, surroundings);
  const { input = '', env = {}, isTerminal = false } = surroundings;
  return runInThread({ args, input, env: { ...process.env, NO_COLOR: undefined, ...env }, isTerminal });
};

/** Its standard output, if it succeeded. */
export function stdoutOf(args: readonly string[], surroundings?: Surroundings): string {
  const { out, err, code } = auxilio(args, surroundings);
  if (err !== '' || code === 2) throw new Error(err);
  return out;
}

/** A file with this in it. */
export function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

export const pathOf = (name: string) => join(folder, name);

/** The lines of JSON that were written. */
export const jsonLines = (text: string) =>
  text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));

export const sheet = ['examples/foreign-sheet/llamadas.csv', '--map', 'examples/foreign-sheet/mapping.json'] as const;
