import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import type { DefaultTheme } from 'vitepress';
import { entries, importPath } from '../../scripts/site/api.ts';

type Group = DefaultTheme.SidebarItem;

const titleOf = (file: string) => /^# (.+)$/m.exec(readFileSync(file, 'utf8'))?.[1]?.replaceAll(/[`*]/g, '') ?? file;

/** The sidebar of a folder of pages: a group for each row of its `contents.md`, and one for what no row names; few make one. */
export function sidebarOf(folder: string, base: string, others: string): Group[] {
  const item = (page: string): Group => ({ text: titleOf(join(folder, page)), link: base + page.replace(/\.md$/, '') });
  const rows = existsSync(join(folder, 'contents.md')) ? readFileSync(join(folder, 'contents.md'), 'utf8') : '';
  const listed = new Set(['index.md', 'contents.md']);
  const groups = [...rows.matchAll(/^\| ([^|]+) \| (.*\]\(.*) \|$/gm)].map(([, name = '', links = '']) => {
    const pages = [...links.matchAll(/\]\(([^)#]+\.md)(?:#[^)]*)?\)/g)]
      .map(([, page = '']) => posix.normalize(page))
      .filter((page) => !listed.has(page) && !page.startsWith('es-CR/') && existsSync(join(folder, page)));
    for (const page of pages) listed.add(page);
    return { text: name.charAt(0).toUpperCase() + name.slice(1), items: pages.map(item) };
  });
  const rest = pagesIn(folder).filter((page) => !listed.has(page));
  if (listed.size < 15) return [{ text: others, items: [...groups.flatMap(({ items }) => items), ...rest.map(item)] }];
  // Without `collapsed`: the theme nests a button in a button for it, which a screen reader cannot tell apart.
  return [...groups, { text: others, items: rest.map(item) }].filter(({ items }) => items.length > 0);
}

/** All pages but those of other sidebars: of a language, of the API and of the sources. */
const pagesIn = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.md') && !/^(?:es-CR|api|source)\b/.test(file))
        .sort()
    : [];

/** The sidebar of the API: its entries. */
export const apiSidebar: Group[] = [
  {
    text: 'API',
    link: '/api/entries',
    items: entries.map((entry) => ({ text: importPath(entry), link: `/api/${importPath(entry)}` })),
  },
];
