import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { billOfMaterials, bundled } from '../../scripts/release/bill-of-materials.ts';
import { findObstacles } from '../../scripts/release/obstacles.ts';

const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
const ready = {
  manifest: {
    version: '1.2.3',
    homepage: 'https://auxilio.test/',
    repository: { url: 'git+https://git.auxilio.test/auxilio.git' },
    bugs: { url: 'https://git.auxilio.test/auxilio/issues' },
  },
  changelog: '# auxilio\n\n## 1.2.3\n\n## 1.2.2\n',
  changesets: [],
  changed: [],
};

describe('a release', () => {
  it('goes on where everything is ready', () => {
    expect(findObstacles(ready)).toEqual([]);
    expect(findObstacles({ ...ready, tag: 'v1.2.3' })).toEqual([]);
  });

  it('is refused while the addresses of package.json are placeholders', () => {
    const { homepage, repository, bugs } = manifest;
    const obstacles = findObstacles({ ...ready, manifest: { version: '1.2.3', homepage, repository, bugs } });
    expect(obstacles).toEqual([
      expect.stringContaining('"homepage" is a placeholder'),
      expect.stringContaining('"repository" is a placeholder'),
      expect.stringContaining('"bugs" is a placeholder'),
    ]);
    expect(findObstacles({ ...ready, manifest: { version: '1.2.3' } })).toHaveLength(3);
  });

  it.each([
    ['a changeset that is in no version', { changesets: ['some-words.md'] }, /some-words\.md/],
    ['a changelog of another version', { changelog: '## 1.2.2\n' }, /begins with 1\.2\.2/],
    ['a tag of another version', { tag: 'v1.2.4' }, /tag is v1\.2\.4/],
    ['a file that is not committed', { changed: ['?? notes.txt'] }, /notes\.txt/],
  ])('is refused for %s', (_, change, sentence) => {
    expect(findObstacles({ ...ready, ...change })).toEqual([expect.stringMatching(sentence)]);
  });
});

describe('the bill of materials', () => {
  it('names what the package depends on and what is bundled into it, and no tool', () => {
    const { components, metadata } = billOfMaterials();
    const named = components.map((component) => component['bom-ref']);
    expect(named.toSorted()).toEqual(
      [
        ...Object.keys(manifest.dependencies).map((name) => named.find((ref) => ref.startsWith(`${name}@`))),
        ...bundled(),
      ].sort(),
    );
    expect(metadata.component).toMatchObject({ name: 'auxilio', version: manifest.version });
  });
});
