import type { StandardSchemaV1 } from '@standard-schema/spec';
import { describe, expect, it } from 'vitest';
import { visitAt } from '../../src/testing.ts';
import { explainIssue, type Issue, parseCommand, parseEvent, parsePolicy } from '../../src/wire.ts';

const { commands, events } = visitAt('completed');
const policy = { id: 'p-1', twinMinutes: 5 };
const secret = 'SECRETO-2026';

const parsers = [
  { name: 'parseCommand', parser: parseCommand, good: commands },
  { name: 'parseEvent', parser: parseEvent, good: events },
  { name: 'parsePolicy', parser: parsePolicy, good: [policy, {}] },
] as const;

/** Validates as a library does that knows the interface alone. */
function validate(schema: StandardSchemaV1, value: unknown) {
  const result = schema['~standard'].validate(value);
  if (result instanceof Promise) throw new TypeError('a library that is synchronous cannot wait');
  return result;
}

const bad: readonly (readonly [what: string, value: unknown])[] = [
  ['nothing', undefined],
  ['no JSON', `{ "${secret}"`],
  ['a number', 7],
  ['an unknown type', { type: secret, data: {} }],
  ['an unknown key', { [secret]: secret }],
  ['an invalid id', { type: 'StartWork', data: { visitId: `${secret} ${secret}`, at: secret }, metadata: {} }],
  [
    'a hostile getter',
    Object.defineProperty({}, 'type', {
      enumerable: true,
      get: () => {
        throw new Error(secret);
      },
    }),
  ],
];

describe.each(parsers)('$name as a Standard Schema', ({ parser, good }) => {
  it('has version 1, its vendor and a validator, and cannot be changed', () => {
    expect(parser['~standard']).toStrictEqual({ version: 1, vendor: 'auxilio', validate: expect.any(Function) });
    expect(Object.isFrozen(parser['~standard'])).toBe(true);
    expect(Object.keys(parser)).toEqual(['~standard']);
  });

  it('answers the value that the parser gives', () => {
    for (const value of good) {
      const parsed = parser(value);
      expect(parsed.ok).toBe(true);
      expect(validate(parser, value)).toStrictEqual({ value: parsed.ok && parsed.value });
      expect(validate(parser, JSON.stringify(value))).toStrictEqual(validate(parser, value));
    }
  });

  it.each(bad)('answers the issues of the parser, each with its path and code, and never the input: %s', (_, value) => {
    const parsed = parser(value);
    const { issues } = validate(parser, value);
    expect(parsed.ok).toBe(false);
    const expected = parsed.ok ? [] : parsed.issues;
    expect(issues?.map(({ message }) => message)).toEqual(
      expected.map(({ path, code }) => `${path.slice(1).replaceAll('/', '.') || 'message'}: ${code}`),
    );
    expect(issues?.map(({ path }) => `/${path?.join('/')}`)).toEqual(expected.map(({ path }) => path || '/'));
    expect(JSON.stringify(issues)).not.toContain(secret);
  });
});

describe('an issue of a Standard Schema', () => {
  const whole = { type: 'TakePhotos', data: { visitId: 'v-1', at: 'ayer', photos: [{ sha256: 'x' }] } };
  const { issues = [] } = parseCommand['~standard'].validate(whole);

  it('has a path of segments: names, and numbers in lists', () => {
    const paths = issues.map(({ path }) => path);
    expect(paths).toContainEqual(['data', 'at']);
    expect(paths).toContainEqual(['data', 'photos', 0, 'sha256']);
    expect(paths).toContainEqual(['metadata']);
  });

  it('is put in words by explainIssue in both languages, as the issue of the parser is', () => {
    const parsed = parseCommand(whole);
    const plain: readonly Issue[] = parsed.ok ? [] : parsed.issues;
    expect(issues.length).toBeGreaterThan(2);
    for (const locale of ['es-CR', 'en'] as const) {
      const said = JSON.parse(JSON.stringify(issues)).map((issue: Issue) => explainIssue(issue, locale));
      expect(said).toEqual(plain.map((issue) => explainIssue(issue, locale)));
    }
  });
});
