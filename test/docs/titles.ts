import { readdirSync, readFileSync } from 'node:fs';

/** The words of a title that may be the id of a clause. */
const idsIn = (title: string) => title.split(/[\s,:;()]+/);

/** Each test file, by its path in `test/`, with the clauses that the titles of its tests name. */
export function clausesNamed(folder = 'test'): ReadonlyMap<string, ReadonlySet<string>> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.test.ts'));
  const titles = (file: string) => [
    ...readFileSync(`${folder}/${file}`, 'utf8').matchAll(/\b(?:describe|it)\b[^'"`]*(['"`])(.*?)\1/g),
    // The rows of a table of tests, whose first cell is in their titles.
    ...readFileSync(`${folder}/${file}`, 'utf8').matchAll(/^\s+\[\s*(['"`])(.*?)\1/gm),
  ];
  return new Map(files.sort().map((file) => [file, new Set(titles(file).flatMap(([, , title = '']) => idsIn(title)))]));
}

/** The anchors of a page: those of its headings, as GitHub makes them, and its own. */
export function anchorsOf(page: string): ReadonlySet<string> {
  const anchors = new Set([...page.matchAll(/<a (?:id|name)="([^"]+)"/g)].map(([, name = '']) => name));
  const counts = new Map<string, number>();
  for (const [, title = ''] of page.replaceAll(/^```.*?^```/gms, '').matchAll(/^#+ +(.+)$/gm)) {
    const plain = title.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase();
    const slug = plain
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replaceAll(/\s/g, '-');
    const count = counts.get(slug) ?? 0;
    counts.set(slug, count + 1);
    anchors.add(count === 0 ? slug : `${slug}-${count}`);
  }
  return anchors;
}
