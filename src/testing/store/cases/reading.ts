import type { EventStore } from '../../../stores/event-store.ts';
import { ensure, same } from '../../assert.ts';
import { cases } from '../stage/case.ts';
import { events, numbers, turn } from '../stage/events.ts';

const SIZE = 4;
const BATCHES = 12;

/** Reads a stream again and again while another handle appends batches to it. */
export async function wholeBatches(writer: EventStore, reader: EventStore): Promise<void> {
  let done = false;
  const writing = (async () => {
    for (const n of numbers(0, BATCHES - 1)) {
      await writer.appendToStream('a', events(...numbers(n * SIZE, n * SIZE + SIZE - 1)));
      if (n % 3 === 0) await turn();
    }
  })().finally(() => {
    done = true;
  });
  let reads = 0;
  let seen: readonly string[] = [];
  for (let last = false; !last; ) {
    last = done;
    const read = await reader.readStream('a');
    const texts = read.events.map((event) => `${event.metadata.streamPosition} ${JSON.stringify(event.data)}`);
    const what = `of ${texts.length} events read, how many are of a batch of ${SIZE} that is not whole`;
    same(0, texts.length % SIZE, what);
    same(BigInt(texts.length), read.currentStreamVersion, 'the version that the read answers beside so many events');
    same(texts.length > 0, read.streamExists, 'whether the stream of so many events exists');
    ensure(texts.length >= seen.length, `a read of ${texts.length} events came after one of ${seen.length}`);
    same(seen, texts.slice(0, seen.length), 'what was read before');
    seen = texts;
    reads += 1;
    if (reads % 4 === 0) await turn();
  }
  await writing;
  same(SIZE * BATCHES, seen.length, 'how many events were read in the end');
}

/** Each append is read at once, wherever it was made. */
export async function readsItsWrites(writer: EventStore, reader: EventStore): Promise<void> {
  for (const n of numbers(1, 10)) {
    const { nextExpectedStreamVersion } = await writer.appendToStream('a', events(n));
    const read = await reader.readStream('a');
    same(nextExpectedStreamVersion, read.currentStreamVersion, 'the version read after the append was acknowledged');
    same(n, read.events.length, 'how many events are read after it');
    same(true, await reader.streamExists('a'), 'streamExists after it');
  }
}

export const reading = cases('reading', [], {
  'whoever reads while batches are appended sees whole ones, and what they read stays': ({ store }) =>
    wholeBatches(store, store),
  'an append that was acknowledged is read': ({ store }) => readsItsWrites(store, store),
  'what was read is a prefix of all that is read later': async ({ store }) => {
    let before: readonly unknown[] = [];
    for (const n of numbers(1, 8)) {
      await store.appendToStream('a', events(2 * n, 2 * n + 1));
      await store.appendToStream('b', events(100 + n));
      const { events: read } = await store.readStream('a');
      same(before, read.slice(0, before.length), 'what was read before');
      before = read;
    }
  },
});
