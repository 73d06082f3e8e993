import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { explain, requirementName } from '../../src/index.ts';
import type { WaivableRule } from '../../src/messages/index.ts';
import { asArray, asRecord } from '../../src/util/json.ts';
import type { Violation } from '../../src/visit/index.ts';
import { messages as en } from '../../src/words/en/sentences.ts';
import { messages as esCR } from '../../src/words/es-cr/sentences.ts';
import {
  cleanText,
  cleanTexts,
  formatAmount,
  formatList,
  formatNumber,
  formatShortages,
  lookUpNames,
  lookup,
  truncate,
} from '../../src/words/text.ts';
import { codePoint } from '../support/code-point.ts';

const long = (length: number) => 'á'.repeat(length);

describe('a text that is fit for a sentence', () => {
  it.each<[unknown, string]>([
    [undefined, ''],
    [null, ''],
    [7, ''],
    [['tubo'], ''],
    ['', ''],
    [' \t\n', ''],
    ['\u202e\u200b', ''],
    ['\u3164', ''],
    ['  tubo \u0007\n PVC\u202c ', 'tubo PVC'],
    ['—', '—'],
    ['7', '7'],
    ['\u0301', ''],
    ['\ue000', ''],
    [long(80), long(80)],
    [long(81), `${long(80)}…`],
    [`${long(78)} bcd`, `${long(78)} b…`],
    [`${long(79)} bcd`, `${long(79)}…`],
    ['𝒜'.repeat(80), '𝒜'.repeat(80)],
    ['𝒜'.repeat(81), `${'𝒜'.repeat(80)}…`],
    [`${' '.repeat(319)}ab`, 'a'],
    [`${' '.repeat(320)}ab`, ''],
  ])('%j is %j', (value, text) => {
    expect(cleanText(value)).toBe(text);
  });

  it('is the same whether or not it had to be looked at letter by letter, as it has to when a space follows', () => {
    const latin = fc.string({
      unit: fc.integer({ min: 0, max: 0xff }).map((code) => String.fromCharCode(code)),
      maxLength: 90,
    });
    fc.assert(
      fc.property(fc.oneof(latin, fc.lorem({ maxCount: 12 }), fc.string({ unit: codePoint })), (text) => {
        expect(cleanText(text)).toBe(cleanText(`${text} `));
      }),
      { seed: 1, numRuns: 2000 },
    );
  });
  it('is taken from a list, what is none left out', () => {
    expect(cleanTexts(['a', 7, ' ', 'b'])).toEqual(['a', 'b']);
    for (const none of [null, 'ab', 7, { 0: 'a', length: 1 }])
      expect([asArray(none), cleanTexts(none)]).toEqual([[], []]);
  });
});

describe('1.1-35 what is short', () => {
  it.each<[unknown, readonly string[]]>([
    [{ item: 'tubo', unit: 'm', missing: 2.5 }, ['tubo (2,5 m)']],
    [{ item: 'codo', missing: 3 }, ['codo (3)']],
    [{ item: 'codo', unit: 'm' }, ['codo']],
    [{ item: 'codo', unit: 'm', missing: '3' }, ['codo']],
    [{ item: ' ', missing: 3 }, []],
    [{ missing: 3 }, []],
    [null, []],
    ['codo', []],
  ])('%j is told as %j', (entry, told) => {
    expect(formatShortages([entry], 'es-CR')).toEqual(told);
  });
  it('of no list is nothing', () => {
    for (const none of [undefined, null, { item: 'tubo' }, 'tubo']) expect(formatShortages(none, 'es-CR')).toEqual([]);
  });
});

describe('a number in a sentence', () => {
  afterEach(() => vi.unstubAllGlobals());
  it.each<[unknown, string, string]>([
    [0, '0', '0'],
    [0.05, '0,05', '0.05'],
    [2.125, '2,125', '2.125'],
    ['2', '', ''],
    [Number.NaN, '', ''],
  ])('%j', (value, spanish, english) => {
    // Twice, since the second uses the cache of the first.
    for (const _ of [1, 2])
      expect([formatNumber(value, 'es-CR'), formatNumber(value, 'en')]).toEqual([spanish, english]);
  });
  it('has the separators of the language where the runtime does not know it', async () => {
    class Elsewhere extends Intl.NumberFormat {
      constructor() {
        super('de');
      }
    }
    vi.stubGlobal('Intl', { NumberFormat: Elsewhere });
    vi.resetModules();
    const { formatNumber: anew } = await import('../../src/words/text.ts');
    expect([anew(0.05, 'es-CR'), anew(0.05, 'en')]).toEqual(['0,05', '0.05']);
  });
  it('has those of its language where the runtime does not know its country', async () => {
    class Nearby extends Intl.NumberFormat {
      constructor() {
        super('es');
      }
    }
    vi.stubGlobal('Intl', { NumberFormat: Nearby });
    vi.resetModules();
    const { formatNumber: anew } = await import('../../src/words/text.ts');
    expect(anew(1_234_567.5, 'es-CR')).toBe('1.234.567,5');
  });
  it.each<[unknown, unknown, string]>([
    [2.5, 'm', '2,5 m'],
    [1, 'sacos', 'sacos: 1'],
    [1, undefined, '1'],
    [undefined, 'm', ''],
  ])('%j of the unit %j is %s', (quantity, unit, told) => {
    expect(formatAmount(quantity, unit, 'es-CR')).toBe(told);
  });
});

describe('a list or a quantity in a refusal', () => {
  const texts = (many: number) => ['uno', 'dos'].slice(0, many);
  const facts = (many: number) => ({
    identified: { fullNameGiven: many < 2, documentShown: many < 1 },
    'photos-new': { repeated: texts(many) },
    'photos-taken': { notTaken: texts(many) },
    'photos-to-document': { refused: texts(many) },
    'enough-supplied': {
      short: texts(many).map((item, at) => ({ item, unit: ['L', 'cajas'][at], missing: 0.5 + at })),
    },
    'mismatch-reasons': { unreasoned: texts(many) },
    running: { started: many < 1, onBreak: many > 0, away: many > 1, awaitingMaterials: many > 0 },
    'photos-sent': { unsent: texts(many), missingShots: [] },
    role: { command: 'StartWork', role: 'client', allowed: ['provider', 'contact-center'].slice(0, many) },
  });
  it.each(['es-CR', 'en'] as const)('reads well in %s of none, one and two', async (locale) => {
    const lines = Object.keys(facts(0)).flatMap((rule) => [
      rule,
      ...[0, 1, 2].map((many) => {
        const violation = { rule, clause: '1.1-46', facts: facts(many)[rule as 'role'] };
        return `  ${many}: ${explain(violation as unknown as Violation, locale).replace(/ (Con una|With an) inst.*/, '')}`;
      }),
    ]);
    const photos = [0, 1, 2].map((many) => {
      const violation = { rule: 'photos-sent', clause: '1.1-19', facts: { unsent: ['f'], missingShots: texts(many) } };
      return `  ${many} shots: ${explain(violation as unknown as Violation, locale).replace(/ (Con una|With an) inst.*/, '')}`;
    });
    await expect(`${[...lines, ...photos].join('\n')}\n`).toMatchFileSnapshot(`../golden/explain.lists.${locale}.txt`);
  });
});

describe('a runtime without lists and plurals', () => {
  afterEach(() => vi.unstubAllGlobals());
  it('is told lists with commas, and one or many', async () => {
    vi.stubGlobal('Intl', { NumberFormat: Intl.NumberFormat });
    vi.resetModules();
    const { formatList: listed } = await import('../../src/words/text.ts');
    const { isOne: single } = await import('../../src/words/nouns.ts');
    expect(listed(['a', 'b', 'c'], 'es-CR', 'conjunction')).toBe('a, b, c');
    expect([0, 1, 2].map((count) => single(count, 'es-CR'))).toEqual([false, true, false]);
  });
});

describe('what comes from outside', () => {
  const table = { one: 'uno', two: 'dos' };
  it.each<[unknown, string]>([
    ['one', 'uno'],
    ['three', 'otro'],
    ['__proto__', 'otro'],
    ['toString', 'otro'],
    [undefined, 'otro'],
    [['one'], 'otro'],
  ])('is looked up in a closed table: %j is %j', (key, told) => {
    expect(lookup(table, key, 'otro')).toBe(told);
  });
  it('is named where the table has it', () => {
    expect(lookUpNames(table, ['two', 'three', 7, 'one', '__proto__'])).toEqual(['dos', 'uno']);
    expect(lookUpNames(table, 'one')).toEqual([]);
  });
  it('is a record where it is an object, and else an empty one', () => {
    const own = { a: 1 };
    expect(asRecord(own)).toBe(own);
    for (const none of [null, undefined, 'a', 7]) expect(asRecord(none)).toEqual({});
  });
});

describe('a list in a sentence', () => {
  it.each([
    ['es-CR', 'conjunction', 'a, b y c'],
    ['es-CR', 'disjunction', 'a, b o c'],
    ['en', 'conjunction', 'a, b, and c'],
    ['en', 'disjunction', 'a, b, or c'],
  ] as const)('in %s, a %s', (locale, type, told) => {
    // Twice, since the second uses the cache of the first.
    for (const _ of [1, 2]) expect(formatList(['a', 'b', 'c'], locale, type)).toBe(told);
    expect(formatList(['a'], locale, type)).toBe('a');
  });
  it('names four, or three and how many more there are', () => {
    expect(truncate(['a', 'b', 'c', 'd'], 'más')).toEqual(['a', 'b', 'c', 'd']);
    expect(truncate(['a', 'b', 'c', 'd', 'e'], 'más')).toEqual(['a', 'b', 'c', '2 más']);
    expect(truncate([], 'más')).toEqual([]);
  });
});

describe('a refusal that is told alone', () => {
  const violation = (rule: string) => ({ rule, clause: '1.1-19', facts: {} }) as unknown as Violation;
  it.each([
    ['en', en],
    ['es-CR', esCR],
  ] as const)('1.1-10 says in %s that it can be waived, without its name', (locale, { waivable }) => {
    const note = waivable[0].replace(/\{\$what\|(.*)\}/, '$1');
    expect(explain(violation('photos-sent'), locale).endsWith(` ${note}`)).toBe(true);
    expect(explain(violation('arrived'), locale)).not.toContain(note);
  });
  it.each([
    ['en', en],
    ['es-CR', esCR],
  ] as const)('is told in %s where nothing is known of it', (locale, { unmet }) => {
    for (const none of [{ violations: [{}] }, { violations: [] }]) {
      expect(explain(none as unknown as Violation, locale)).toBe(`${unmet}.`);
    }
  });
});

describe('1.1-10 what can be waived has a name', () => {
  it.each(['__proto__', 'from-tomorrow', ''])('an unknown one is shown by its id: %j', (rule) => {
    expect(requirementName(rule as WaivableRule, 'es-CR')).toBe(rule);
  });
  it('in both languages', () => {
    expect(requirementName('photos-sent', 'es-CR')).toBe('el envío de las fotografías');
    expect(requirementName('photos-sent', 'en')).toBe('the photos');
  });
});
