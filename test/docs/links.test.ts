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

const isThere = ({ path, anchor }: { readonly path: string; readonly anchor: string | undefined }) =>
  anchor === undefined || !path.endsWith('.md') || anchorsOf(readFileSync(path, 'utf8')).has(anchor);

it('every anchor of a link is a heading of its page', () => {
  expect(links.filter((link) => !isThere(link))).toEqual([]);
});

/** The links to the site, as the page or the picture of `docs` that is shown there; what the site makes itself is left out. */
const homepage: string = JSON.parse(readFileSync('package.json', 'utf8')).homepage;
const made = /^(?:badges|playground|changelog|security)\b/;
const toSite = pages.flatMap((page) =>
  [...readFileSync(page, 'utf8').matchAll(/\]\((https?:[^)\s]+)\)/g)]
    .map(([, url = '']) => ({ page, url }))
    .filter(({ url }) => url.startsWith(homepage) && !made.test(url.slice(homepage.length)))
    .map(({ page, url }) => {
      const [path = '', anchor] = url.slice(homepage.length).split('#');
      const target = path.endsWith('/') || path === '' ? `${path}index.md` : path.replace(/\.html$/, '.md');
      return { page, path: join('docs', target), anchor };
    }),
);

it('every link to the site leads to a page or a picture of docs', () => {
  expect(toSite.length).toBeGreaterThan(10);
  expect(toSite.filter(({ path }) => !existsSync(path))).toEqual([]);
  expect(toSite.filter((link) => !isThere(link))).toEqual([]);
});

it('every link of the README is absolute: the registry shows it without the files', () => {
  expect(links.filter(({ page }) => page === 'README.md')).toEqual([]);
});

it('every page, but for decisions, is among all pages', () => {
  const listed = new Set(
    [...links, ...toSite].filter(({ page }) => page === 'docs/contents.md').map(({ path }) => path),
  );
  const unlisted = pages.filter(
    (page) => page.startsWith('docs/') && !/^docs\/(?:decisions\/|contents\.md)/.test(page) && !listed.has(page),
  );
  expect(unlisted).toEqual([]);
});

it('no item of a list stands within the text of another', () => {
  const prose = (page: string) => readFileSync(page, 'utf8').replaceAll(/^```.*?^```|^\|.*$/gms, '');
  const within = pages.flatMap((page) =>
    [...prose(page).matchAll(/^.*[.)*:`] - ?(?:\*\*|[A-Z"`]|$).*$/gm)].map(([line]) => `${page}: ${line}`),
  );
  expect(within).toEqual([]);
});

it('each row of a table stands on its line, with as many cells as the head', () => {
  const tables = pages.flatMap((page) =>
    [...readFileSync(page, 'utf8').matchAll(/^(?:\|.*\n)+(?!\|).*/gm)].map(([table]) => ({
      page,
      rows: table.split('\n').filter((line) => line.startsWith('|')),
    })),
  );
  const count = (row: string) =>
    row
      .replaceAll('\\|', '')
      .replaceAll(/`[^`]*`/g, '')
      .split('|').length;
  const wrong = tables.flatMap(({ page, rows: [head = '', ...rows] }) =>
    rows.filter((row) => count(row) !== count(head) || !row.trimEnd().endsWith('|')).map((row) => `${page}: ${row}`),
  );
  expect(tables.length).toBeGreaterThan(100);
  expect(wrong).toEqual([]);
});
