import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeBadge } from 'badge-maker';

/** Draws the badges of the README into a folder, from what package.json says. */
export function writeBadges(folder: string): void {
  const { version, engines, dependencies, license } = JSON.parse(readFileSync('package.json', 'utf8'));
  const node = engines.node.replace('>=', '≥ ');
  const messages = { version, node, dependencies: `${Object.keys(dependencies).length}`, license };
  mkdirSync(folder, { recursive: true });
  for (const [label, message] of Object.entries(messages)) {
    writeFileSync(join(folder, `${label}.svg`), makeBadge({ label, message, color: '0f4c81' }));
  }
}
