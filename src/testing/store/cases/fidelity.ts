import fc from 'fast-check';
import type { EventStore } from '../../../stores/event-store.ts';
import { ascii, same, sameText } from '../../assert.ts';
import { cases } from '../stage/case.ts';
import { event, readData } from '../stage/events.ts';
import { BARELY_TEXTS, DATES, DIGITS, NUMBERS, TEXTS } from '../stage/texts.ts';

type Alike = (expected: unknown, actual: unknown, what: string) => void;

/** Any UTF-16 code unit: often a plain letter, now and then one of those that stores are known to change. */
const unit = () =>
  fc.oneof(
    { weight: 5, arbitrary: fc.integer({ min: 0x20, max: 0x7e }) },
    { weight: 1, arbitrary: fc.constantFrom(0, 0x301, 0xd83d, 0xdd27, 0xfeff, 0x2028) },
    { weight: 1, arbitrary: fc.integer({ min: 0, max: 0xffff }) },
  );

function record(): fc.Arbitrary<object> {
  const text = fc.array(unit(), { maxLength: 12 }).map((units) => String.fromCharCode(...units));
  const digits = fc.bigInt({ min: 0n, max: 10n ** 30n }).map(String);
  const date = fc.date({ noInvalidDate: true }).map((at) => at.toISOString());
  const values = [text, digits, date, fc.double(), fc.maxSafeInteger(), fc.boolean(), fc.constant(null)];
  return fc.object({ key: text, values, maxDepth: 3, maxKeys: 5 });
}

/** Appends generated batches, each to a stream of its own, and reads them. A failure is shrunk. */
async function checkGenerated(store: EventStore, alike: Alike): Promise<void> {
  let streams = 0;
  const property = fc.asyncProperty(fc.array(record(), { minLength: 1, maxLength: 5 }), async (batch) => {
    streams += 1;
    const stream = `generated-${streams}`;
    const eventOf = (data: object, n: number) => ({
      type: 'Generated',
      data,
      metadata: { eventId: `${stream}-${n}`, copy: data },
    });
    await store.appendToStream(stream, batch.map(eventOf));
    const { events } = await store.readStream(stream);
    for (const [n, data] of batch.entries()) {
      const expected: unknown = JSON.parse(JSON.stringify(data));
      alike(expected, events[n]?.data, `the data of the event ${n} of ${batch.length}`);
      const { copy } = (events[n]?.metadata ?? {}) as { copy?: unknown };
      alike(expected, copy, 'the same in its metadata');
    }
  });
  await fc.assert(property, { seed: 20261125, numRuns: 40, includeErrorInReport: true });
}

/** Each text comes back as a value, as a key and in the metadata. */
async function checkTexts(store: EventStore, texts: readonly string[]): Promise<void> {
  const keyed = texts.map((text, n) => [text, n] as const);
  const asKeys = Object.fromEntries(keyed.filter(([text]) => text !== '__proto__'));
  const metadata = { eventId: 'event-1', texts };
  await store.appendToStream('a', [{ type: 'T', data: { texts }, metadata }, event(2, asKeys)]);
  const [first, second] = (await store.readStream('a')).events;
  for (const [where, record] of Object.entries({ data: first?.data, metadata: first?.metadata })) {
    const found = (record as { texts?: unknown[] } | undefined)?.texts ?? [];
    same(texts.length, found.length, `how many texts came back in the ${where}`);
    texts.forEach((text, n) => {
      sameText(text, found[n], `the text ${n} of the ${where}`);
    });
  }
  const keysOf = (entries: object) => Object.fromEntries(Object.entries(entries).map(([key, n]) => [ascii(key), n]));
  same(keysOf(asKeys), keysOf(second?.data ?? {}), 'the keys of the second event');
}

/** The data come back; in which order their keys come is looked at by itself. */
async function checkData(store: EventStore, data: object, expected: object = data): Promise<void> {
  await store.appendToStream('a', [event(1, data)]);
  same(expected, (await readData(store, 'a'))[0], 'the data that came back');
}

export const fidelity = cases('fidelity', [], {
  'texts come back as they were, as values, as keys and in the metadata': ({ store, texts }) =>
    checkTexts(store, [...new Set([...TEXTS, ...DIGITS, ...DATES, ...texts])]),
  'U+0000 and halves of a surrogate pair come back': ({ store }) => checkTexts(store, BARELY_TEXTS),
  'texts of digits stay texts': ({ store }) => checkData(store, { digits: DIGITS, one: DIGITS[0], n: 1 }),
  'dates stay texts': ({ store }) => checkData(store, { dates: DATES, at: DATES[0] }),
  'numbers stay the same doubles': async ({ store }) => {
    await store.appendToStream('a', [event(1, { numbers: NUMBERS })]);
    const [data] = (await readData(store, 'a')) as [{ numbers: unknown[] }];
    NUMBERS.forEach((number, n) => {
      same(number, data.numbers[n], `the number ${n}`);
    });
    same(NUMBERS.length, data.numbers.length, 'how many numbers came back');
  },
  'what JSON changes is changed as JSON changes it': async ({ store }) => {
    const data = { zero: -0, nan: Number.NaN, none: undefined, list: [undefined, -0], date: new Date(0), far: -1 / 0 };
    const changed = { zero: 0, nan: null, list: [null, 0], date: '1970-01-01T00:00:00.000Z', far: null };
    await checkData(store, data, changed);
  },
  'null, empty and nested values come back': ({ store }) =>
    checkData(store, {
      none: null,
      list: [],
      record: {},
      text: '',
      deep: [[[{ a: [null, [], {}] }]]],
      yes: true,
      no: false,
    }),
  'keys that mean something in JavaScript are keys': async ({ store }) => {
    const text = '{"__proto__":{"polluted":true},"constructor":1,"toString":2,"hasOwnProperty":3,"":4,"toJSON":5}';
    const metadata = { ...(JSON.parse(text) as object), eventId: 'event-1' };
    await store.appendToStream('a', [{ type: '__proto__', data: JSON.parse(text) as object, metadata }]);
    const [read] = (await store.readStream('a')).events;
    same('__proto__', read?.type, 'the type of the event');
    same(JSON.parse(text), read?.data, 'the data');
    same(true, Object.hasOwn(read?.metadata ?? {}, '__proto__'), 'whether the metadata have a key __proto__');
    same(undefined, ({} as { polluted?: boolean }).polluted, 'what every object inherits now');
  },
  'the order of keys stays, in the data and in the metadata': async ({ store }) => {
    const metadata = { z: 1, eventId: 'event-1', none: null, a: { y: 1, b: 2 } };
    await store.appendToStream('a', [{ metadata, data: { z: { y: 1, b: 2 }, aa: [], b: 1, a: 2 }, type: 'T' }]);
    const [read] = (await store.readStream('a')).events;
    sameText('{"z":{"y":1,"b":2},"aa":[],"b":1,"a":2}', JSON.stringify(read?.data), 'the data, as JSON');
    const own = Object.entries(read?.metadata ?? {}).filter(([key]) => key in metadata);
    sameText(JSON.stringify(Object.entries(metadata)), JSON.stringify(own), 'the metadata, as JSON');
  },
  'the types of events are any texts': async ({ store }) => {
    const types = ['', ' ', 'a b', '\u0000', '\ud800', 'é', 'e\u0301', 'T'.repeat(2000)];
    const batch = types.map((type, n) => ({ type, data: { n }, metadata: { eventId: `${n}` } }));
    await store.appendToStream('a', batch);
    const read = (await store.readStream('a')).events;
    types.forEach((type, n) => {
      sameText(type, read[n]?.type, `the type of the event ${n}`);
    });
  },
  'only type, data and metadata of an event are kept': async ({ store }) => {
    const more = { type: 'T', data: { n: 1 }, kind: 'Other', more: true, id: 7 };
    await store.appendToStream('a', [more]);
    const [read] = (await store.readStream('a')).events;
    same(['data', 'kind', 'metadata', 'type'], Object.keys(read ?? {}).sort(), 'the fields of the event');
    same('Event', read?.kind, 'its kind');
  },
  'an event of 2 MB and one that is 1,000 deep come back': async ({ store }) => {
    const deep = JSON.parse(`${'['.repeat(1000)}${']'.repeat(1000)}`) as object;
    const large = { text: 'ñ'.repeat(1_000_000), list: Array.from({ length: 10_000 }, (_, n) => n) };
    await store.appendToStream('a', [event(1, { deep }), event(2, large)]);
    const [first, second] = await readData(store, 'a');
    sameText(JSON.stringify({ deep }), JSON.stringify(first), 'the deep event');
    same(large, second, 'the large event');
  },
  'whatever JSON can hold comes back: generated data': ({ store }) => checkGenerated(store, same),
  'the order of keys stays: generated data': ({ store }) =>
    checkGenerated(store, (expected, actual, what) => sameText(JSON.stringify(expected), JSON.stringify(actual), what)),
});
