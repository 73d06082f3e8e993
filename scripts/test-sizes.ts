/**
 * Counts the sources, and the tests of each kind: `npx tsx scripts/test-sizes.ts --write` puts the table into
 * `docs/how-it-is-tested.md`, with the date; a test compares it with the present.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const page = 'docs/how-it-is-tested.md';

/** The kinds of tests with their folders, as the page names them. */
const kinds: readonly (readonly [name: string, folder: string, names: string])[] = [
  ['chapters: an act at a time', 'test', 'visit kernel messages protocol reconciling reading forms'],
  ['laws: properties of generated visits', 'test', 'laws'],
  ['stores, chain, service', 'test', 'stores chain service'],
  ['conformance suites, their saboteurs, the explorer', 'test', 'testing explorer'],
  ['replica', 'test', 'replica'],
  ['browser: suites and pages in Chromium', 'test', 'browser'],
  ['wire, logs and sheets', 'test', 'wire logs'],
  ['command line', 'test', 'cli'],
  ['report', 'test', 'report'],
  ['the second reading, in Quint', 'test', 'spec'],
  ['examples, as applications', 'test', 'examples'],
  ['pages, package, types, architecture', 'test', 'docs package types architecture compat site recipes'],
  ['campaigns, fuzzers, benchmarks', 'scripts', 'faults fuzz bench fleet mutation'],
];

const filesIn = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(?:ts|qnt)$/.test(file))
    .map((file) => join(folder, file));

const countLines = (files: readonly string[]) =>
  files.reduce((sum, file) => sum + readFileSync(file, 'utf8').split('\n').length - 1, 0);

const figures = (name: string, files: readonly string[]) =>
  `| ${name} | ${files.length} | ${countLines(files).toLocaleString('en-US')} |`;

/** The rows of the table: files and lines of the library, of each kind of test, and of all tests. */
export function countSizes(): readonly string[] {
  const found = kinds.map(
    ([name, folder, names]) => [name, names.split(' ').flatMap((each) => filesIn(join(folder, each)))] as const,
  );
  return [
    figures('**the library, `src`**', filesIn('src')),
    ...found.map(([name, files]) => figures(name, files)),
    figures('**all of these tests**', [...new Set(found.flatMap(([, files]) => files))]),
  ];
}

const MARKED = /(?<=<!-- sizes -->\n)[\s\S]*?(?=<!-- end sizes -->)/;

/** The table of the page, as it stands there. */
export const shownSizes = (text: string): string => MARKED.exec(text)?.[0] ?? '';

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const date = new Date().toISOString().slice(0, 10);
  const rows = ['|  | files | lines |', '|---|--:|--:|', ...countSizes()];
  const table = `${rows.join('\n')}\n\n*${date}: \`npx tsx scripts/test-sizes.ts --write\`*\n`;
  if (process.argv.includes('--write')) writeFileSync(page, readFileSync(page, 'utf8').replace(MARKED, table));
  else process.stdout.write(table);
}
