import type { EventStore, FeedEvent } from '../../../stores/event-store.ts';
import { ensure, errorOf, same, sameFields } from '../../assert.ts';
import { cases, needing, type TestContext } from '../stage/case.ts';
import { event, events, idsOf, numbers, turn } from '../stage/events.ts';
import type { AppendRecord } from '../stage/history-checker.ts';
import { TEXTS } from '../stage/texts.ts';
import { attempt, type Batch, batch, makeEvents, mustBeClean, readFinal } from '../stage/writers.ts';
import { appendPlaces, moveTo, parked } from './consumers.ts';
import { follow, followUntil } from './feed.ts';
import { repeats } from './idempotency.ts';
import { AT, retried } from './retrying.ts';
import { row } from './rows.ts';

export const reopen = cases('reopen', [], {
  'what was appended is there, and the counting goes on': async ({ store, reopen }) => {
    await store.appendToStream('a', [event(1, { texts: TEXTS }), event(2)]);
    await store.appendToStream('b', events(3).map(bare));
    const before = [await store.readStream('a'), await store.readStream('b')];
    const again = await reopen();
    same(before, [await again.readStream('a'), await again.readStream('b')], 'the streams after reopening');
    const answer = await again.appendToStream('a', events(4));
    sameFields({ nextExpectedStreamVersion: 3n, createdNewStream: false }, answer, 'the next append');
    same(false, await again.streamExists('c'), 'streamExists of what never was');
  },
  'what was appended is there after every append': async (stage) => {
    let { store } = stage;
    for (const n of numbers(1, 5)) {
      const { nextExpectedStreamVersion } = await store.appendToStream('a', events(2 * n, 2 * n + 1));
      store = await stage.reopen();
      const { currentStreamVersion, events: read } = await store.readStream('a');
      same(nextExpectedStreamVersion, currentStreamVersion, 'the version after reopening');
      same(2 * n, read.length, 'how many events are there after reopening');
    }
  },
  'expected versions are judged by what was there': needing(['expectations'], async ({ store, reopen }) => {
    await store.appendToStream('a', events(1, 2));
    const again = await reopen();
    await errorOf(again.appendToStream('a', events(3), { expectedStreamVersion: 0n }), 'an append at 0 of 2');
    const answer = await again.appendToStream('a', events(3), { expectedStreamVersion: 2n });
    same(3n, answer.nextExpectedStreamVersion, 'an append at 2 of 2');
  }),
  'a repeat is known': needing(['idempotency'], async ({ store, reopen }) => {
    const first = await store.appendToStream('a', events(1, 2));
    await store.appendToStream('a', events(3));
    const again = await reopen();
    await repeats(again, 'a', events(1, 2), first, { expectedStreamVersion: 0n });
    await errorOf(again.appendToStream('a', [event(1, { other: true })]), 'an id that is taken');
    await errorOf(again.appendToStream('b', events(2)), 'an id that is taken elsewhere');
  }),
  'the feed, its places, the rows, the checkpoints and what is parked are there': needing(
    ['feed', 'rows', 'consumers'],
    async ({ store, reopen }) => {
      for (const n of numbers(1, 4)) {
        await store.appendToStream(n % 2 === 0 ? 'a' : 'b', events(n), { rows: [row('p', `k-${n}`, { n })] });
      }
      const shown = await follow(store);
      const cursor = shown[1]?.cursor ?? null;
      await store.commitCheckpoint('c', { expected: 0, cursor, park: [{ streamName: 'a', from: 1n, reason: 'why' }] });
      const before = [await store.readCheckpoint('c'), await store.readRows('p')];
      const again = await reopen();
      same(shown, await follow(again), 'the feed after reopening');
      same(before, [await again.readCheckpoint('c'), await again.readRows('p')], 'checkpoint and rows after reopening');
      await again.appendToStream('d', events(9));
      same(['event-9'], idsOf(await follow(again, shown.at(-1)?.cursor)), 'what is shown then');
    },
  ),
  'what is tried again, what was handled and what is being built are there': needing(
    ['feed', 'rows', 'consumers', 'retrying', 'generations'],
    async ({ store, reopen }) => {
      const park = [{ ...parked('b', 1n), since: AT }];
      await moveTo(store, 'c', null, { retry: [retried('a', 2n)], park, handled: 3 });
      await store.startGeneration('p', 'builder');
      await moveTo(store, 'builder', null, { rows: [{ ...row('p', 'k', { n: 1 }), generation: 'building' }] });
      const before = [await store.readCheckpoint('c'), await store.readCheckpoint('builder')];
      const again = await reopen();
      same(before, [await again.readCheckpoint('c'), await again.readCheckpoint('builder')], 'the checkpoints');
      await again.promoteGeneration('p', { builder: 'builder', expected: before[1]?.revision ?? 0, current: 0 });
      same([{ key: 'k', body: { n: 1 } }], await again.readRows('p'), 'the rows that were swapped in');
    },
  ),
});

const WRITERS = 4;

type Crashed = {
  readonly store: EventStore;
  readonly records: readonly AppendRecord[];
  readonly streams: readonly string[];
};

/** Writers append until the store goes down under them. */
async function crashWhileWriting(stage: TestContext): Promise<Crashed> {
  const records: AppendRecord[] = [];
  const streams = ['shared', ...numbers(0, WRITERS - 1).map((writer) => `own-${writer}`)];
  let down = false;
  const writing = numbers(0, WRITERS - 1).map(async (writer) => {
    for (let n = 0; !down; n += 1) {
      const one = batch(`w${writer}`, n % 2 === 0 ? 'shared' : `own-${writer}`, n, 3);
      try {
        await attempt(stage.store, one, undefined, (record) => records.push(record));
      } catch {
        if (down) return;
        await turn(5);
      }
      if (n % 4 === writer) await turn();
    }
  });
  const acknowledged = () => records.filter(({ type }) => type === 'ok').length;
  for (let tries = 0; acknowledged() < 5 * WRITERS; tries += 1) {
    ensure(tries < 5_000, `only ${acknowledged()} appends were acknowledged`);
    await turn(1);
  }
  const crashing = stage.crash();
  down = true;
  const store = await crashing;
  await Promise.race([Promise.allSettled(writing), turn(2_000)]);
  return { store, records: [...records], streams };
}

/** The batches in doubt. */
function listUnknown(records: readonly AppendRecord[]): Batch[] {
  const open = new Map<string, Batch>();
  for (const { type, ids, writer, stream } of records) {
    if (type === 'invoke') open.set(ids.join(), { writer, stream, ids });
    else if (type !== 'unknown') open.delete(ids.join());
  }
  return [...open.values()];
}

export const crash = cases('crash', [], {
  'what was acknowledged is there; what was not is whole or absent': async (stage) => {
    const { store, records, streams } = await crashWhileWriting(stage);
    mustBeClean(records, await readFinal(store, streams));
  },
  'the store goes on, without a gap': async (stage) => {
    const { store, streams } = await crashWhileWriting(stage);
    for (const stream of streams) {
      const { currentStreamVersion } = await store.readStream(stream);
      const answer = await store.appendToStream(stream, [event(Number(currentStreamVersion), { stream })].map(bare));
      same(currentStreamVersion + 1n, answer.nextExpectedStreamVersion, `the next version of ${stream}`);
    }
  },
  'a batch whose outcome is unknown may be appended again, and is there once': needing(
    ['idempotency'],
    async (stage) => {
      const { store, records, streams } = await crashWhileWriting(stage);
      const again: AppendRecord[] = [...records];
      for (const one of listUnknown(records)) {
        for (const _ of [1, 2]) await attempt(store, one, undefined, (record) => again.push(record));
      }
      for (const { ids, stream, writer } of records.filter(({ type }) => type === 'ok').slice(-WRITERS)) {
        const answer = await store.appendToStream(stream, makeEvents({ ids, stream, writer }));
        same(true, answer.repeated, `whether ${ids.join()}, which was acknowledged before the crash, is a repeat`);
      }
      mustBeClean(again, await readFinal(store, streams));
    },
  ),
  'rows and checkpoints that were acknowledged are there': needing(
    ['feed', 'rows', 'consumers'],
    async ({ store, crash }) => {
      const [first] = await appendPlaces(store, 2);
      await store.appendToStream('a', events(9), { rows: [row('p', 'k', { n: 1 })] });
      await moveTo(store, 'c', first, { rows: [row('q', 'k', { n: 2 })], park: [parked('b', 1n)] });
      const found = async (from: EventStore) => [
        await from.readCheckpoint('c'),
        await from.readRows('p'),
        await from.readRows('q'),
      ];
      const before = await found(store);
      same(before, await found(await crash()), 'the checkpoint and the rows after the crash');
    },
  ),
  'the feed shows what is there, and goes on': needing(['feed'], async (stage) => {
    const { store, streams } = await crashWhileWriting(stage);
    await store.appendToStream('after', [{ type: 'T', data: {} }]);
    const all = [...streams, 'after'];
    const versions = async (stream: string) =>
      (await store.readStream(stream)).events.map(({ metadata }) => metadata.streamPosition);
    // What a writer had sent may be committed only now: the feed shows what was there before it was read, and no more than what
    // is there afterwards.
    const before = await Promise.all(all.map(versions));
    const shown: FeedEvent[] = [];
    await followUntil(store, shown, before.flat().length);
    for (const [n, stream] of all.entries()) {
      const fed = shown.filter(({ streamName }) => streamName === stream).map(({ streamPosition }) => streamPosition);
      const least = before[n]?.length ?? 0;
      same(before[n], fed.slice(0, least), `the events of ${stream} in the feed, against those of the stream`);
      same(
        (await versions(stream)).slice(least, fed.length),
        fed.slice(least),
        `what was committed later to ${stream}`,
      );
    }
  }),
});

const bare = ({ type, data }: { type: string; data: object }) => ({ type, data });
