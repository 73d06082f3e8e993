/** The badges of the README, from `package.json`. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Writes a picture for each badge into the folder. */
export function writeBadges(folder: string): void {
  const { version, engines, license, dependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
  const badges = { version, node: engines.node, license, dependencies: `${Object.keys(dependencies).length}` };
  mkdirSync(folder, { recursive: true });
  for (const [name, value] of Object.entries(badges)) writeFileSync(join(folder, `${name}.svg`), badge(name, value));
}

function badge(name: string, value: string): string {
  const escaped = value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const [left, right] = [name.length * 7 + 14, value.length * 7 + 14];
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${left + right}" height="20" role="img" aria-label="${name}: ${escaped}">
<rect width="${left}" height="20" fill="#444"/><rect x="${left}" width="${right}" height="20" fill="#0b5345"/>
<g fill="#fff" font-family="system-ui,sans-serif" font-size="12" text-anchor="middle"><text x="${left / 2}" y="14">${name}</text>
<text x="${left + right / 2}" y="14">${escaped}</text></g></svg>
`;
}
