import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Builds a screen with Vite if its folder has one whose files are newer than what was built of them, or those of the `shared` folders. */
export async function buildScreen(root: string, shared: readonly string[]): Promise<void> {
  if (!existsSync(join(root, 'index.html')) || !isStale(root, shared)) return;
  const { build } = await import('vite');
  await build({ root, logLevel: 'warn' });
}

function isStale(root: string, shared: readonly string[]): boolean {
  const built = join(root, 'dist', 'index.html');
  if (!existsSync(built)) return true;
  const builtAt = statSync(built).mtimeMs;
  return [root, ...shared].some((folder) => existsSync(folder) && newestIn(folder) > builtAt);
}

/** The time of the newest source file of a folder. */
function newestIn(folder: string): number {
  const entries = readdirSync(folder, { withFileTypes: true });
  const times = entries.map((entry) => {
    if (entry.name === 'dist' || entry.name === 'node_modules') return 0;
    const path = join(folder, entry.name);
    return entry.isDirectory() ? newestIn(path) : statSync(path).mtimeMs;
  });
  return Math.max(0, ...times);
}
