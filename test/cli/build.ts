import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { buildSync } from 'esbuild';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder of the command line, as it is built for these tests. */
    readonly commandLine: string;
  }
}

/** Builds the command line once for all files, in parts that are loaded when they are needed: with tsup it would take the whole library. */
export function setup(project: TestProject): () => void {
  // Inside the project, so that zod and immer are found.
  const cache = resolve('node_modules', '.cache');
  mkdirSync(cache, { recursive: true });
  const built = mkdtempSync(join(cache, 'auxilio-cli-'));
  buildSync({
    entryPoints: { cli: 'src/cli/main.ts', run: 'src/cli/run.ts' },
    outdir: built,
    bundle: true,
    splitting: true,
    format: 'esm',
    target: 'es2022',
    platform: 'node',
    external: ['immer', 'zod', '@noble/hashes', 'better-sqlite3', 'pg', 'fast-check'],
  });
  // So that a test may switch the user.
  chmodSync(built, 0o755);
  project.provide('commandLine', built);
  return () => rmSync(built, { recursive: true, force: true });
}
