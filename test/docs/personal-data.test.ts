import { describe, expect, it } from 'vitest';
import { english } from '../../scripts/personal-data/en.ts';
import { spanish } from '../../scripts/personal-data/es-cr.ts';
import { fieldName, personalDataPage } from '../../scripts/personal-data.ts';
import { personalFields } from '../../src/privacy/personal-fields.ts';

const fields = personalFields();
const sealed = fields.flatMap(({ decision }) => ('kept' in decision ? [] : [decision]));
const kept = fields.flatMap(({ decision }) => ('kept' in decision ? [decision.kept] : []));
const sorted = (words: Iterable<string>) => [...new Set(words)].sort();

describe.each([
  { language: english, page: 'docs/reference/personal-data.md' },
  { language: spanish, page: 'docs/es-CR/datos-personales.md' },
])('the page of personal data, $page', ({ language, page }) => {
  it('is what the decisions on the fields say', async () => {
    await expect(personalDataPage(language)).toMatchFileSnapshot(`../../${page}`);
  });

  it('has words for each holder, purpose, reader, reason and field, and for no other', () => {
    const used = {
      holders: sealed.flatMap(({ of }) => of),
      purposes: sealed.map(({ purpose }) => purpose),
      readers: sealed.flatMap(({ seenBy }) => seenBy),
      reasons: kept,
      stored: sealed.map(({ stored }) => stored),
      fields: fields.map(fieldName),
    };
    for (const [name, words] of Object.entries(used)) {
      const known = language[name as keyof typeof used];
      expect(sorted(Object.keys(known))).toEqual(sorted(words));
      expect([Object.values(known)].flat(2).filter((word) => word.trim() === '')).toEqual([]);
    }
  });

  it('has a row for each field of each event, those of all events once', () => {
    const ofAll = ['visitId', 'at', 'by/id', 'recordedBy/id'];
    const own = fields.filter((field) => !ofAll.includes(fieldName(field)));
    const rows = personalDataPage(language).match(/^\| .*`[\w.]+` \|.* \|$/gm) ?? [];
    const named = rows.filter((row) => row.split(' | ').length === 5);
    expect(own.length).toBeGreaterThan(100);
    expect(named).toHaveLength(own.length + ofAll.length);
  });
});
