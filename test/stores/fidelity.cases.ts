import { existsSync, readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { cases, dataOf, event, events } from './cases.ts';

const corpus = new URL('../../../shared/corpus/naughty-strings.json', import.meta.url);
const NAUGHTY: string[] = [
  ...[
    '',
    '\u0000',
    'a\u0000b',
    '\ud800',
    '\udfff\ud800',
    '\u202e',
    '\ufeff',
    '\u2028',
    "'; DROP TABLE auxilio_events;--",
  ],
  ...[
    'undefined',
    '__proto__',
    '%s',
    '?',
    '\\',
    '"',
    '\\u0000',
    '\u{1f468}\u200d\u{1f527}',
    'e\u0301',
    'é',
    '\u007f\u0080',
  ],
  ...(existsSync(corpus) ? (JSON.parse(readFileSync(corpus, 'utf8')) as string[]) : []),
];

const DIGITS = [
  ...[
    '123456789012345678901234567890',
    '000000000000000000000000000001',
    '9007199254740993',
    '1e400',
    '0x10',
    '-0',
    '1.0',
  ],
  ...['00', '+1', '1n', '1n1', '12345678901234567890n', '2026-01-01T00:00:00.000Z'],
];

const NUMBERS = [
  ...[
    0,
    1,
    -1,
    2 ** 53 - 1,
    2 ** 53,
    2 ** 53 + 2,
    -(2 ** 53),
    1e-7,
    1e21,
    1e300,
    5e-324,
    0.1 + 0.2,
    1.7976931348623157e308,
  ],
  ...[0.001, 123456.789, 2 ** 31, -(2 ** 31) - 1],
];

export const fidelity = cases('fidelity', {
  'strings come back as they were, as values and as keys': async (store) => {
    const asKeys = Object.fromEntries(NAUGHTY.map((text, n) => [text, n]));
    await store.appendToStream('a', [event(1, { texts: NAUGHTY }), event(2, asKeys)]);
    const [first, second] = await dataOf(store, 'a');
    expect(first).toEqual({ texts: NAUGHTY });
    expect(Object.entries(second as object)).toEqual(Object.entries(asKeys));
  },
  'strings of digits stay strings, numbers stay the same doubles': async (store) => {
    await store.appendToStream('a', [event(1, { digits: DIGITS, numbers: NUMBERS })]);
    const [data] = (await dataOf(store, 'a')) as [{ digits: unknown[]; numbers: unknown[] }];
    expect(data.digits).toEqual(DIGITS);
    expect(data.numbers.every((number, n) => Object.is(number, NUMBERS[n]))).toBe(true);
    expect(data.numbers).toHaveLength(NUMBERS.length);
  },
  'what JSON changes is changed as JSON changes it': async (store) => {
    const data = { zero: -0, nan: Number.NaN, none: undefined, list: [undefined], date: new Date(0) };
    await store.appendToStream('a', [event(1, data)]);
    const [read] = await dataOf(store, 'a');
    expect(read).toStrictEqual({ zero: 0, nan: null, list: [null], date: '1970-01-01T00:00:00.000Z' });
    expect(Object.is((read as { zero: number }).zero, 0)).toBe(true);
  },
  'keys with a meaning in JavaScript are keys': async (store) => {
    const text = '{"__proto__":{"polluted":true},"constructor":1,"toString":2,"hasOwnProperty":3,"":4,"toJSON":5}';
    const metadata = { ...(JSON.parse(text) as object), eventId: 'event-1' };
    await store.appendToStream('a', [{ type: '__proto__', data: JSON.parse(text) as object, metadata }]);
    const [read] = (await store.readStream('a')).events;
    expect(read?.type).toBe('__proto__');
    expect(JSON.stringify(read?.data)).toBe(text);
    expect(Object.hasOwn(read?.metadata ?? {}, '__proto__')).toBe(true);
    expect(JSON.stringify(Object.entries(read?.metadata ?? {}).slice(0, 6))).toBe(
      JSON.stringify(Object.entries(JSON.parse(text) as object)),
    );
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  },
  'the order of keys stays, of the event’s fields too': async (store) => {
    const metadata = { z: 1, eventId: 'event-1', a: 2 };
    await store.appendToStream('a', [{ metadata, data: { z: { y: 1, b: 2 }, a: [] }, type: 'T' }]);
    const [read] = (await store.readStream('a')).events;
    expect(Object.keys(read ?? {})).toEqual(['kind', 'type', 'data', 'metadata']);
    expect(JSON.stringify(read?.data)).toBe('{"z":{"y":1,"b":2},"a":[]}');
    expect(Object.keys(read?.metadata ?? {})).toEqual([
      ...['z', 'eventId', 'a'],
      ...['messageId', 'streamName', 'streamPosition', 'globalPosition'],
    ]);
  },
  'readStored gives the text as JSON wrote it, and the place': async (store) => {
    const data = { z: 1e21, a: ['\ud800', '\u0000', 'ñ'], deep: { b: [], a: {} } };
    await store.appendToStream('a', [
      { type: 'T', data, metadata: { eventId: 'i' } },
      { type: 'U', data: {} },
    ]);
    const [first, second] = await store.readStored('a');
    expect(first).toEqual({
      messageId: 'i',
      streamName: 'a',
      streamPosition: 1n,
      globalPosition: 1n,
      text: JSON.stringify({ type: 'T', data, metadata: { eventId: 'i' } }),
    });
    expect(second?.text).toBe('{"type":"U","data":{}}');
  },
  'a large event and a deep one come back': async (store) => {
    const deep = JSON.parse(`${'['.repeat(1000)}${']'.repeat(1000)}`) as object;
    const large = { text: 'ñ'.repeat(1_000_000), list: Array.from({ length: 10_000 }, (_, n) => n) };
    await store.appendToStream('a', [event(1, { deep }), event(2, large)]);
    expect(JSON.stringify(await dataOf(store, 'a'))).toBe(JSON.stringify([{ deep }, large]));
    expect((await store.appendToStream('a', [event(1, { deep })])).nextExpectedStreamVersion).toBe(1n);
  },
});

/** Every two of them are two streams, however a store writes a name. */
const NAMES = [
  ...[
    '',
    ' ',
    'visit',
    'visit-',
    'visit-1',
    'visit-10',
    'visit-1 ',
    ' visit-1',
    'VISIT-1',
    'visit-1\u0000',
    'visit-1\u0000x',
  ],
  ...[
    'visit-1%',
    'visit-_',
    'visit-1*',
    "visit-1'",
    'visit-1"',
    'visit-1\\',
    'visit-1\\u0000',
    '\ud800',
    '\udc00',
    '\ufffd',
  ],
  ...['é', 'e\u0301', '__proto__', 'constructor', 'toString', '\u{1f527}', '0', '00', '1e0', 'null', 'x'.repeat(5000)],
];

export const names = cases('stream names', {
  'any string is a name, and no two names are one stream': async (store) => {
    for (const [n, name] of NAMES.entries()) {
      await store.appendToStream(name, events(n), { expectedStreamVersion: 'STREAM_DOES_NOT_EXIST' });
    }
    for (const [n, name] of NAMES.entries()) {
      const { events: read } = await store.readStream(name);
      expect(read.map(({ data, metadata }) => [data, metadata.streamName])).toEqual([[{ n }, name]]);
      expect(await store.streamExists(name)).toBe(true);
      expect((await store.readStored(name)).map(({ streamName }) => streamName)).toEqual([name]);
      expect((await store.appendToStream(name, events(n))).nextExpectedStreamVersion).toBe(1n);
    }
  },
});

export const aliasing = cases('aliasing', {
  'what the caller does to an event after the append changes nothing': async (store) => {
    const data = { list: [1], deep: { x: 1 } };
    const metadata = { eventId: 'event-1', tags: ['a'] };
    const batch = [{ type: 'T', data, metadata }];
    const append = store.appendToStream('a', batch);
    data.list.push(2);
    data.deep.x = 2;
    metadata.tags.push('b');
    batch.push({ type: 'U', data, metadata: { eventId: 'event-2', tags: [] } });
    await append;
    data.list.push(3);
    const { events: read } = await store.readStream('a');
    expect(read).toHaveLength(1);
    expect([read[0]!.data, (read[0]!.metadata as unknown as { tags: string[] }).tags]).toEqual([
      { list: [1], deep: { x: 1 } },
      ['a'],
    ]);
  },
  'nor does the store touch the caller’s events: frozen ones are taken': async (store) => {
    const frozen = Object.freeze({
      type: 'T',
      data: Object.freeze({ n: 1 }),
      metadata: Object.freeze({ eventId: 'i' }),
    });
    await store.appendToStream('a', Object.freeze([frozen]));
    expect(await dataOf(store, 'a')).toEqual([{ n: 1 }]);
  },
  'what a reader does to what it read, no other reader sees': async (store) => {
    await store.appendToStream('a', [event(1, { list: [1] })]);
    const first = await store.readStream('a');
    const stored = await store.readStored('a');
    const before = structuredClone({ first, stored });
    (first.events[0]!.data as { list: number[] }).list.push(2);
    Object.assign(first.events[0]?.metadata ?? {}, { streamPosition: 9n });
    first.events.pop();
    Object.assign(stored[0] ?? {}, { text: '{}', streamPosition: 9n });
    stored.pop();
    expect(await store.readStream('a')).toEqual(before.first);
    expect(await store.readStored('a')).toEqual(before.stored);
    expect((await store.appendToStream('a', events(2))).nextExpectedStreamVersion).toBe(2n);
  },
});
