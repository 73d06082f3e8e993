import { describe, expect, it } from 'vitest';
import { issueCodes } from '../../scripts/fuzz/oracle.ts';
import {
  commandSchemas,
  eventSchemas,
  explainIssue,
  type Issue,
  type IssueCode,
  LIMITS,
  parseCommand,
  parseEvent,
} from '../../src/wire.ts';
import { command, commandTypes, event } from './samples.ts';

const issues = (value: unknown): readonly Issue[] => {
  const parsed = parseCommand(value);
  return parsed.ok ? [] : parsed.issues;
};
const first = (value: unknown) => issues(value)[0];

describe('an issue carries what its sentence needs', () => {
  it('an unknown key that is spelt as a field name, the nearest key and all of them', () => {
    expect(issues(command('StartWork', { visitid: 'v' }))).toStrictEqual([
      { path: '/data', code: 'unrecognized-key', key: 'visitid', allowed: ['visitId', 'at'], nearest: 'visitId' },
    ]);
    expect(issues(command('StartWork', { phone: 1, e_mail: 2 })).map(({ key }) => key)).toStrictEqual([
      'phone',
      'e_mail',
    ]);
  });

  it.each(['María', 'Ana', '1-1111-1111', 'ana@example.com', 'k123', 'a'.repeat(33), 'a b', 'a\nb', '', '\u202ea'])(
    'no other key, which may be personal or do harm: %j',
    (key) => {
      const found = issues(command('StartWork', { [key]: 'SECRET', phone: 1 }));
      expect(found.map(({ key }) => key)).toStrictEqual(['phone', undefined]);
      expect(found[1]).toStrictEqual({ path: '/data', code: 'unrecognized-key', allowed: ['visitId', 'at'] });
    },
  );

  it('twenty unknown keys at most', () => {
    const many = Object.fromEntries(
      Array.from({ length: 40 }, (_, place) => [`k${'abcdefghij'[place % 10]}${place}`, 1]),
    );
    expect(issues(command('StartWork', many)).length).toBe(LIMITS.issues + 1);
  });

  it.each<[string, unknown, Partial<Issue>]>([
    [
      'a word',
      command('ReportTransitIssue', { issue: 'breakdwn' }),
      { allowed: ['breakdown', 'delay', 'other'], nearest: 'breakdown' },
    ],
    [
      'a role',
      { ...command('StartWork'), metadata: { actor: { role: 'operator', id: 'x' } } },
      { code: 'invalid-value', allowed: ['provider', 'contact-center', 'client'] },
    ],
    ['a word that is missing', command('GiveInstruction', { about: undefined }), { code: 'not-json' }],
    ['an instant', { ...command('StartWork'), data: { visitId: 'v' } }, { code: 'missing', expected: 'instant' }],
    ['an id', command('StartWork', { visitId: 7 }), { code: 'invalid-type', expected: 'id' }],
    ['a text', command('LocateFault', { where: 7 }), { code: 'invalid-type', expected: 'text' }],
    ['a list', command('ShowTools', { tools: 'pinza' }), { code: 'invalid-type', expected: 'list' }],
    ['yes or no', command('NotifyClient', { reached: 'sí' }), { code: 'invalid-type', expected: 'boolean' }],
    ['an object', command('ReportStart', { call: 'x' }), { code: 'invalid-type', expected: 'object' }],
    ['a length', command('LocateFault', { where: 'x'.repeat(2001) }), { code: 'too-long', limit: 2000 }],
    [
      'a quantity',
      command('SupplyMaterials', { items: [{ item: 'a', quantity: 0 }] }),
      { code: 'too-small', limit: 0, expected: 'quantity' },
    ],
    [
      'a number',
      command('RecordArrival', { position: { latitude: 91, longitude: 0 } }),
      { code: 'too-big', limit: 90, expected: 'number' },
    ],
    ['items', command('ShowTools', { tools: Array(101).fill('a') }), { code: 'too-many-items', limit: 100 }],
    ['bytes', ' '.repeat(70_000), { code: 'too-large', limit: LIMITS.commandBytes }],
    ['a type', { ...command('StartWork'), type: 'StratWork' }, { code: 'unknown-type', nearest: 'StartWork' }],
    [
      'the command of an event',
      { ...command('StartWork'), type: 'WorkStarted' },
      { code: 'unknown-type', nearest: 'StartWork' },
    ],
  ])('%s', (_, value, details) => {
    expect(first(value)).toMatchObject(details);
  });

  it('the event of a command, and what version is known', () => {
    expect(parseEvent({ ...event('StartWork'), type: 'StartWork' })).toMatchObject({
      issues: [{ code: 'unknown-type', nearest: 'WorkStarted' }],
    });
    expect(parseEvent({ ...event('StartWork'), metadata: { schemaVersion: 99 } })).toMatchObject({
      issues: [{ code: 'newer-version' }],
    });
  });

  it('an issue never carries a value', () => {
    const values = { issue: 'SECRET', detail: 7, resolvable: 'SECRET', expectedArrival: 'SECRET' };
    expect(JSON.stringify(issues(command('ReportTransitIssue', values)))).not.toContain('SECRET');
  });
});

describe('explainIssue', () => {
  const all = [...issueCodes] as IssueCode[];

  it.each(all)('has a sentence for %s in both languages, with and without details', (code) => {
    const whole: Issue = {
      path: '/data/photos/0/takenAt',
      code,
      key: 'foto',
      allowed: ['one', 'two'],
      nearest: 'two',
      limit: 7,
      expected: 'instant',
    };
    for (const locale of ['es-CR', 'en'] as const) {
      for (const issue of [whole, { path: '', code }]) {
        const text = explainIssue(issue, locale);
        expect(text).toMatch(/^\p{Lu}|^data\.photos\[0\]\.takenAt\b/u);
        expect(text).toMatch(/[.?]$/);
        if (code !== 'not-json') expect(text).not.toMatch(/undefined|\bnull\b|\[object/);
      }
    }
    expect(explainIssue(whole, 'en')).not.toBe(explainIssue(whole, 'es-CR'));
  });

  it.each<[unknown, string, string]>([
    [
      command('StartWork', { visitid: 'v' }),
      'data has an unknown field: visitid. Did you mean visitId? It may have: visitId, at.',
      'data: tiene un campo desconocido: visitid. ¿Quiso decir visitId? Se admiten: visitId, at.',
    ],
    [
      command('StartWork', { at: '17/03/2026 8:40' }),
      'data.at must be an instant: RFC 3339, with its offset, such as 2026-03-17T14:40:00.000Z or 2026-03-17T08:40:00-06:00; the date must exist.',
      'data.at: debe ser una fecha con hora: RFC 3339, con su desfase, como 2026-03-17T14:40:00.000Z o 2026-03-17T08:40:00-06:00; la fecha debe existir.',
    ],
    [
      command('ReportTransitIssue', { issue: 'dealy' }),
      'data.issue must be one of: breakdown, delay, other. Did you mean delay?',
      'data.issue: debe ser uno de estos valores: breakdown, delay, other. ¿Quiso decir delay?',
    ],
    [
      command('SupplyMaterials', { items: [{ item: 'a', quantity: 0 }] }),
      'data.items[0].quantity must be more than 0.',
      'data.items[0].quantity: debe ser mayor que 0.',
    ],
    ['{', 'The message is not JSON, or is cut.', 'El mensaje: no es JSON o está incompleto.'],
  ])('%j', (value, en, es) => {
    const issue = first(value)!;
    expect([explainIssue(issue, 'en'), explainIssue(issue, 'es-CR')]).toStrictEqual([en, es]);
  });

  it('gives an object as an example that is accepted where it is asked for', () => {
    const whole = command('RecordArrival');
    for (const [broken, key, right] of [
      [{ ...whole, data: undefined }, '/data', (data: object) => ({ ...whole, data })],
      [{ ...whole, metadata: undefined }, '/metadata', (metadata: object) => ({ ...whole, metadata })],
      [{ ...whole, metadata: {} }, '/metadata/actor', (one: object) => ({ ...whole, metadata: { actor: one } })],
    ] as const) {
      const issue = issues(JSON.stringify(broken)).find(({ path }) => path === key);
      for (const locale of ['es-CR', 'en'] as const) {
        const [example = ''] = /\{.*\}/.exec(explainIssue(issue as never, locale)) ?? [];
        expect(parseCommand(right(JSON.parse(example))).ok).toBe(true);
      }
    }
  });

  it('takes tags of the same languages, refuses others, and answers a later code by itself', () => {
    const issue = { path: '/data/at', code: 'blank' } as const;
    expect(explainIssue(issue, 'en-US' as never)).toBe(explainIssue(issue, 'en'));
    expect(explainIssue(issue, 'es' as never)).toBe(explainIssue(issue, 'es-CR'));
    expect(() => explainIssue(issue, 'fr' as never)).toThrow(new TypeError('Unknown locale fr. Known: es-CR, en'));
    expect(explainIssue({ path: '/data', code: 'not-yet' as never }, 'en')).toBe('/data not-yet');
    expect(explainIssue({ path: '', code: 'constructor' as never }, 'en')).toBe('constructor');
  });
});

describe('the schemas themselves', () => {
  it.each(commandTypes)('%s says what is wrong in words', (type) => {
    const schemas = [commandSchemas[type], Object.values(eventSchemas)[commandTypes.indexOf(type)]!];
    const wrong = [
      {},
      { ...command(type), extra: 1, metadata: 1 },
      ...Object.keys(command(type).data).flatMap((field) =>
        [null, [{}], 'a\nb', -1, 'x'.repeat(3000)].map((value) => command(type, { [field]: value })),
      ),
    ];
    for (const schema of schemas) {
      for (const value of wrong) {
        const messages = schema.safeParse(value).error?.issues.map(({ message }) => message) ?? [];
        expect(messages.filter((message) => !/^[A-Z].{6,}$/.test(message) || message === 'Invalid input')).toEqual([]);
      }
    }
  });

  it('expose their shapes', () => {
    const { shape } = commandSchemas.ReportTransitIssue;
    expect(Object.keys(shape)).toEqual(['type', 'data', 'metadata']);
    expect(shape.data.shape.at.safeParse('now').success).toBe(false);
    expect(eventSchemas.QualityTested.shape.data.shape.passed.safeParse(true).success).toBe(true);
  });
});
