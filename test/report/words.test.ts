import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { en } from '../../src/report/words/en.ts';
import { esCR } from '../../src/report/words/es-cr.ts';
import { eventTypes } from '../../src/visit/index.ts';
import { maskIntl } from './mask.ts';
import { storedDay } from './page.ts';

/** All texts of a dictionary by their path; functions are called with sample texts. */
function wordsOf(value: unknown, path = ''): readonly (readonly [string, string])[] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value === 'function') return [[path, String(value(...samples(path)))]];
  return Object.entries(value as object).flatMap(([name, inner]) => wordsOf(inner, `${path}.${name}`));
}

const lists = ['asDecided', 'early', 'unlisted', 'disputed', 'absent'];
const numbers = [
  'unclean',
  'sealed',
  'withoutSeals',
  'broken',
  'open',
  'proven',
  'notApplicable',
  'moreDays',
  'several',
  'remarks',
  'lacking',
  'more',
  'breaches',
  'escalations',
  'denials',
  'acts',
  'outcome',
  'knew',
];
const samples = (path: string): readonly unknown[] => {
  const name = path.split('.').at(-1) ?? '';
  if (path.startsWith('.kinds')) return [{ type: 'T', visit: 'V', fault: 'F', id: 'I', problem: 'P' }];
  if (lists.includes(name)) return [['uno', 'dos']];
  return numbers.includes(name) ? [3, 4] : ['A', 3, 4, 'D', 'E'];
};

describe('the words of a report', () => {
  const spanish = wordsOf(esCR);
  const english = new Map(wordsOf(en));

  it('are as many in both languages, none blank or half told', () => {
    expect(spanish.length).toBeGreaterThan(300);
    expect([...english.keys()]).toEqual(spanish.map(([path]) => path));
    for (const [path, words] of [...spanish, ...english]) {
      expect([path, words.trim()]).toEqual([path, words]);
      expect([path, words]).not.toEqual([path, '']);
      expect([path, /undefined|\[object|\.\.| {2}/.test(words)]).toEqual([path, false]);
    }
  });

  it('are not the same in both but for what has one name', () => {
    const same = spanish.filter(([path, words]) => words === english.get(path)).map(([, words]) => words);
    expect([...new Set(same)].sort()).toEqual(['3', 'Bytes', 'DIMEX', 'NITE', 'SHA-256', 'alcohol', 'no']);
  });

  it('count one and many', () => {
    expect([esCR.visit.unclean(1), esCR.visit.unclean(2), en.visit.unclean(1), en.visit.unclean(2)]).toEqual([
      '1 hallazgo',
      '2 hallazgos',
      '1 finding',
      '2 findings',
    ]);
  });

  it('agree with what was waived, was still missing, or does not apply', () => {
    const { findings, visit } = esCR;
    expect(findings.byInstruction('las fotografías', '17 mar')).toBe(
      'Se dispensaron las fotografías por la instrucción del 17 mar.',
    );
    expect(findings.byPolicy('el nombre y el documento', 'p', '')).toBe(
      'Se dispensaron el nombre y el documento por la política p.',
    );
    expect(findings.byPolicy('el carné', 'p', '')).toBe('Se dispensó el carné por la política p.');
    expect(findings.early(['las fotografías'])).toBe(
      'La llamada de inicio fue temprana; aún faltaban las fotografías.',
    );
    expect(findings.early(['la conformidad'])).toBe('La llamada de inicio fue temprana; aún faltaba la conformidad.');
    expect(visit.absent(['medidas'])).toBe('No hay medidas.');
    expect(visit.absent(['medidas', 'dispensas', 'deudas'])).toBe('No hay medidas, dispensas ni deudas.');
    expect(en.visit.absent(['measures', 'waivers'])).toBe('There are no measures or waivers.');
  });

  it('name every act, in the order of the protocol', () => {
    expect(Object.keys(esCR.events)).toEqual(eventTypes);
    expect(Object.keys(en.events)).toEqual(eventTypes);
  });

  it('name every datum of the stored day', async () => {
    const common = ['visitId', 'at', 'by', 'recordedBy'];
    for (const { type, data } of (await storedDay()).flat()) {
      const untold = Object.keys(data).filter((name) => !common.includes(name) && !Object.hasOwn(esCR.fields, name));
      expect([type, untold]).toEqual([type, []]);
    }
  });
});

type Sentence = (...facts: readonly unknown[]) => string;

/** The sentences of a dictionary that name something, by where they stand. */
function sentencesOf(value: unknown, path = ''): readonly (readonly [string, Sentence])[] {
  if (typeof value === 'function') return [[path.slice(1), value as Sentence]];
  if (typeof value !== 'object') return [];
  return Object.entries(value as object).flatMap(([name, inner]) => sentencesOf(inner, `${path}.${name}`));
}

/** The sample arguments of each: optional values, one and many, or nothing. */
function factsFor(path: string): readonly (readonly unknown[])[] {
  const name = path.split('.').at(-1) ?? '';
  if (path.startsWith('kinds'))
    return [
      [{ type: 'T', visit: 'V', fault: 'F', id: 'I', problem: 'P' }],
      [{ type: '', visit: '', fault: '', id: '' }],
    ];
  if (lists.includes(name)) return [[[]], [['uno']], [['uno', 'dos']]];
  if (name === 'histogram') return [1, 2].map((many) => ['A', many, 3 - many]);
  if (numbers.includes(name)) return [0, 1, 2].map((many) => [many, many]);
  if (name === 'settled') return [0, 1, 2].map((many) => ['A', many, 2 - many, many === 0 ? '' : 'B']);
  if (name === 'corrected')
    return [
      ['A', 'B', 'C', '', ''],
      ['A', 'B', 'C', 'D', 'E'],
    ];
  const said = ['A', 'B', 'C'];
  return name === 'byPolicy' || name === 'activity' ? [said, ['', '', '']] : [said];
}

describe('the sentences of a report that name something', () => {
  beforeEach(maskIntl);
  afterEach(() => {
    vi.restoreAllMocks();
    vi.unstubAllGlobals();
  });

  it('read as on record, in both languages', async () => {
    const english = new Map(sentencesOf(en));
    const lines = sentencesOf(esCR).flatMap(([path, sentence]) =>
      factsFor(path).flatMap((facts) => [
        `${path} ${JSON.stringify(facts)}`,
        `  ${sentence(...facts)}`,
        `  ${english.get(path)?.(...facts)}`,
      ]),
    );
    await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('../golden/report.words.txt');
  });
});
