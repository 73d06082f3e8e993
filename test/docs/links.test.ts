import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { expect, it } from 'vitest';
import { anchorsOf } from './titles.ts';

const pages = [
  ...['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'SECURITY.md'],
  ...readdirSync('docs', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => join('docs', file)),
];

const links = pages.flatMap((page) =>
  [...readFileSync(page, 'utf8').matchAll(/\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)/g)].map(
    ([, path = '', anchor]) => ({
      page,
      path: path === '' ? page : normalize(join(dirname(page), path)),
      anchor,
    }),
  ),
);

// Those of a packed page lead to a packed file: test/package.
it('every relative link of a page leads to a file', () => {
  expect(links.length).toBeGreaterThan(50);
  expect(links.filter(({ path }) => !existsSync(path))).toEqual([]);
});

it('every anchor of a link is a heading of its page', () => {
  const isThere = ({ path, anchor }: (typeof links)[number]) =>
    anchor === undefined || !path.endsWith('.md') || anchorsOf(readFileSync(path, 'utf8')).has(anchor);
  expect(links.filter((link) => !isThere(link))).toEqual([]);
});

it('no item of a list stands within the text of another', () => {
  const prose = (page: string) => readFileSync(page, 'utf8').replaceAll(/^```.*?^```|^\|.*$/gms, '');
  const within = pages.flatMap((page) =>
    [...prose(page).matchAll(/^.*[.)*:`] - ?(?:\*\*|[A-Z"`]|$).*$/gm)].map(([line]) => `${page}: ${line}`),
  );
  expect(within).toEqual([]);
});
