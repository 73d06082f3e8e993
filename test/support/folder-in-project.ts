import { mkdirSync, mkdtempSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A new folder for files that import the package, or what it depends on. It is not among the sources: other tests, the compiler and
 * the linter read those meanwhile.
 */
export function folderInProject(prefix: string): string {
  mkdirSync('.tmp', { recursive: true });
  return mkdtempSync(join('.tmp', prefix));
}
