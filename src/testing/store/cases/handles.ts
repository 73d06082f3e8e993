import { STREAM_DOES_NOT_EXIST } from '../../../stores/event-store.ts';
import { errorOf, same, sameFields } from '../../assert.ts';
import { cases, needing } from '../stage/case.ts';
import { event, events, numbers, readNumbers } from '../stage/events.ts';
import { appendPlaces, raceMovers } from './consumers.ts';
import { follow, followWriters } from './feed.ts';
import { repeats } from './idempotency.ts';
import { raceAfterEvent } from './last-event.ts';
import { appendAll, raceAtVersion, readsItsWrites, wholeBatches } from './racing.ts';
import { row } from './rows.ts';

export const handles = cases('handles', [], {
  'each reads at once what the other appended': async ({ store, second }) => {
    const other = await second();
    same(false, await other.streamExists('a'), 'streamExists before anything was appended');
    await readsItsWrites(store, other);
    await other.appendToStream('b', events(100));
    same([100], await readNumbers(store, 'b'), 'the events that the second handle appended');
  },
  'a reader on one handle sees whole batches while the other appends': async ({ store, second }) =>
    wholeBatches(await second(), store),
  'of appends at one version exactly one wins, over both': needing(['expectations'], async ({ store, second }) => {
    const both = [store, await second()];
    for (const round of numbers(0, 4)) await raceAtVersion(both, `new-${round}`, 0n, STREAM_DOES_NOT_EXIST);
    for (const before of [0n, 2n, 4n, 6n, 8n]) await raceAtVersion(both, 'a', before);
  }),
  'writers on both that try again all get in': needing(['expectations'], async ({ store, second }) =>
    appendAll([store, await second()], ['a', 'b']),
  ),
  'of appends after one event exactly one gets in, over both': needing(
    ['lastEventId', 'expectations'],
    async ({ store, second }) => raceAfterEvent([store, await second()]),
  ),
  'each sees at once the texts that the other stored, and its lag': needing(
    ['stored', 'feed', 'lag'],
    async ({ store, second }) => {
      const other = await second();
      for (const n of numbers(1, 3)) {
        await store.appendToStream('a', events(n));
        same(await store.readStored('a'), await other.readStored('a'), 'the stored events');
        same({ events: n, held: null }, await other.readLag(null), 'the lag');
      }
    },
  ),
  'a repeat is known to both': needing(['idempotency'], async ({ store, second }) => {
    const other = await second();
    const first = await store.appendToStream('a', events(1, 2));
    await repeats(other, 'a', events(1, 2), first, { expectedStreamVersion: 0n });
    await errorOf(other.appendToStream('b', [event(1, { other: true })]), 'an id that is taken');
  }),
  'both show one feed, while both write': needing(['feed'], async ({ store, second }) => {
    const both = [store, await second()];
    await followWriters(both, both);
    const [one, other] = [await follow(both[0] ?? store), await follow(both[1] ?? store)];
    same(one, other, 'the feed of the second handle');
  }),
  'of moves from one place exactly one is made, over both': needing(
    ['feed', 'rows', 'consumers'],
    async ({ store, second }) => raceMovers([store, await second()]),
  ),
  'each sees at once where the other moved a consumer': needing(
    ['feed', 'rows', 'consumers'],
    async ({ store, second }) => {
      const other = await second();
      const [first] = await appendPlaces(store, 1);
      same([null, []], [await other.readRow('p', 'k'), await other.readRows('p')], 'the rows before the move');
      await store.commitCheckpoint('c', { expected: 0, cursor: first ?? null, rows: [row('p', 'k', { n: 1 })] });
      same(await store.readCheckpoint('c'), await other.readCheckpoint('c'), 'the checkpoint');
      same({ key: 'k', body: { n: 1 } }, await other.readRow('p', 'k'), 'the row');
      same(await store.readRows('p'), await other.readRows('p'), 'all rows');
      await other.reset('c');
      const atStart = { cursor: null, parked: [] };
      sameFields(atStart, await store.readCheckpoint('c'), 'the checkpoint after the other reset it');
    },
  ),
});
