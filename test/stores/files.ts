import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { StoreProcess } from 'auxilio/testing';
import { buildSync } from 'esbuild';
import { expect, onTestFinished } from 'vitest';
import { type SqliteStore, type SqliteStoreOptions, sqliteStore } from '../../src/sqlite.ts';
import { limits } from '../support/limits.ts';
import { events } from './cases.ts';

/** A directory that is gone after the test. */
export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'auxilio-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

export function temporaryFile(): string {
  return join(temporaryDirectory(), 'events.sqlite');
}

/** A store that is closed after the test. */
export function opened(options: SqliteStoreOptions): SqliteStore {
  const store = sqliteStore({ busyTimeoutMs: limits.waitMs, ...options });
  onTestFinished(() => store.close());
  return store;
}

/** Matches a `StoreError` of that kind. */
export const storeError = (kind: string) =>
  expect.objectContaining({ name: 'StoreError', kind, code: `store-${kind}` });

/** A closed store's file: two events in the stream `a`, one in `b`. */
export async function fileOfThree(): Promise<string> {
  const file = temporaryFile();
  const store = sqliteStore({ file });
  await store.appendToStream('a', events(1, 2));
  await store.appendToStream('b', events(3));
  await store.close();
  return file;
}

/** Runs `work`, which is synchronous, as one whom file permissions bind: they do not bind root. */
export function unprivileged<T>(work: () => T): T {
  if (process.geteuid?.() !== 0) return work();
  process.seteuid?.(65534);
  try {
    return work();
  } finally {
    process.seteuid?.(0);
  }
}

const root = fileURLToPath(new URL('../..', import.meta.url));
const bundles = new Map<string, string>();

/** A script as one file, so that a process that runs it starts quickly. */
function bundleOf(path: string): string {
  const known = bundles.get(path);
  if (known !== undefined) return known;
  const bundle = join(root, 'node_modules/.cache/stores', basename(path).replace(/ts$/, 'mjs'));
  const own = `${bundle}.${process.pid}`;
  buildSync({
    entryPoints: [path],
    outfile: own,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    tsconfig: join(root, 'tsconfig.json'),
  });
  // Another worker may be running it.
  renameSync(own, bundle);
  bundles.set(path, bundle);
  return bundle;
}

/** Starts a script of this folder in another process. */
export function spawned(script: string | URL, parameters: readonly string[]) {
  const bundle = bundleOf(fileURLToPath(new URL(script, import.meta.url)));
  return spawn(process.execPath, [bundle, ...parameters], { cwd: root });
}

/** Starts a script of this folder in another process, for the store suite. */
export function startProcess(script: string | URL, ...parameters: string[]): StoreProcess {
  const child = spawned(script, parameters);
  const failed: string[] = [];
  child.stdout.setEncoding('utf8');
  child.stderr.on('data', (chunk) => failed.push(String(chunk)));
  const closed = once(child, 'close');
  async function* output() {
    yield* child.stdout as AsyncIterable<string>;
    await closed;
    if (!child.killed && child.exitCode !== 0) throw new Error(`${script} ended: ${failed.join('')}`);
  }
  return { output: output(), kill: () => child.kill('SIGKILL') };
}

/** Runs a script of this folder in another process; returns its output, parsed line by line. */
export async function inProcess(script: string, ...parameters: string[]): Promise<unknown[]> {
  const child = spawned(script, parameters);
  const printed: string[] = [];
  const failed: string[] = [];
  child.stdout.on('data', (chunk) => printed.push(String(chunk)));
  child.stderr.on('data', (chunk) => failed.push(String(chunk)));
  const exit = await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve));
  if (exit !== 0) throw new Error(`${script} ended with ${exit}: ${failed.join('')}`);
  const lines = printed.join('').split('\n').filter(Boolean);
  return lines.map((line) => JSON.parse(line) as unknown);
}
