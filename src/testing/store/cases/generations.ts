import type { EventStore, RowChange } from '../../../stores/event-store.ts';
import { ensure, refuses, same, sameFields } from '../../assert.ts';
import { cases } from '../stage/case.ts';
import { events, numbers, readNumbers, turn } from '../stage/events.ts';
import { appendPlaces, moveTo, parked } from './consumers.ts';
import { INVALID } from './refusals.ts';
import { retried } from './retrying.ts';
import { readAllRows, row } from './rows.ts';

const built = (projection: string, key: string, body: object | null): RowChange => ({
  ...row(projection, key, body),
  generation: 'building',
});

/** A row as it is read. */
const counting = (key: string, n: number) => ({ key, body: { n } });

const CONFLICT = { code: 'checkpoint-conflict', errorCode: 409 };

/** Swaps in the built generation, at any revisions. */
async function promote(store: EventStore, projection: string, builder = 'builder'): Promise<void> {
  const { revision: expected } = await store.readCheckpoint(builder);
  const { revision: current } = await store.readCheckpoint(projection);
  await store.promoteGeneration(projection, { builder, expected, current });
}

/** A projection `p` with the rows `a` and `b`. */
async function writeRows(store: EventStore): Promise<void> {
  await store.appendToStream('a', events(1), { rows: [row('p', 'a', { n: 1 }), row('p', 'b', { n: 1 })] });
}

/** Builds it again and again while writers append, and looks at it all the time. */
async function checkNeverFewer(store: EventStore): Promise<void> {
  const names = numbers(1, 6).map((n) => `s-${n}`);
  for (const [n, name] of names.entries()) {
    await store.appendToStream(name, events(n), { rows: [row('p', name, { count: 1 })] });
  }
  let done = false;
  const appending = (async () => {
    for (const n of numbers(2, 9)) {
      for (const [m, name] of names.entries()) {
        await store.appendToStream(name, events(10 * n + m), { rows: [row('p', name, { count: n })] });
      }
      await turn();
    }
  })().finally(() => {
    done = true;
  });
  for (let builds = 0; !done || builds < 3; builds += 1) {
    await store.startGeneration('p', 'builder');
    for (const name of names) {
      const { currentStreamVersion } = await store.readStream(name);
      const body = { count: Number(currentStreamVersion) };
      await moveTo(store, 'builder', null, { rows: [built('p', name, body)] });
      // An event appended between the read and the write is written once more, as by a subscription.
      const { currentStreamVersion: now } = await store.readStream(name);
      if (now > currentStreamVersion)
        await moveTo(store, 'builder', null, { rows: [built('p', name, { count: Number(now) })] });
      same(6, (await readAllRows(store, 'p')).length, 'how many rows are read while a generation is built');
    }
    await turn();
    if (done || builds % 2 === 0) await promote(store, 'p');
    same(6, (await readAllRows(store, 'p')).length, 'how many rows are read after it was swapped in, or left');
  }
  await appending;
}

export const generations = cases('generations', ['feed', 'rows', 'consumers'], {
  'what is built is not read before it is swapped in, and then it alone is': async ({ store }) => {
    await writeRows(store);
    const before = await readAllRows(store, 'p');
    await moveTo(store, 'builder', null, { rows: [built('p', 'a', null), built('p', 'd', {})] });
    same(before, await readAllRows(store, 'p'), 'the rows after some of a generation that is not begun');
    await store.startGeneration('p', 'builder');
    same(before, await readAllRows(store, 'p'), 'the rows after the beginning');
    const rows = [built('p', 'a', { n: 2 }), built('p', 'c', { n: 2 }), built('p', 'b', null)];
    await moveTo(store, 'builder', null, { rows });
    same(before, await readAllRows(store, 'p'), 'the rows while another generation is built');
    same({ key: 'a', body: { n: 1 } }, await store.readRow('p', 'a'), 'one row meanwhile');
    same(null, await store.readRow('p', 'c'), 'a row that is only built');
    await promote(store, 'p');
    same([counting('a', 2), counting('c', 2)], await readAllRows(store, 'p'), 'the rows that were swapped in');
    same({ key: 'c', body: { n: 2 } }, await store.readRow('p', 'c'), 'one of them');
  },
  'rows that are written while a generation is built are in both': async ({ store }) => {
    await writeRows(store);
    await store.startGeneration('p', 'builder');
    await store.appendToStream('a', events(2), { rows: [row('p', 'a', { n: 3 }), row('p', 'b', null)] });
    await moveTo(store, 'subscription', null, { rows: [row('p', 'd', { n: 4 })] });
    await moveTo(store, 'builder', null, { rows: [built('p', 'c', { n: 5 })] });
    await moveTo(store, 'builder', null, { rows: [built('p', 'a', null)] });
    await moveTo(store, 'subscription', null, { rows: [row('p', 'a', { n: 6 })] });
    same([counting('a', 6), counting('d', 4)], await readAllRows(store, 'p'), 'the rows meanwhile');
    await promote(store, 'p');
    const all = [counting('a', 6), counting('c', 5), counting('d', 4)];
    same(all, await readAllRows(store, 'p'), 'the rows that were swapped in');
    await store.appendToStream('a', events(3), { rows: [row('p', 'c', null), row('p', 'e', { n: 7 })] });
    const later = (await readAllRows(store, 'p')).map(({ key }) => key);
    same(['a', 'd', 'e'], later, 'the keys after the next append');
  },
  'a generation that was left is dropped by the next, and others are not touched': async ({ store }) => {
    await writeRows(store);
    await store.appendToStream('b', events(2), { rows: [row('q', 'k', { n: 1 })] });
    await store.startGeneration('p', 'builder');
    await moveTo(store, 'builder', null, { rows: [built('p', 'left', {})], park: [parked('a', 1n)] });
    const { revision: left } = await store.readCheckpoint('builder');
    await store.startGeneration('p', 'builder');
    sameFields({ cursor: null, parked: [] }, await store.readCheckpoint('builder'), 'the builder, begun again');
    const late = { expected: left, cursor: null, rows: [built('p', 'late', {})] };
    await refuses(() => store.commitCheckpoint('builder', late), CONFLICT, 'a move by one who built the former');
    await store.startGeneration('q', 'other');
    await moveTo(store, 'builder', null, { rows: [built('p', 'a', { n: 9 }), built('q', 'l', { n: 8 })] });
    await promote(store, 'p');
    same([{ key: 'a', body: { n: 9 } }], await readAllRows(store, 'p'), 'the rows that were swapped in');
    same([{ key: 'k', body: { n: 1 } }], await readAllRows(store, 'q'), 'the rows of another projection');
    await promote(store, 'q', 'other');
    same([{ key: 'l', body: { n: 8 } }], await readAllRows(store, 'q'), 'the rows that were swapped in there');
    await store.startGeneration('p', 'builder');
    await promote(store, 'p');
    same([], await readAllRows(store, 'p'), 'the rows of a third generation, which has none');
  },
  'a new consumer goes on where the builder stood, another where it stood': async ({ store }) => {
    const [first, second] = await appendPlaces(store, 2);
    for (const [name, cursor] of [
      ['new', null],
      ['p', first],
    ] as const) {
      await moveTo(store, name, cursor, { park: [parked('a', 1n)], retry: [retried('c', 1n)], handled: 2 });
      await store.startGeneration(name, 'builder');
      await moveTo(store, 'builder', second, { park: [parked('b', 1n)], retry: [retried('d', 1n)], handled: 5 });
      await promote(store, name);
    }
    const waiting = { parked: [parked('b', 1n)], retrying: [retried('d', 1n)] };
    sameFields({ cursor: second, ...waiting }, await store.readCheckpoint('new'), 'the new consumer');
    const found = { cursor: first, ...waiting, handled: 5, revision: 2 };
    sameFields(found, await store.readCheckpoint('p'), 'the consumer');
    const none = { cursor: null, parked: [], retrying: [], handled: 0 };
    sameFields(none, await store.readCheckpoint('builder'), 'the builder');
    const late = { expected: 1, cursor: second ?? null };
    await refuses(() => store.commitCheckpoint('p', late), CONFLICT, 'a move by one who was at work meanwhile');
  },
  'nothing is swapped in that is behind, overtaken or not being built': async ({ store }) => {
    const [first, second] = await appendPlaces(store, 2);
    await writeRow(store, 'p');
    const before = await readAllRows(store, 'p');
    const none = { builder: 'builder', expected: 0, current: 0 };
    await refuses(() => store.promoteGeneration('p', none), INVALID, 'what was never begun');
    await store.startGeneration('p', 'builder');
    await moveTo(store, 'builder', first);
    const { revision: expected } = await store.readCheckpoint('builder');
    const wrong = [
      { builder: 'builder', expected: expected - 1, current: 0, consumer: 'builder' },
      { builder: 'builder', expected, current: 1, consumer: 'p' },
    ];
    for (const { consumer, ...options } of wrong) {
      const said = { ...CONFLICT, consumer };
      await refuses(() => store.promoteGeneration('p', options), said, 'a promotion at other revisions');
    }
    await moveTo(store, 'p', second);
    await refuses(() => promote(store, 'p'), INVALID, 'one that is behind its consumer');
    same(before, await readAllRows(store, 'p'), 'the rows afterwards');
    await moveTo(store, 'builder', second);
    await promote(store, 'p');
    await refuses(() => promote(store, 'p'), INVALID, 'the same once more');
    await refuses(() => store.startGeneration('p', 'p'), INVALID, 'a builder of the projection’s own name');
    await refuses(() => store.startGeneration('', 'b'), INVALID, 'a projection without a name');
    const other = { ...row('p', 'k', {}), generation: 'other' as never };
    await refuses(() => moveTo(store, 'c', null, { rows: [other] }), INVALID, 'a row of no generation');
  },
  'reset forgets all generations': async ({ store }) => {
    await writeRows(store);
    await store.startGeneration('p', 'builder');
    await moveTo(store, 'builder', null, { rows: [built('p', 'x', {})] });
    await promote(store, 'p');
    await store.startGeneration('p', 'builder');
    await moveTo(store, 'builder', null, { rows: [built('p', 'y', {})] });
    await store.reset('p');
    same([], await readAllRows(store, 'p'), 'the rows after reset');
    await store.appendToStream('a', events(2), { rows: [row('p', 'a', { n: 2 })] });
    same([{ key: 'a', body: { n: 2 } }], await readAllRows(store, 'p'), 'the rows after the next append');
    await refuses(() => promote(store, 'p'), INVALID, 'a promotion of what was being built');
  },
  'a reader never sees fewer rows while others append and build': ({ store }) => checkNeverFewer(store),
});

async function writeRow(store: EventStore, projection: string): Promise<void> {
  await store.appendToStream('r', events(50), { rows: [row(projection, 'k', { n: 1 })] });
  ensure((await store.readRows(projection)).length === 1, 'a row that was written is not there');
}

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

async function sumStreams(store: EventStore, streams: readonly string[]): Promise<Record<string, Sum>> {
  const sums: Record<string, Sum> = {};
  for (const name of streams) {
    const found = await readNumbers(store, name);
    sums[name] = { count: found.length, sum: found.reduce((sum, n) => sum + n, 0) };
  }
  return sums;
}

async function checkRebuilt(store: EventStore): Promise<void> {
  for (const n of numbers(1, 15)) {
    await store.appendToStream(`s-${n % 4}`, events(n));
    if (n % 4 === 0) await project(store, 'p', 3);
  }
  await project(store, 'p', 2);
  const incremental = await readAllRows(store, 'p');
  const found = Object.fromEntries(incremental.map(({ key, body }) => [key, body]));
  same(await sumStreams(store, ['s-0', 's-1', 's-2', 's-3']), found, 'the sums of the streams');
  for (const pageSize of [1, 4, 100]) {
    await store.reset('p');
    same([], await store.readRows('p'), 'the rows after reset');
    sameFields({ cursor: null, parked: [] }, await store.readCheckpoint('p'), 'the checkpoint after reset');
    await project(store, 'p', pageSize);
    same(incremental, await readAllRows(store, 'p'), `the rows that were rebuilt in pages of ${pageSize}`);
  }
}

export const rebuilding = cases('consumers', ['feed', 'rows'], {
  'a rebuilt projection equals the one that grew with the events': ({ store }) => checkRebuilt(store),
});
