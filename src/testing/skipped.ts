import { fail } from './assert.ts';

/** Skips a case through the context that vitest and node:test hand to a test; elsewhere it fails, so that it never counts as passed. */
export function skipped(why: string, context: unknown): void {
  const { skip } = (context ?? {}) as { skip?: unknown };
  if (typeof skip === 'function') skip.call(context, why);
  else fail(`${why}: skip this case where its \`skip\` says so`);
}
