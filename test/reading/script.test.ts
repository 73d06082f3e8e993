import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  type Catalogue,
  catalogues,
  clauses,
  lines,
  type PhraseFacts,
  type PhraseKey,
  type Phrases,
  phrase,
  script,
} from '../../src/index.ts';
import type { CommandType, Instant, Role } from '../../src/messages/index.ts';
import type { Locale } from '../../src/protocol/index.ts';
import { recorders } from '../../src/visit/act.ts';
import { commandTypes, initialState, type Policy } from '../../src/visit/index.ts';
import { acts } from '../../src/visit/table.ts';
import { linesOf, morning, stateAt } from './script-support.ts';

const locales: readonly Locale[] = ['es-CR', 'en'];
const roles: readonly Role[] = ['provider', 'contact-center', 'client'];

describe('every act, and every role that may record it', () => {
  // Nobody chooses to report a discrepancy: reconciling does (PROTOCOL §8).
  const chosen = acts.filter(({ command }) => command !== 'ReportDiscrepancy');
  const recorded = chosen.flatMap(({ command, by }) => recorders[by].map((role) => [command, role] as const));

  it.each(recorded)('%s by %s has words in both languages', (command, role) => {
    for (const locale of locales) {
      for (const visit of [initialState(), stateAt('explained')]) {
        const { say, ask } = lines(command, visit, { role, locale });
        expect(say.length + ask.length).toBeGreaterThan(0);
      }
    }
  });

  it('has none for a role that may not, and refuses a role that is none', () => {
    for (const { command, by } of acts) {
      for (const role of roles.filter((one) => !recorders[by].includes(one))) {
        expect(lines(command, stateAt('working'), { role })).toEqual({ say: [], ask: [], fields: [] });
      }
    }
    for (const odd of ['Teleport', '__proto__', 'constructor', '']) {
      expect(lines(odd as CommandType, initialState(), { role: 'provider' })).toEqual({ say: [], ask: [], fields: [] });
      expect(() => lines('StartWork', initialState(), { role: odd as Role })).toThrow(TypeError);
      expect(() => script(initialState(), { role: odd as Role })).toThrow(TypeError);
      expect(phrase(odd as PhraseKey, initialState(), { role: 'provider' })).toBe('');
    }
  });

  it.each(roles)('stands in the script of %s, in the order of the protocol, with the same lines', (role) => {
    const card = script(stateAt('working'), { role });
    const own = commandTypes.filter((type) => recorded.some(([command, who]) => command === type && who === role));
    expect(card.map(({ command }) => command)).toEqual(role === 'client' ? own : [...own, null]);
    for (const { command, ...words } of card) {
      if (command !== null) expect(words).toEqual(lines(command, stateAt('working'), { role }));
    }
  });
});

describe('the catalogues', () => {
  it('have the same phrases, in one order', () => {
    expect(Object.keys(catalogues.en)).toEqual(Object.keys(catalogues['es-CR']));
  });

  it('do not compile without one of them', () => {
    const { moment, ...others } = catalogues.en;
    // @ts-expect-error a phrase lacks
    const lacking: Catalogue = others;
    // @ts-expect-error no such phrase
    const more: Phrases = { en: { goodbye: () => 'Bye.' } };
    expect([moment, lacking, more]).toHaveLength(3);
  });

  it('are said whole: no phrase is left that no script uses', () => {
    const used = new Set<string>();
    const spied = Object.fromEntries(
      Object.entries(catalogues['es-CR']).map(([key, say]) => [
        key,
        (facts: PhraseFacts) => {
          used.add(key);
          return say(facts);
        },
      ]),
    );
    const visits = (['unassigned', 'in-transit', 'absent', 'explained', 'working', 'away', 'closed'] as const).map(
      (point) => stateAt(point),
    );
    const allowed = stateAt('absent');
    const representative = { ...allowed, identity: { ...allowed.identity, representativeAllowed: true } };
    const [changing, unidentified] = [stateAt('working'), stateAt('on-site')].map((visit) => ({
      ...visit,
      instruction: 'reassign' as const,
      identity: { ...visit.identity, rejectedAt: morning },
    }));
    for (const visit of [...visits, representative, changing ?? allowed, unidentified ?? allowed]) {
      for (const role of roles) script(visit, { role, phrases: { 'es-CR': spied } });
    }
    expect(Object.keys(catalogues['es-CR']).filter((key) => !used.has(key))).toEqual([]);
  });
});

describe('1.1-01 the greeting is that of the local time', () => {
  const greeting = (now: Instant, policy?: Policy, locale: Locale = 'es-CR') =>
    linesOf('RecordArrival', initialState(), { now, locale, ...(policy === undefined ? {} : { policy }) }).say[0];

  it.each([
    ['2026-03-17T06:00:00.000Z', 'Buenos días.', 'Good morning.'],
    ['2026-03-17T17:59:59.999Z', 'Buenos días.', 'Good morning.'],
    ['2026-03-17T18:00:00.000Z', 'Buenas tardes.', 'Good afternoon.'],
    ['2026-03-17T23:59:59.999Z', 'Buenas tardes.', 'Good afternoon.'],
    ['2026-03-18T00:00:00.000Z', 'Buenas noches.', 'Good evening.'],
    ['2026-03-18T05:59:59.999Z', 'Buenas noches.', 'Good evening.'],
  ])('in Costa Rica, with cut-offs at noon and at six: %s', (now, spanish, english) => {
    expect(greeting(now)).toBe(spanish);
    expect(greeting(now, {}, 'en')).toBe(english);
  });

  it('in another zone, and with other cut-offs', () => {
    expect(greeting('2026-03-17T18:00:00.000Z', { timeZone: 'Europe/Madrid' })).toBe('Buenas noches.');
    expect(greeting('2026-03-17T18:00:00.000Z', { timeZone: 'Asia/Tokyo' })).toBe('Buenos días.');
    const late = { greeting: { afternoon: '13:00', evening: '19:30' } };
    expect(greeting('2026-03-17T18:59:00.000Z', late)).toBe('Buenos días.');
    expect(greeting('2026-03-17T19:00:00.000Z', late)).toBe('Buenas tardes.');
    expect(greeting('2026-03-18T01:30:00.000Z', late)).toBe('Buenas noches.');
  });

  it.each(['Mars/Olympus', 'constructor'])('falls back from a zone that does not exist: %j', (timeZone) => {
    expect(greeting('2026-03-17T17:59:00.000Z', { timeZone })).toBe('Buenos días.');
    expect(greeting('2026-03-17T18:00:00.000Z', { timeZone })).toBe('Buenas tardes.');
  });

  it.each(['noon', '', '24:00', '9:00', '12:60', ' 12:00', '012:00', '12:000', '29:00', '12:0', '12-00', 12 as never])(
    'refuses a cut-off that is no time: %j',
    (cut) => {
      const policy = { greeting: { afternoon: '12:00', evening: cut } };
      expect(() => greeting('2026-03-17T18:00:00.000Z', policy)).toThrow('policy.greeting.evening is a time');
    },
  );

  it('fits any hour where the time is not known, or none', () => {
    for (const options of [{}, { now: 'tomorrow' }]) {
      expect(lines('RecordArrival', initialState(), { role: 'provider', ...options }).say[0]).toBe('Muy buenas.');
      expect(lines('RecordArrival', initialState(), { role: 'provider', locale: 'en', ...options }).say[0]).toBe(
        'Hello.',
      );
    }
  });
});

describe('the phrases of a host', () => {
  const phrases: Phrases = {
    'es-CR': { begin: ({ client, service }) => `Manos a la obra, ${client}: ${service}.`, moment: () => '' },
  };
  const visit = stateAt('ready-to-start');

  it('replace one phrase, in one language', () => {
    expect(linesOf('StartWork', visit, { phrases }).say).toEqual(['Manos a la obra, doña Ana Rojas: fontanería.']);
    expect(phrase('begin', visit, { role: 'provider', phrases })).toBe('Manos a la obra, doña Ana Rojas: fontanería.');
    expect(linesOf('StartWork', visit, { phrases, locale: 'en' })).toEqual(
      linesOf('StartWork', visit, { locale: 'en' }),
    );
    expect(linesOf('ShowTools', visit, { phrases })).toEqual(linesOf('ShowTools', visit));
  });

  it('leave unsaid what they say nothing of', () => {
    expect(linesOf('SubmitPhotos', visit, { phrases }).say).toEqual([]);
    const quiet: Phrases = {
      'es-CR': { 'to-center': () => '', 'if-disputed': () => 'Si no', 'belongings-disputed': () => '' },
    };
    expect(linesOf('ReportStart', visit, { phrases: quiet }).say[1]).toMatch(/^Buenos días, le saluda/);
    expect(linesOf('ShowBelongings', visit, { phrases: quiet }).say).toHaveLength(1);
  });

  it.each(['Hola', {}, 1, false])('are functions: %j is refused by its key, where it would be said', (begin) => {
    const options = { phrases: { 'es-CR': { begin } } as never };
    expect(() => linesOf('StartWork', visit, options)).toThrow(new TypeError('The phrase begin is no function'));
    expect(linesOf('ShowTools', visit, options)).toEqual(linesOf('ShowTools', visit));
  });

  it('are given every fact, or null', () => {
    const given = (facts: PhraseFacts) =>
      JSON.stringify([facts.service, facts.place, facts.caseNumber, facts.materials, facts.materialCount, facts.tools]);
    const told = (state = initialState()) =>
      phrase('gladly', state, { role: 'provider', phrases: { 'es-CR': { gladly: given } } });
    expect(told()).toBe('[null,null,null,null,0,null]');
    expect(told(stateAt('working'))).toBe(
      '["fontanería","Barva, de la iglesia 200 metros al sur","EXP-1","Tubo PVC (2 m)",1,"llave y sierra"]',
    );
  });

  it('are Spanish where no language is said', () => {
    expect(phrase('moment', visit, { role: 'provider' })).toBe(catalogues['es-CR'].moment({} as PhraseFacts));
  });
});

describe('the clauses', () => {
  const titles = readdirSync('test/reading')
    .filter((file) => file.startsWith('script'))
    .flatMap((file) => [...readFileSync(`test/reading/${file}`, 'utf8').matchAll(/^describe\('(.*?)'/gm)])
    .flatMap(([, title]) => title?.split(' ') ?? []);
  const attested = ['1.1-11', '1.1-23', '1.1-44', '1.2-09', '1.3-03', '2.1-01'];

  it.each([...clauses.filter(({ level }) => level === 'G').map(({ id }) => id), ...attested])(
    'of words have a test that names them: %s',
    (id) => expect(titles).toContain(id),
  );
});
