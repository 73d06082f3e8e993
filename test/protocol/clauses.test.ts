import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Clause, clause, clauses } from '../../src/index.ts';
import { type ClauseId, edition, isClauseId, type Locale } from '../../src/protocol/index.ts';

const golden = `
  0-01 0-02
  1.1-01 1.1-02 1.1-03 1.1-04 1.1-05 1.1-06 1.1-07 1.1-08 1.1-09 1.1-10 1.1-11 1.1-12 1.1-13 1.1-14 1.1-15
  1.1-16 1.1-17 1.1-18 1.1-19 1.1-20 1.1-21 1.1-22 1.1-23 1.1-24 1.1-25 1.1-26 1.1-27 1.1-28 1.1-29 1.1-30
  1.1-31 1.1-32 1.1-33 1.1-34 1.1-35 1.1-36 1.1-37 1.1-38 1.1-39 1.1-40 1.1-41 1.1-42 1.1-43 1.1-44 1.1-45
  1.1-46 1.1-47 1.1-48 1.1-49 1.1-50 1.1-51 1.1-52 1.1-53
  1.2-01 1.2-02 1.2-03 1.2-04 1.2-05 1.2-06 1.2-07 1.2-08 1.2-09 1.2-10 1.2-11 1.2-12 1.2-13 1.2-14 1.2-15
  1.3-01 1.3-02 1.3-03 1.3-04 1.3-05
  2-00
  2.1-01 2.1-02 2.1-03 2.1-04 2.1-05 2.1-06 2.1-07 2.1-08
  2.2-00 2.2-01 2.2-02 2.2-03 2.2-04 2.2-05 2.2-06 2.2-07 2.2-08 2.2-09 2.2-10 2.2-11
  RET-01 RET-02 RET-03 RET-04
`
  .trim()
  .split(/\s+/);

const locales: readonly Locale[] = ['es-CR', 'en'];
const texts = clauses.flatMap((entry) => locales.map((locale) => ({ id: entry.id, locale, text: entry.text[locale] })));

type Source = {
  readonly sha256: string;
  readonly clauses: readonly {
    readonly id: string;
    readonly quote: string;
    readonly level: string;
    readonly actor: string;
  }[];
};

/** A file of the source document, which lies beside the checkout and is not part of it. */
function beside(name: string): string | undefined {
  const path = join(process.cwd(), '..', 'shared', 'protocol', name);
  if (existsSync(path)) return readFileSync(path, 'utf8');
  console.info(`skipped, nothing checked here: ${path} is not there`);
  return undefined;
}

function source(): Source | undefined {
  const json = beside('clauses.json');
  return json === undefined ? undefined : (JSON.parse(json) as Source);
}

/** The words of a text without case, accents or punctuation, so that a light disguise does not hide a quotation. */
function words(text: string): readonly string[] {
  const plain = text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  return plain.match(/[\p{L}\p{N}]+/gu) ?? [];
}

function runs(text: string, length: number): readonly string[] {
  const all = words(text);
  return all.slice(0, Math.max(0, all.length - length + 1)).map((_, i) => all.slice(i, i + length).join(' '));
}

function quotations(said: readonly { readonly text: string }[], original: string, length: number): readonly string[] {
  const known = new Set(runs(original, length));
  return said.flatMap(({ text }) => runs(text, length).filter((run) => known.has(run)));
}

describe('the 100 clauses', () => {
  it('are all there, once each, in the order of the document', () => {
    expect(clauses.map((entry) => entry.id)).toEqual(golden);
    expect(new Set(golden).size).toBe(100);
  });

  it.each(['es-cr', 'en'])('stand in words/%s each behind its id', (language) => {
    const source = readFileSync(`src/words/${language}/clauses.ts`, 'utf8');
    expect([...source.matchAll(/^ {2}\/\* (\S+) \*\/ '/gm)].map(([, id]) => id)).toEqual(golden);
  });

  it('have the ids, levels and actors of the source, and its edition', () => {
    expect(edition).toMatch(/^[0-9a-f]{64}$/);
    const original = source();
    if (original === undefined) return;
    const facts = ({ id, level, actor }: Source['clauses'][number] | Clause) => ({ id, level, actor });
    expect(clauses.map(facts)).toEqual(original.clauses.map(facts));
    expect(edition).toBe(original.sha256);
  });
});

describe('the words of a clause', () => {
  it.each(texts)('$id in $locale is one clear sentence, two at most', ({ text }) => {
    expect(text).toBe(text.trim().normalize('NFC'));
    expect(text).toMatch(/^\p{Lu}.*\p{L}\.$/u);
    expect(text.length).toBeLessThanOrEqual(170);
    expect(text.match(/[.?!](\s|$)/g)?.length).toBeLessThanOrEqual(2);
  });

  it('differ between the languages and from clause to clause', () => {
    for (const entry of clauses) expect(entry.text['es-CR'], entry.id).not.toBe(entry.text.en);
    expect(new Set(texts.map(({ text }) => text)).size).toBe(200);
  });

  it('repeat no six words in a row of the document', () => {
    const original = beside('protocolo-auxilio-domiciliar.txt');
    if (original === undefined) return;
    expect(quotations(texts, original, 6)).toEqual([]);
  });

  it('repeat no six words in a row of the quotations, which the page breaks of the document would hide', () => {
    const original = source();
    if (original === undefined) return;
    expect(original.clauses.flatMap(({ quote }) => quotations(texts, quote, 6))).toEqual([]);
  });

  it('are checked by a search that finds a quotation, however it is written', () => {
    const original = 'Uno dos, (tres)\n\ncuatro cinco — seís siete';
    expect(quotations([{ text: 'Y UNO, dos tres cuatro cinco seis.' }], original, 6)).toHaveLength(1);
    expect(quotations([{ text: 'Uno dos tres cuatro cinco.' }], original, 6)).toEqual([]);
  });
});

describe('clause', () => {
  it('finds the photographs that are sent before the work starts', () => {
    const found = clause('1.1-19');
    expect(found).toMatchObject({ id: '1.1-19', level: 'H', actor: 'provider' });
    expect(clauses).toContain(found);
  });

  it('finds every id of the list', () => {
    for (const entry of clauses) expect(clause(entry.id)).toBe(entry);
  });

  it.each(['', '1.1-54', '1.1-19 ', 'ret-01', '__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
    'refuses %j and says so',
    (id) => {
      expect(isClauseId(id)).toBe(false);
      expect(() => clause(id as ClauseId)).toThrow(RangeError);
      expect(() => clause(id as ClauseId)).toThrow(JSON.stringify(id));
    },
  );

  it.each([undefined, null, 19, Symbol('1.1-19'), ['1.1-19'], Object.create(null)])(
    'refuses a value that is no text (case %#)',
    (value: unknown) => {
      expect(isClauseId(value)).toBe(false);
      expect(() => clause(value as ClauseId)).toThrow(RangeError);
    },
  );

  it('does not compile with a wrong id', () => {
    // @ts-expect-error: chapter 1.1 ends at 53
    expect(() => clause('1.1-54')).toThrow(RangeError);
  });
});

it('no rule enforces guidance, but that an issue is acknowledged once it was reported', () => {
  const refused = readFileSync('test/golden/violations.ndjson', 'utf8').trim().split('\n');
  const rules = refused.map((line) => JSON.parse(line) as { rule: string; clause: ClauseId });
  const guiding = rules.filter((one) => clause(one.clause).level === 'G').map(({ rule }) => rule);
  expect(new Set(guiding)).toEqual(new Set(['issue-reported']));
});

describe('isClauseId', () => {
  it('accepts the 100 ids', () => {
    expect(clauses.map((entry) => entry.id).filter(isClauseId)).toHaveLength(100);
  });
});
