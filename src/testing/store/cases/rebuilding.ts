import type { EventStore } from '../../../stores/event-store.ts';
import { ensure, same, sameFields } from '../../assert.ts';
import { cases } from '../stage/case.ts';
import { events, numbers, numbersOf } from '../stage/events.ts';
import { allRows, row } from './rows.ts';

type Sum = { readonly count: number; readonly sum: number };

/** Folds the global stream into rows: the number of events of each stream, and their sum. */
async function project(store: EventStore, name: string, pageSize: number): Promise<void> {
  for (let pages = 0; ; pages += 1) {
    ensure(pages < 100, 'of 15 events, 100 pages of the feed were read, and it goes on');
    const { cursor, revision } = await store.readCheckpoint(name);
    const page = await store.readFeed({ after: cursor, maxCount: pageSize });
    const last = page.at(-1);
    if (last === undefined) return;
    const bodies = new Map<string, Sum>();
    for (const { streamName, text } of page) {
      const kept = bodies.get(streamName) ?? (await store.readRow(name, streamName))?.body;
      const { count, sum } = (kept ?? { count: 0, sum: 0 }) as Sum;
      const { data } = JSON.parse(text) as { data: { n: number } };
      bodies.set(streamName, { count: count + 1, sum: sum + data.n });
    }
    const changes = [...bodies].map(([key, body]) => row(name, key, body));
    await store.commitCheckpoint(name, { expected: revision, cursor: last.cursor, rows: changes });
  }
}

async function sumsOf(store: EventStore, streams: readonly string[]): Promise<Record<string, Sum>> {
  const sums: Record<string, Sum> = {};
  for (const name of streams) {
    const found = await numbersOf(store, name);
    sums[name] = { count: found.length, sum: found.reduce((sum, n) => sum + n, 0) };
  }
  return sums;
}

async function rebuilt(store: EventStore): Promise<void> {
  for (const n of numbers(1, 15)) {
    await store.appendToStream(`s-${n % 4}`, events(n));
    if (n % 4 === 0) await project(store, 'p', 3);
  }
  await project(store, 'p', 2);
  const incremental = await allRows(store, 'p');
  const found = Object.fromEntries(incremental.map(({ key, body }) => [key, body]));
  same(await sumsOf(store, ['s-0', 's-1', 's-2', 's-3']), found, 'the sums of the streams');
  for (const pageSize of [1, 4, 100]) {
    await store.reset('p');
    same([], await store.readRows('p'), 'the rows after reset');
    sameFields({ cursor: null, parked: [] }, await store.readCheckpoint('p'), 'the checkpoint after reset');
    await project(store, 'p', pageSize);
    same(incremental, await allRows(store, 'p'), `the rows that were built anew in pages of ${pageSize}`);
  }
}

export const rebuilding = cases('consumers', ['feed', 'rows'], {
  'a projection that is built anew is the one that grew with the events': ({ store }) => rebuilt(store),
});
