import {
  type AppendToStreamOptions,
  type EventShape,
  type EventStore,
  STREAM_DOES_NOT_EXIST,
} from '../../../stores/event-store.ts';
import { refuses, same, sameFields } from '../../assert.ts';
import { cases, needing } from '../stage/case.ts';
import { event, events, numbers, readData, readNumbers } from '../stage/events.ts';
import { listWinners, race } from '../stage/writers.ts';
import { conflicts } from './expectations.ts';
import { PLAIN_NAMES } from './names.ts';

const reused = (eventId: string, reason: string) => ({
  name: 'EventIdReusedError',
  code: 'event-id-reused',
  errorCode: 409,
  eventId,
  reason,
});

const answer = (version: bigint, createdNewStream = false) => ({
  nextExpectedStreamVersion: version,
  createdNewStream,
});

/** Appends a batch that is stored already, and says that it is answered as it was. */
export async function repeats(
  store: EventStore,
  stream: string,
  batch: readonly EventShape[],
  first: object,
  options?: AppendToStreamOptions,
): Promise<void> {
  const before = await store.readStream(stream);
  const again = await store.appendToStream(stream, batch, options);
  sameFields({ ...first, repeated: true }, again, 'the answer to the repeat');
  same(before, await store.readStream(stream), 'the stream after the repeat');
}

const other = (n: number) => event(n, { n, other: true });

export const idempotency = cases('idempotency', [], {
  'a first append says that it is no repeat': async ({ store }) => {
    sameFields({ repeated: false }, await store.appendToStream('a', events(1)), 'the first append');
    sameFields({ repeated: false }, await store.appendToStream('a', events(2)), 'the second append');
    sameFields({ repeated: false }, await store.appendToStream('a', []), 'an empty append');
  },
  'the same batch again is answered as the first time and writes nothing': async ({ store }) => {
    const first = await store.appendToStream('a', events(1, 2));
    await repeats(store, 'a', events(1, 2), first);
    await repeats(store, 'a', events(1, 2), first);
    same([1, 2], await readNumbers(store, 'a'), 'the events of the stream');
  },
  'a repeat has its old place, though the stream went on': async ({ store }) => {
    await store.appendToStream('a', events(1));
    const first = await store.appendToStream('a', events(2, 3));
    await store.appendToStream('a', events(4));
    await repeats(store, 'a', events(2, 3), first);
    await store.appendToStream('a', events(5));
    same([1, 2, 3, 4, 5], await readNumbers(store, 'a'), 'the events of the stream');
  },
  'a batch of any size, at any position': async ({ store }) => {
    const firsts: [EventShape[], object][] = [];
    for (const [at, size] of [1, 3, 1, 2, 5, 1].entries()) {
      const batch = events(...numbers(100 * at, 100 * at + size - 1));
      firsts.push([batch, await store.appendToStream('a', batch)]);
    }
    for (const [batch, first] of firsts) await repeats(store, 'a', batch, first);
  },
  'a run within a stored batch, or over several, is a repeat too': async ({ store }) => {
    await store.appendToStream('a', events(1, 2, 3));
    await store.appendToStream('a', events(4, 5));
    for (const first of numbers(1, 5)) {
      for (const last of numbers(first, 5)) {
        await repeats(store, 'a', events(...numbers(first, last)), answer(BigInt(last), first === 1));
      }
    }
  },
  'an answer that got lost may be asked for again, as often as one likes, whatever was expected': async ({ store }) => {
    for (const expectedStreamVersion of [STREAM_DOES_NOT_EXIST, 0n] as const) {
      const stream = `a-${expectedStreamVersion}`;
      const batch = [1, 2].map((n) => ({ type: 'T', data: { n }, metadata: { eventId: `${stream}-${n}` } }));
      const options = { expectedStreamVersion };
      const first = await store.appendToStream(stream, batch, options);
      sameFields(answer(2n, true), first, `an append that expects ${expectedStreamVersion}`);
      for (const _ of [1, 2, 3]) await repeats(store, stream, batch, first, options);
      await repeats(store, stream, batch, first, { expectedStreamVersion: 77n });
    }
  },
  'the order of keys is no difference of content': async ({ store }) => {
    const first = { type: 'T', data: { x: 1, y: [{ p: 1, q: 2 }] }, metadata: { eventId: 'i', m: 1 } };
    const turned = { metadata: { m: 1, eventId: 'i' }, data: { y: [{ q: 2, p: 1 }], x: 1 }, type: 'T' };
    await repeats(store, 'a', [turned], await store.appendToStream('a', [first]));
  },
  'what JSON drops is no difference of content': async ({ store }) => {
    const first = await store.appendToStream('a', [event(1, { zero: -0, none: undefined })]);
    await repeats(store, 'a', [event(1, { zero: 0 })], first);
  },
  'the same id with another type, data or metadata is refused': async ({ store }) => {
    await store.appendToStream('a', [{ type: 'T', data: { x: [1, 2] }, metadata: { eventId: 'i', m: 1 } }]);
    const others = [
      { type: 'U', data: { x: [1, 2] }, metadata: { eventId: 'i', m: 1 } },
      { type: 'T', data: { x: [2, 1] }, metadata: { eventId: 'i', m: 1 } },
      { type: 'T', data: { x: [1, 2], z: null }, metadata: { eventId: 'i', m: 1 } },
      { type: 'T', data: { x: [1, 2] }, metadata: { eventId: 'i', m: '1' } },
      { type: 'T', data: { x: [1, 2] }, metadata: { eventId: 'i' } },
    ];
    for (const [n, one] of others.entries()) {
      await refuses(store.appendToStream('a', [one]), reused('i', 'other-content'), `the other content ${n}`);
    }
    same([{ x: [1, 2] }], await readData(store, 'a'), 'the events of the stream');
  },
  'other content in the middle of a batch is refused, and nothing is written': async ({ store }) => {
    await store.appendToStream('a', events(1, 2, 3));
    for (const at of [0, 1, 2]) {
      const batch = numbers(1, 3).map((n) => (n === at + 1 ? other(n) : event(n)));
      const refusal = reused(`event-${at + 1}`, 'other-content');
      await refuses(store.appendToStream('a', batch), refusal, `other content at ${at + 1} of a stored batch`);
    }
    same([{ n: 1 }, { n: 2 }, { n: 3 }], await readData(store, 'a'), 'the events of the stream');
  },
  'an id is unique in the store, not in a stream': async ({ store }) => {
    await store.appendToStream('a', events(1));
    await refuses(store.appendToStream('b', events(1)), reused('event-1', 'other-stream'), 'the same event elsewhere');
    same(false, await store.streamExists('b'), 'whether the refused append made its stream');
  },
  'an id twice in a batch is refused before anything is written': async ({ store }) => {
    for (const first of numbers(0, 4)) {
      for (const second of numbers(first + 1, 4)) {
        for (const twin of [event(0), other(0)]) {
          const batch = numbers(0, 4).map((at) => (at === first ? event(0) : at === second ? twin : event(10 + at)));
          const what = `a batch of 5 with one id at ${first} and at ${second}`;
          await refuses(store.appendToStream('a', batch), reused('event-0', 'twice-in-batch'), what);
        }
      }
    }
    same(false, await store.streamExists('a'), 'whether something was written');
    await store.appendToStream('a', events(0, 11, 12));
    same([0, 11, 12], await readNumbers(store, 'a'), 'what may be appended afterwards');
  },
  'a batch of which part is stored is refused whole': async ({ store }) => {
    await store.appendToStream('a', events(1, 2));
    const batches = [
      [[2, 3], 2],
      [[3, 2], 2],
      [[1, 2, 3], 1],
      [[3, 1, 2], 1],
      [[1, 3, 2], 1],
    ] as const;
    for (const [batch, id] of batches) {
      const refusal = reused(`event-${id}`, 'other-batch');
      await refuses(store.appendToStream('a', events(...batch)), refusal, `the batch ${batch}, after 1 and 2`);
    }
    same([1, 2], await readNumbers(store, 'a'), 'the events of the stream');
  },
  'stored events in another order, or with one left out, are another batch': async ({ store }) => {
    await store.appendToStream('a', events(1, 2, 3));
    const refusing = async (numbers: readonly number[], id: number) =>
      refuses(store.appendToStream('a', events(...numbers)), reused(`event-${id}`, 'other-batch'), `${numbers}`);
    await refusing([2, 1], 1);
    await refusing([1, 3], 3);
    same([1, 2, 3], await readNumbers(store, 'a'), 'the events of the stream');
  },
  'ids differ by every character': async ({ store }) => {
    const ids = [
      ...['x', 'X', 'x ', ' x', 'x\u0000', 'x\u0000y', 'é', 'e\u0301', '\ud800', '\udc00', '\ufffd', '\\u0000', '"'],
      ...['00000000-0000-4000-8000-000000000000', '00000000-0000-4000-8000-00000000000A', '1', '01', '1n', 'null'],
      ...['00000000-0000-4000-8000-00000000000a', '__proto__', 'constructor'],
      ...[...'01'].map((last) => `${'long '.repeat(400)}${last}`),
    ];
    for (const [n, eventId] of ids.entries()) {
      await store.appendToStream('a', [{ type: 'T', data: { n }, metadata: { eventId } }]);
    }
    same(numbers(0, ids.length - 1), await readNumbers(store, 'a'), 'the events of the stream');
    for (const [n, eventId] of ids.entries()) {
      await repeats(store, 'a', [{ type: 'T', data: { n }, metadata: { eventId } }], answer(BigInt(n + 1), n === 0));
    }
  },
  'the id of an event is the id that it is read with': async ({ store }) => {
    await store.appendToStream('a', events(1, 2));
    const ids = (await store.readStream('a')).events.map(({ metadata }) => metadata.messageId);
    same(['event-1', 'event-2'], ids, 'the message ids');
  },
  'a repeat is known in a stream of any name': needing(['names', 'fidelity'], async ({ store }) => {
    for (const [n, name] of [...PLAIN_NAMES, 'é', 'e\u0301', '', '\u0000', '\ud800', '__proto__'].entries()) {
      await repeats(store, name, events(n), await store.appendToStream(name, events(n)));
    }
  }),
  'a repeat of 1 MB is known, and one that is 1,000 deep': needing(['names', 'fidelity'], async ({ store }) => {
    const deep = JSON.parse(`${'['.repeat(1000)}${']'.repeat(1000)}`) as object;
    const batch = [event(1, { deep }), event(2, { text: 'ñ'.repeat(500_000) })];
    await repeats(store, 'a', batch, await store.appendToStream('a', batch));
    const other = event(1, { deep: [deep] });
    await refuses(store.appendToStream('a', [other]), reused('event-1', 'other-content'), 'one that is a level deeper');
  }),
  'a refused event leaves its id free': needing(['expectations'], async ({ store }) => {
    await store.appendToStream('a', events(1));
    await conflicts(store.appendToStream('a', events(2), { expectedStreamVersion: 7n }), 'an append at 7 of 1');
    const { nextExpectedStreamVersion } = await store.appendToStream('b', [other(2)]);
    same(1n, nextExpectedStreamVersion, 'the version of the same id, other content, elsewhere');
  }),
  'many repeats of one batch at once write it once': needing(['expectations'], async ({ store }) => {
    const racers = numbers(1, 12).map(
      () => () => store.appendToStream('a', events(1, 2), { expectedStreamVersion: 0n }),
    );
    let written = 0;
    for (const result of await race(racers)) {
      if (result.status === 'rejected') throw result.reason;
      sameFields(answer(2n, true), result.value, 'the answer to each');
      if (!result.value.repeated) written += 1;
    }
    same(1, written, 'how many were told that they are no repeat');
    same([1, 2], await readNumbers(store, 'a'), 'the events of the stream');
  }),
  'one id with two contents at once: one of them is stored': needing(['expectations'], async ({ store }) => {
    const racers = numbers(0, 7).map((n) => () => store.appendToStream(`s-${n}`, [event(1, { n })]));
    const won = listWinners(await race(racers));
    same(1, won.length, 'how many of 8 appends of one id, each with its own content, were accepted');
    for (const n of numbers(0, 7)) {
      same(won.includes(n) ? [{ n }] : [], await readData(store, `s-${n}`), `the events of s-${n}`);
    }
  }),
});
