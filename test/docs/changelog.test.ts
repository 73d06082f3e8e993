import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { groupByKind, kinds, regrouped } from '../../scripts/changelog.ts';

const changelog = readFileSync('CHANGELOG.md', 'utf8');
const [, ...releases] = changelog.split(/^(?=## )/m);

describe('the changelog', () => {
  it.each(releases.map((text) => [text.split('\n')[0] as string, text]))(
    '%s has lists by kind, a line an entry, and a migration note',
    (_, text) => {
      const lines = text.split('\n').slice(1).filter(Boolean);
      const headings = lines.filter((line) => line.startsWith('### ')).map((line) => line.slice(4));
      expect(headings).toEqual(kinds.filter((kind) => headings.includes(kind)));
      expect(headings).toContain('Migration');
      expect(lines.filter((line) => !/^(?:### \w+|- \S.*[.:)])$/.test(line))).toEqual([]);
    },
  );

  it('is made of changesets whose every line begins with its kind', () => {
    const pending = readdirSync('.changeset').filter((file) => file.endsWith('.md') && file !== 'README.md');
    const lines = pending.flatMap((file) =>
      readFileSync(`.changeset/${file}`, 'utf8')
        .replace(/^---\n[\s\S]*?\n---\n/, '')
        .split('\n')
        .filter(Boolean),
    );
    expect(lines.filter((line) => !new RegExp(`^(?:${kinds.join('|')}): \\S`).test(line))).toEqual([]);
  });

  it('groups what the release command wrote, and nothing twice', () => {
    const written = [
      '# auxilio\n',
      '## 1.1.0\n\n### Minor Changes\n',
      '- 0a1b2c3: Added: one.\n  Fixed: two.\n',
      '- 3c2b1a0: Breaking: three.\n  Migration: rename it.\n',
      '### Patch Changes\n\n- 5d6e7f8: Fixed: four.\n',
      '## 1.0.0\n\n### Added\n\n- zero.\n',
    ].join('\n');
    const grouped = regrouped(written);
    expect(grouped).toBe(
      '# auxilio\n\n## 1.1.0\n\n### Breaking\n\n- Three.\n\n### Added\n\n- One.\n\n### Fixed\n\n- Two.\n- Four.\n\n### Migration\n\n- Rename it.\n\n## 1.0.0\n\n### Added\n\n- zero.\n',
    );
    expect(regrouped(grouped)).toBe(grouped);
    expect(() => groupByKind('## 1.1.0\n\n### Minor Changes\n\n- 0a1b2c3: Improved: one.\n')).toThrow('Improved: one');
  });
});

/** The steps of a release, by kind: how many entries a list has. */
const count = (text: string, kind: string) =>
  (new RegExp(`^### ${kind}\\n\\n((?:- .*\\n?)*)`, 'm').exec(text)?.[1] ?? '').split('\n').filter(Boolean).length;

const anchor = (index: number) => `../CHANGELOG.md#migration${index === 0 ? '' : `-${index}`}`;

const rows = releases.map((text, index) => {
  const version = text.split('\n')[0]?.slice(3) ?? '';
  return `| ${version} | ${count(text, 'Breaking') || ''} | [${count(text, 'Migration')}](${anchor(index)}) |`;
});

const migrations = `# Migration

Made from the CHANGELOG by \`npm run reference\`; a test fails when it is stale.

Every release says in the CHANGELOG what to do when you come from the one before. Go through the releases from yours up, one after the other:
stored events of every version stay readable. The order in which to upgrade readers, services and devices is in
[versions of events and of the state](compatibility.md).

| to | entries under *Breaking* | steps |
|---|--:|--:|
${rows.join('\n')}

A release before 1.0 may break exports in its minor number. Before you upgrade, run the type checker and \`handlerLaws\`
([test your handler](test-your-handler.md)) with the new release.
`;

it('the page of migrations has each release', async () => {
  expect(rows.length).toBeGreaterThan(6);
  await expect(migrations).toMatchFileSnapshot('../../docs/migration.md');
});
