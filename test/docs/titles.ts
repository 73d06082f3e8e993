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
