import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isJsonText, jsonValuesIn } from '../../src/logs/json-values.ts';
import { collect } from './support.ts';

/** The values of a text in any chunks. */
async function valuesIn(text: string, size = text.length || 1, longest = 10_000) {
  const parts = Array.from({ length: Math.ceil(text.length / size) }, (_, at) =>
    text.slice(at * size, (at + 1) * size),
  );
  return collect(
    jsonValuesIn(
      (async function* () {
        yield* parts;
      })(),
      longest,
    ),
  );
}

const parsed = async (text: string, size?: number) =>
  (await valuesIn(text, size)).map(({ line, text: value }) => [line, JSON.parse(value)]);

describe('the values of a JSON text', () => {
  it('are those of an array, each with the line where it begins', async () => {
    expect(await parsed('[{"a":1},\n {"b":[{"c":2}]}\n]')).toEqual([
      [1, { a: 1 }],
      [2, { b: [{ c: 2 }] }],
    ]);
  });

  it('are those that stand one after the other, over several lines', async () => {
    expect(await parsed('{\n  "a": 1\n}\n{\n  "b": 2\n}\n')).toEqual([
      [1, { a: 1 }],
      [4, { b: 2 }],
    ]);
  });

  it('are apart where nothing stands between them', async () => {
    expect(await parsed('{"a":1}{"b":2} {"c":3}')).toEqual([
      [1, { a: 1 }],
      [1, { b: 2 }],
      [1, { c: 3 }],
    ]);
    expect(await parsed('[{"a":1}{"b":2}]')).toEqual([
      [1, { a: 1 }],
      [1, { b: 2 }],
    ]);
  });

  it('are whole where they are neither objects nor arrays, and end with a comma, a bracket or a line', async () => {
    expect(await parsed('[true, -12.5,"a,b", null]')).toEqual([
      [1, true],
      [1, -12.5],
      [1, 'a,b'],
      [1, null],
    ]);
    expect(await parsed('12\n"x"\nfalse')).toEqual([
      [1, 12],
      [2, 'x'],
      [3, false],
    ]);
  });

  it('are no envelope for a key that only begins as its does', async () => {
    expect(await parsed('{"eventsOfOld":[{"a":1}],\n"b":2}')).toEqual([[1, { eventsOfOld: [{ a: 1 }], b: 2 }]]);
  });

  it('are kept up to the longest that may be, to the character', async () => {
    const long = `{"a":"${'x'.repeat(60)}"}`;
    expect(await valuesIn(long, 10, 20)).toEqual([{ line: 1, text: long.slice(0, 20) }]);
  });

  it('are the events of an envelope, alone or in an array, and nothing else of it', async () => {
    const state = '"state":{"photos":[{"x":1}],"events":[{"no":1}]}';
    const one = `{${state},"version":"3","events":[\n{"a":1},{"b":"]}"}],"more":[{"no":2}]}`;
    expect(await parsed(one)).toEqual([
      [2, { a: 1 }],
      [2, { b: ']}' }],
    ]);
    expect(await parsed(`[${one},\n{"events":[]},{"events":[{"c":3}]}]`)).toEqual([
      [2, { a: 1 }],
      [2, { b: ']}' }],
      [3, { c: 3 }],
    ]);
  });

  it('are kept as they stand where they are no JSON, and in part where they never end', async () => {
    expect(await valuesIn('[1,\n{"a":]}, x]')).toEqual([
      { line: 1, text: '1' },
      { line: 2, text: '{"a":]' },
      { line: 2, text: 'x' },
    ]);
    expect(await valuesIn('{"a":"')).toEqual([{ line: 1, text: '{"a":"' }]);
    expect(await valuesIn(`{"a":"${'x'.repeat(500)}"}`, 7, 20)).toMatchObject([
      { text: expect.stringMatching(/^.{20,27}$/) },
    ]);
    expect(await valuesIn('')).toEqual([]);
    expect(await valuesIn(']}]{"a":1}')).toEqual([{ line: 1, text: '{"a":1}' }]);
  });

  it('are the same however they are printed and in whatever parts they come', async () => {
    const object = fc.dictionary(fc.string(), fc.jsonValue(), { maxKeys: 4 }).filter((one) => !('events' in one));
    await fc.assert(
      fc.asyncProperty(
        fc.array(object, { maxLength: 4 }),
        fc.nat(3),
        fc.integer({ min: 1, max: 9 }),
        fc.nat(2),
        async (all, indent, size, how) => {
          const texts = [
            JSON.stringify(all, null, indent),
            JSON.stringify({ version: '1', events: all }, null, indent),
            all.map((one) => JSON.stringify(one, null, indent)).join('\n'),
          ];
          const found = await parsed(texts[how] ?? '', size);
          expect(found.map(([, value]) => value)).toEqual(JSON.parse(JSON.stringify(all)));
        },
      ),
      { numRuns: 300, seed: 5 },
    );
  });
});

it.each([
  ['[', true],
  ['\uFEFF\n [{"a"', true],
  ['{\n  "type": "X"', true],
  ['{ "type": "X",\n  "data": {', true],
  ['{"currentStreamVersion":"3","events":[{"type"', true],
  ['{"events":[],"streamExists":true}\n', true],
  ['{"events":[]}\n{"events":[]}', true],
  ['{"a":1,\n}', false],
  ['{"a":1,\n "b":2}', true],
  ['{"type":"X","data":{}}\n{"type"', false],
  ['{"type":"X","data":{"events":[]}}', false],
  ['{"type":"X","events":[]}', false],
  ['{"type":"X","da\n{"type":"Y","data":{}}', false],
  ['{"type":"X","data":{"events":["', false],
  ['{\n{"type":"X","data":{}}', false],
  ['{"a":1,"events" : [{"type"', true],
  ['{"a":1,"events"x:[{"type"', false],
  ['no\n "x"', false],
  ['no', false],
  ['', false],
])('%j is a JSON text: %j', (text, expected) => {
  expect(isJsonText(text)).toBe(expected);
});
