import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, sep } from 'node:path';
import { expect, it } from 'vitest';

const { files } = JSON.parse(readFileSync('package.json', 'utf8')) as { files: readonly string[] };
const packed = ['README.md', 'LICENSE', 'package.json', ...files];

const pages = [
  'README.md',
  ...files.filter((file) => file.endsWith('.md') && file !== 'CHANGELOG.md'),
  ...readdirSync('docs', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => join('docs', file)),
];

const links = pages.flatMap((page) =>
  [...readFileSync(page, 'utf8').matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map(([, path = '']) => ({
    page,
    path: normalize(join(dirname(page), path)),
  })),
);

it('every relative link of a packed page leads to a packed file', () => {
  expect(links.length).toBeGreaterThan(50);
  expect(links.filter(({ path }) => !existsSync(path) || !packed.includes(path.split(sep)[0] ?? ''))).toEqual([]);
});
