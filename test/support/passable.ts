import { chmodSync, statSync } from 'node:fs';
import { resolve } from 'node:path';

/**
 * Lets others pass through the project's folder, where root runs the tests: a server, or a reader who may not read, is then
 * somebody else, and a folder of `mktemp -d` is its owner's alone.
 */
export function letOthersPass(): void {
  const folder = resolve('.');
  const { mode } = statSync(folder);
  if (process.getuid?.() === 0 && (mode & 0o011) !== 0o011) chmodSync(folder, mode | 0o011);
}
