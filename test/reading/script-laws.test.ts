import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  catalogues,
  lines,
  type PhraseFacts,
  type PhraseKey,
  phrase,
  type ScriptLines,
  script,
} from '../../src/index.ts';
import type { Role } from '../../src/messages/index.ts';
import type { Locale } from '../../src/protocol/index.ts';
import { walks } from '../../src/testing/arbitraries/walks.ts';
import { points, visitAt } from '../../src/testing/visit-at.ts';
import type { VisitState } from '../../src/visit/index.ts';
import { runs } from '../support/runs.ts';
import { naughty as harmful } from '../wire/naughty.ts';
import { morning, stateAt } from './script-support.ts';

const locales: readonly Locale[] = ['es-CR', 'en'];
const roles: readonly Role[] = ['provider', 'contact-center', 'client'];
const voices = locales.flatMap((locale) => roles.map((role) => ({ locale, role })));
const keys = Object.keys(catalogues.en) as PhraseKey[];

const unfit =
  /undefined|\bnull\b|NaN|\[object|[{}<>`]|\s{2}|^\s|\s$|[([]\s*[)\]]|\s[,.;:?!)]|[,;:.]{2}|\s(de|of|for|at|en|por)[.,;?)]/;

const count = (text: string, mark: string) => text.split(mark).length - 1;

/** The requirements of every text that a person reads or speaks. */
function expectFit(text: string): void {
  expect(text).not.toMatch(unfit);
  expect(text).toBe(text.normalize('NFC'));
  expect(count(text, '(')).toBe(count(text, ')'));
  if (text.includes('¿') || text.includes('¡')) {
    expect(count(text, '¿')).toBe(count(text, '?'));
    expect(count(text, '¡')).toBe(count(text, '!'));
  }
}

function expectLines({ say, ask }: ScriptLines): void {
  for (const text of [...say, ...ask]) expectFit(text);
  for (const text of say) expect(text).toMatch(/^(\(\p{Lu}[^()]+\) )?¿?\p{Lu}[^\n]*[.?]$/u);
  for (const text of ask) expect(text).toMatch(/^\p{Lu}[^\n]*[^.?\s]$/u);
}

describe.each(voices)('the script of $role in $locale', ({ locale, role }) => {
  const cards = (visit: VisitState) =>
    [morning, undefined].flatMap((now) => script(visit, { locale, role, ...(now === undefined ? {} : { now }) }));

  it.each(points)('is fit to be said: %s', (point) => {
    for (const part of cards(visitAt(point).state)) expectLines(part);
    for (const part of cards({ ...visitAt(point).state, client: null, provider: null })) expectLines(part);
  });

  it('is fit to be said on any walk, changes nothing, and says the same again', () => {
    fc.assert(
      fc.property(walks(40), ({ state, policy }) => {
        const options = { locale, role, now: morning, ...(policy === undefined ? {} : { policy }) };
        const before = JSON.stringify(state);
        const card = script(state, options);
        for (const part of card) expectLines(part);
        expect(script(state, options)).toEqual(card);
        expect(JSON.stringify(state)).toBe(before);
      }),
      { numRuns: runs(40), seed: 2026 },
    );
  });

  it('is in that language alone', () => {
    const other = locale === 'en' ? 'es-CR' : 'en';
    const visit = stateAt('working');
    for (const key of keys) {
      const text = phrase(key, visit, { locale, role });
      if (key !== 'greet-client') expect(text).not.toBe(phrase(key, visit, { locale: other, role }));
      if (locale === 'en') expect(text).not.toMatch(/[¿¡]|\bdon\b|doña/);
      else expect(count(text, '¿')).toBe(count(text, '?'));
    }
  });
});

const naughty = [
  ...harmful,
  '',
  ' ',
  '\t\n',
  '\u0000',
  '\ud800',
  '\u202edoña\u202c',
  '\u200b\u200d\ufeff',
  '\u3164',
  'Ana\nRojas',
  'Ana  Rojas M.',
  '$& $1 $$',
  '{, $client}',
  '{$place|}',
  '¿Quién? ¡Yo!',
  'a'.repeat(5000),
  '__proto__',
  'don',
];

const base = stateAt('working');

function withTexts(name: string | null, text: string | null): VisitState {
  const list = text === null ? [] : [text];
  return {
    ...base,
    client: name === null ? null : { name, title: 'doña' },
    provider: name === null ? null : { id: 'p', name },
    service: text,
    place: text,
    caseNumber: text,
    requiredShots: list,
    materials: { ...base.materials, requested: list.map((item) => ({ item, quantity: 2, unit: 'm' })) },
    work: { ...base.work, tools: list },
  };
}

describe('whatever a name or a text is', () => {
  const cleaned = (visit: VisitState, fact: (facts: PhraseFacts) => string | null) =>
    JSON.parse(
      phrase('gladly', visit, {
        role: 'provider',
        phrases: { 'es-CR': { gladly: (facts) => JSON.stringify(fact(facts)) } },
      }),
    ) as string | null;
  const spoken = voices.filter(({ role }) => role !== 'client');
  const all = (visit: VisitState, operator: string | null) =>
    spoken.flatMap((voice) =>
      keys.map((key) => phrase(key, visit, { ...voice, ...(operator === null ? {} : { operator }) })),
    );

  it('is said cleaned, in the same sentences as any other; or they are built as if it lacked', () => {
    for (const dirty of naughty) {
      const visit = withTexts(dirty, dirty);
      const name = cleaned(visit, ({ providerName }) => providerName);
      const text = cleaned(visit, ({ service }) => service);
      const plain = withTexts(name === null ? null : 'Ñuñéz', text === null ? null : 'Zxq');
      const said = all(plain, name === null ? null : 'Ñuñéz')
        .join('\n')
        .replaceAll(/Ñuñéz|Zxq/g, (found) => (found === 'Zxq' ? text : name) ?? '');
      expect(all(visit, dirty).join('\n')).toBe(said);
      for (const clean of [name, text]) if (clean !== null) expect(clean).toMatch(/^\S(.*[^\s.,;:])?$/u);
      if (name !== null) expect(name).toMatch(/\p{L}/u);
    }
  });

  it('is one line of moderate length', () => {
    for (const dirty of naughty) {
      const said = all(withTexts(dirty, dirty), dirty);
      expect(said.join(' ')).not.toMatch(/[\p{Cc}\p{Bidi_C}\p{Cs}]/u);
      expect(Math.max(...said.map(({ length }) => length))).toBeLessThan(600);
    }
  });

  it('may even be no text, in a state from a foreign hand', () => {
    const odd = [null, undefined, 7, {}, [], true];
    for (const value of odd) {
      const visit = {
        ...withTexts(null, null),
        client: value,
        provider: { name: value },
        service: value,
        place: value,
      };
      const { work, materials } = base;
      const lists = {
        requiredShots: value,
        work: { ...work, tools: [value] },
        materials: { ...materials, requested: [value] },
      };
      const state = { ...visit, ...lists } as unknown as VisitState;
      for (const voice of voices) for (const part of script(state, voice)) expectLines(part);
    }
  });
});

describe('the time of a call', () => {
  it('is told in the policy’s zone, with its day unless that is today', () => {
    const told = (now: string, timeZone?: string) =>
      lines('ReportTransitIssue', visitAt('in-transit').state, {
        role: 'provider',
        now,
        ...(timeZone === undefined ? {} : { policy: { timeZone } }),
      }).say.at(-1);
    expect(told(morning)).toMatch(/\(9:00/);
    expect(told('2026-03-18T05:59:00.000Z')).toMatch(/\(9:00/);
    expect(told('2026-03-18T06:00:00.000Z')).toMatch(/\(martes.*9:00/);
    expect(told(morning, 'Europe/Madrid')).toMatch(/\(4:00/);
    expect(told(morning, 'Nowhere/None')).toMatch(/\(9:00/);
  });
});
