import { type EventStore, STREAM_DOES_NOT_EXIST, STREAM_EXISTS } from '../../../stores/event-store.ts';
import { refuses, same } from '../../assert.ts';
import { cases, needing } from '../stage/case.ts';
import { event, events, readNumbers } from '../stage/events.ts';
import { listWinners, race } from '../stage/writers.ts';
import { conflicts } from './expectations.ts';

/** Ids that a store may keep otherwise than as they are. */
const IDS = ['event', 'Event', 'a\u0000b', '\ud800', 'e\u0301', '\u00e9', `${'long '.repeat(400)}1`, '__proto__'];

const ALSO_EXPECTED = [
  {},
  { expectedStreamVersion: 3n },
  { expectedStreamVersion: STREAM_EXISTS },
  { expectedStreamVersion: 5n },
] as const;

const saying = (id: string, n = 0) => ({ type: 'Counted', data: { n }, metadata: { eventId: id } });

export const lastEvent = cases('lastEventId', ['expectations'], {
  'a store that judges it says so': async ({ store }) => {
    same(true, store.checksLastEventId, 'checksLastEventId');
  },
  'an append that expects the last event gets in, whatever else it expects': async ({ store }) => {
    await store.appendToStream('a', events(1, 2));
    for (const [n, also] of ALSO_EXPECTED.entries()) {
      const last = (await store.readStream('a')).events.at(-1)?.metadata.messageId ?? '';
      const expected = { ...also, expectedLastEventId: last };
      const answer = await store.appendToStream('a', [event(n + 3)], expected);
      same(BigInt(n + 3), answer.nextExpectedStreamVersion, `append ${n}`);
    }
    const more = { expectedStreamVersion: 6n, expectedLastEventId: 'event-6' };
    same(8n, (await store.appendToStream('a', events(7, 8), more)).nextExpectedStreamVersion, 'an append of two');
    same([1, 2, 3, 4, 5, 6, 7, 8], await readNumbers(store, 'a'), 'the events of the stream');
  },
  'another last event at the same version is a conflict, and nothing is written': async ({ store }) => {
    await store.appendToStream('a', events(1, 2));
    await store.appendToStream('b', events(3, 4));
    for (const other of ['event-1', 'event-4', 'event-9']) {
      for (const batch of [events(5), events(5, 6), []]) {
        const expected = { expectedStreamVersion: 2n, expectedLastEventId: other };
        await conflicts(store.appendToStream('a', batch, expected), `${batch.length} events after ${other} of event-2`);
        await conflicts(store.appendToStream('a', batch, { expectedLastEventId: other }), `the same at any version`);
      }
    }
    same([1, 2], await readNumbers(store, 'a'), 'the events of the stream');
    await store.appendToStream('a', events(5), { expectedStreamVersion: 2n, expectedLastEventId: 'event-2' });
    same([1, 2, 5], await readNumbers(store, 'a'), 'the events of the stream');
  },
  'the version is judged as well': async ({ store }) => {
    await store.appendToStream('a', events(1, 2));
    for (const expectedStreamVersion of [0n, 1n, 3n, STREAM_DOES_NOT_EXIST] as const) {
      const expected = { expectedStreamVersion, expectedLastEventId: 'event-2' };
      await conflicts(
        store.appendToStream('a', events(3), expected),
        `an append that expects ${expectedStreamVersion}`,
      );
    }
    same([1, 2], await readNumbers(store, 'a'), 'the events of the stream');
  },
  'a missing stream has no last event': async ({ store }) => {
    await store.appendToStream('b', events(1));
    for (const expected of [
      {},
      { expectedStreamVersion: 0n },
      { expectedStreamVersion: STREAM_DOES_NOT_EXIST },
    ] as const) {
      const append = store.appendToStream('a', events(2), { ...expected, expectedLastEventId: 'event-1' });
      await conflicts(append, 'an append to a missing stream that expects an event');
    }
    same(false, await store.streamExists('a'), 'whether a refused append made its stream');
  },
  'the conflict says both ids, and is one of version by its codes': async ({ store }) => {
    await store.appendToStream('a', events(1, 2));
    const codes = { name: 'VersionConflictError', code: 'version-conflict', errorCode: 412 };
    const expectation = { expectedStreamVersion: 2n, expectedLastEventId: 'event-1' };
    const ids = { expectedLastEventId: 'event-1', actualLastEventId: 'event-2' };
    const said = { ...codes, streamName: 'a', expected: 2n, actual: 2n, ...ids };
    await refuses(store.appendToStream('a', events(3), expectation), said, 'another last event');
    const none = { ...codes, streamName: 'b', actual: 0n, expectedLastEventId: 'event-1', actualLastEventId: null };
    await refuses(store.appendToStream('b', events(3), { expectedLastEventId: 'event-1' }), none, 'a missing stream');
    const stale = { ...expectation, expectedStreamVersion: 1n };
    const ofVersion = { ...codes, expected: 1n, actual: 2n, expectedLastEventId: undefined };
    await refuses(store.appendToStream('a', events(3), stale), ofVersion, 'another version');
  },
  'ids are compared to the character': async ({ store }) => {
    for (const [n, id] of IDS.entries()) {
      const name = `stream-${n}`;
      await store.appendToStream(name, [saying(id)]);
      for (const other of IDS) {
        const append = store.appendToStream(name, [], { expectedStreamVersion: 1n, expectedLastEventId: other });
        if (other === id)
          same(1n, (await append).nextExpectedStreamVersion, `what ${JSON.stringify(id)} is followed by`);
        else await conflicts(append, `${JSON.stringify(other)} for ${JSON.stringify(id)}`);
      }
    }
  },
  'what is no id is refused': async ({ store }) => {
    await store.appendToStream('a', events(1));
    for (const id of ['', null, 1, {}]) {
      const append = store.appendToStream('a', events(2), { expectedLastEventId: id as string });
      await refuses(append, { code: 'store-invalid', errorCode: 400 }, `the id ${JSON.stringify(id)}`);
    }
  },
  'of many appends after one event exactly one gets in': ({ store }) => raceAfterEvent([store]),
  'a repeat is answered as the first time, whatever event it expects': needing(['idempotency'], async ({ store }) => {
    await store.appendToStream('a', events(1));
    const expected = { expectedStreamVersion: 1n, expectedLastEventId: 'event-1' };
    const first = await store.appendToStream('a', events(2, 3), expected);
    await store.appendToStream('a', events(4));
    const again = await store.appendToStream('a', events(2, 3), expected);
    same({ ...first, repeated: true }, again, 'the answer to a repeat');
  }),
  'a conflict writes no rows': needing(['rows'], async ({ store }) => {
    await store.appendToStream('a', events(1));
    const rows = [{ projection: 'p', key: 'k', body: {} }];
    await conflicts(store.appendToStream('a', events(2), { rows, expectedLastEventId: 'event-9' }), 'with a row');
    same(null, await store.readRow('p', 'k'), 'the row');
    await store.appendToStream('a', events(2), { rows, expectedStreamVersion: 1n, expectedLastEventId: 'event-1' });
    same({ key: 'k', body: {} }, await store.readRow('p', 'k'), 'the row');
  }),
});

/** Of appends after one event, over the handles in turn, one gets in. */
export async function raceAfterEvent(handles: readonly EventStore[]): Promise<void> {
  const [first] = handles;
  if (first === undefined) return;
  await first.appendToStream('a', events(1));
  const racers = [2, 3, 4, 5, 6, 7].map(
    (n) => async () => handles[n % handles.length]?.appendToStream('a', [event(n)], { expectedLastEventId: 'event-1' }),
  );
  const won = listWinners(await race(racers));
  same(1, won.length, 'how many of six appends after one event got in');
  same(2, (await readNumbers(first, 'a')).length, 'how many events the stream has');
}
