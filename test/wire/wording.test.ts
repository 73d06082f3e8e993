import { describe, expect, it } from 'vitest';
import { commandSchemas, parseCommand } from '../../src/wire.ts';

const at = '2026-03-17T14:00:00.000Z';
const command = (data: object, type = 'ShowTools') => ({
  type,
  data: { visitId: 'v-1', at, tools: ['llave'], ...data },
  metadata: { actor: { role: 'provider', id: 'p-1' } },
});

const cases = [
  [{ visitId: '!' }, 'invalid-id', /^Expected an id: 1 to 128/],
  [{ at: 'ayer' }, 'invalid-instant', /^Expected an RFC 3339 instant/],
  [{ tools: ['\u0007'] }, 'control-character', /^Contains a control character/],
  [{ tools: [' '] }, 'blank', /^Has no visible character/],
  [{ tools: 7 }, 'invalid-type', /^Expected array/],
  [{ tools: undefined }, 'missing', /^Required/],
  [{ tools: Array.from({ length: 101 }, () => 'x') }, 'too-many-items', /^Expected at most 100 items/],
] as const;

/** A value as it comes out of JSON. */
const plain = (value: object) => JSON.parse(JSON.stringify(value));

const codesOf = (data: object): readonly string[] => {
  const parsed = parseCommand(JSON.stringify(command(data)));
  return parsed.ok ? [] : parsed.issues.map(({ code }) => code);
};

describe('the words of a schema', () => {
  it('are in English where it is read itself, and the codes of what is parsed are the same before and after', () => {
    const before = cases.map(([data]) => codesOf(data));
    expect(before).toEqual(cases.map(([, code]) => [code]));
    const schema = commandSchemas.ShowTools;
    for (const [data, , words] of cases) {
      const { error } = schema.safeParse(plain(command(data)));
      expect(error?.issues[0]?.message).toMatch(words);
    }
    expect(cases.map(([data]) => codesOf(data))).toEqual(before);
  });
});
