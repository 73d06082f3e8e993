import { readdirSync, readFileSync } from 'node:fs';
import { commandTypes, eventTypes } from 'auxilio';
import { describe, expect, it } from 'vitest';

const page = readFileSync('docs/glossary.md', 'utf8');
const [tables = '', general = ''] = page.split('## General words in names');
const rows = tables.split('\n').filter((line) => line.startsWith('| ') && !/^\| (?:term|word) \|/.test(line));

const wordsOf = (name: string) =>
  name.match(/[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+/g)?.map((word) => word.toLowerCase()) ?? [];
const singular = (word: string) => word.replace(/ies$/, 'y').replace(/(?<=[^s])s$/, '');

const named = new Set(tables.match(/(?<=`)\w+(?=`)/g));
const terms = rows.flatMap((row) => wordsOf(row.split('|')[1] ?? ''));
const known = new Set([...terms, ...wordsOf(general)].map(singular));

const messages = new Set([...commandTypes, ...eventTypes].flatMap((type) => [type, `${type}Data`]));

const portFiles = ['event-streams', 'event-store', 'errors'].map((file) => `src/stores/${file}.ts`);

const exportLists = readdirSync('test/golden/exports').map((file) => `test/golden/exports/${file}`);

const exportedNames = (file: string) =>
  readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split(' ').at(-1) as string)
    .filter((name) => !messages.has(name as never));

describe('the glossary', () => {
  // The invariants are named by whole sentences.
  it.each(exportLists.filter((file) => !file.endsWith('invariants.txt')))(
    'has each word of the names in %s',
    (file) => {
      const names = exportedNames(file);
      expect(names.length).toBeGreaterThan(3);
      const unknown = names.filter(
        (name) => !named.has(name) && wordsOf(name).some((word) => !known.has(singular(word))),
      );
      expect(unknown).toEqual([]);
    },
  );

  it('gives each term in Spanish and a meaning', () => {
    expect(rows.length).toBeGreaterThan(60);
    expect(
      rows.filter((row) =>
        row
          .split('|')
          .slice(1, 4)
          .some((cell) => cell.trim() === ''),
      ),
    ).toEqual([]);
  });

  it('names nothing that is no export, method or field', () => {
    const entries = ['privacy', 'memory', 'testing'].map((entry) => `src/${entry}.ts`);
    const files = [...exportLists, ...entries, 'src/messages/base.ts', ...portFiles];
    const others = new Set(files.flatMap((file) => readFileSync(file, 'utf8').match(/\w+/g) ?? []));
    expect([...named].filter((name) => !others.has(name))).toEqual([]);
  });
});
