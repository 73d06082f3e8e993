/**
 * Rewrites the newest sections of CHANGELOG.md from a list by changeset to lists by kind: `npm run release:version` runs it after
 * `changeset version`. A line of a changeset begins with its kind and is one entry.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

/** The kinds of entries, in the order of a release. */
export const kinds = ['Breaking', 'Added', 'Changed', 'Fixed', 'Migration'] as const;

const entry = new RegExp(`^(?:- \\w+: |- | {2})?(${kinds.join('|')}): (.+)$`);

/** Rewrites the section of a release that has lists by changeset; leaves any other as it is. */
export function groupByKind(section: string): string {
  if (!/^### (?:Major|Minor|Patch) Changes$/m.test(section)) return section;
  const [title = '', ...lines] = section.split('\n');
  const entries = lines.flatMap((line) => {
    if (line.trim() === '' || line.startsWith('### ')) return [];
    const [, kind = '', text = ''] = entry.exec(line) ?? [];
    if (kind === '') throw new Error(`An entry of the changelog begins with ${kinds.join(', ')}: ${line}`);
    return [{ kind, text: text.charAt(0).toUpperCase() + text.slice(1) }];
  });
  const lists = kinds.map((kind) => {
    const texts = entries.filter((one) => one.kind === kind).map(({ text }) => `- ${text}`);
    return texts.length === 0 ? '' : `\n### ${kind}\n\n${texts.join('\n')}\n`;
  });
  return `${title}\n${lists.join('')}\n`;
}

/** Rewrites a whole changelog. */
export const regrouped = (changelog: string): string =>
  changelog
    .split(/^(?=## )/m)
    .map(groupByKind)
    .join('');

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  writeFileSync('CHANGELOG.md', regrouped(readFileSync('CHANGELOG.md', 'utf8')));
}
