import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { acts, messageTypes } from '../../src/wire/schemas.ts';
import { parseCommand, parseEvent, validationMode } from '../../src/wire.ts';
import { codePoint } from '../support/code-point.ts';
import { runs } from '../support/runs.ts';
import { messagesOf } from './arbitrary.ts';
import { turned } from './samples.ts';

const kinds = Object.values(acts).flatMap((act) => [
  { type: act.command, schema: act.commandSchema(), parse: parseCommand },
  { type: act.event, schema: act.eventSchema(), parse: parseEvent },
]);

describe.each(kinds)('$type', ({ schema, parse }) => {
  it('is read as it is when normal, from a text or a value, with its keys in any order and its texts decomposed', () => {
    fc.assert(
      fc.property(messagesOf(schema), (message) => {
        const result = parse(message);
        expect(result).toStrictEqual({ ok: true, value: message });
        const text = JSON.stringify(result);
        expect(JSON.stringify(parse(JSON.stringify(message)))).toBe(text);
        expect(JSON.stringify(parse(turned(message)))).toBe(text);
        // A title is a value of a list, not a text.
        const decomposed = JSON.stringify(message).normalize('NFD').replaceAll('don\u0303a', 'do\u00f1a');
        expect(JSON.stringify(parse(decomposed))).toBe(text);
        expect(JSON.stringify(parse(JSON.parse(decomposed)))).toBe(text);
      }),
      { numRuns: runs(40), seed: 1 },
    );
  });

  it('is read from a text as from its value, right or wrong', () => {
    fc.assert(
      fc.property(messagesOf(schema), fc.nat(), fc.jsonValue(), (message, place, value) => {
        const text = JSON.stringify(replaced(message, place, value));
        expect(parse(text)).toStrictEqual(parse(JSON.parse(text)));
      }),
      { numRuns: runs(100), seed: 5 },
    );
  });

  it('compiles, and answers compiled as interpreted', () => {
    expect(validationMode()).toBe('compiled');
    const compiled = z.compile(schema as z.ZodMiniType, { strict: true });
    fc.assert(
      fc.property(messagesOf(schema), fc.nat(), fc.jsonValue(), (message, place, value) => {
        const changed = replaced(message, place, value);
        const [expected, actual] = [schema.safeParse(changed), compiled.safeParse(changed)];
        expect(JSON.stringify(actual.data)).toBe(JSON.stringify(expected.data));
        expect(actual.error?.issues).toStrictEqual(expected.error?.issues);
      }),
      { numRuns: runs(40), seed: 2 },
    );
  });
});

describe('what a host adds to the metadata of an event', () => {
  const nested = (depth: number): unknown => (depth === 0 ? 1 : [nested(depth - 1)]);
  const keyed = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, place) => [`k${place}`, 1]));
  const added = fc.oneof(
    fc.jsonValue({ maxDepth: 4 }),
    fc.integer({ min: 10, max: 18 }).map(nested),
    fc.integer({ min: 60, max: 68 }).map(keyed),
    fc.integer({ min: 98, max: 102 }).map((count) => Array(count).fill(0)),
    fc.constantFrom('\ud800', '\u0000', '', JSON.parse('{"__proto__":1}')),
  );

  it('is kept, or refused, alike from a text and from a value, within the same limits', () => {
    const schema = acts.StartWork.eventSchema();
    fc.assert(
      fc.property(messagesOf(schema), fc.string({ minLength: 1, maxLength: 9 }), added, (message, key, value) => {
        const { metadata, ...rest } = message as { metadata?: object };
        const entries = Object.entries({ ...metadata, schemaVersion: 1 });
        const text = JSON.stringify({ ...rest, metadata: Object.fromEntries([...entries, [key, value]]) });
        expect(parseEvent(text)).toStrictEqual(parseEvent(JSON.parse(text)));
      }),
      { numRuns: runs(1000), seed: 6 },
    );
  });
});

describe('whatever comes in', () => {
  it('nothing is thrown, nothing is changed, and what is accepted is stable', () => {
    const anything = fc.oneof(
      fc.anything({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true, withSparseArray: true }),
      fc.json(),
      fc.string({ unit: codePoint }),
      fc.record({ type: fc.constantFrom(...messageTypes.events), data: fc.anything(), metadata: fc.anything() }),
    );
    fc.assert(
      fc.property(anything, (input) => {
        for (const parse of [parseCommand, parseEvent]) {
          const result = parse(input);
          if (result.ok) expect(parse(result.value)).toStrictEqual(result);
          else expect(result.issues.length).toBeGreaterThan(0);
        }
      }),
      { numRuns: runs(500), seed: 3 },
    );
  });

  it('a message with one value replaced is accepted in its normal form or refused, and says nothing of the value', () => {
    const marked = fc.constantFrom('SECRET', { SECRET: 1 }, ['SECRET'], { a: { SECRET: 'SECRET' } });
    fc.assert(
      fc.property(fc.nat(kinds.length - 1), fc.nat(), marked, (index, place, value) => {
        const kind = kinds[index]!;
        const [message] = fc.sample(messagesOf(kind.schema), { numRuns: runs(1), seed: place });
        const result = kind.parse(replaced(message, place, value));
        if (!result.ok) expect(JSON.stringify(result)).not.toContain('SECRET');
      }),
      { numRuns: runs(500), seed: 4 },
    );
  });
});

/** The message with the value at one of its places replaced, or a key added there. */
function replaced(message: unknown, place: number, value: unknown): unknown {
  const copy = structuredClone(message);
  const places: [Record<string, unknown>, string][] = [];
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    const owner = node as Record<string, unknown>;
    for (const key of Object.keys(owner)) {
      places.push([owner, key]);
      visit(owner[key]);
    }
    if (!Array.isArray(node)) places.push([owner, 'added']);
  };
  visit(copy);
  const chosen = places[place % places.length];
  if (chosen !== undefined) chosen[0][chosen[1]] = value;
  return copy;
}
