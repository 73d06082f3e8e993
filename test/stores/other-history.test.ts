/** Stores whose places are positions: a restored copy, a file copied by hand, and another database refuse cursors that rest on what they lack. */
import 'fake-indexeddb/auto';
import { copyFileSync } from 'node:fs';
import { deleteDB } from 'idb';
import { describe, expect, it } from 'vitest';
import { copyMemoryStore, memoryStore } from '../../src/memory.ts';
import { catchUp, type SubscribableStore } from '../../src/service.ts';
import { backupSqliteStore } from '../../src/sqlite.ts';
import { placeOf } from '../../src/stores/cursor.ts';
import type { EventStore, FeedCursor } from '../../src/stores/event-store.ts';
import { events, idsOf } from './cases.ts';
import { opened, temporaryFile } from './files.ts';
import { inPage, newName } from './indexeddb-host.ts';

type Pair = readonly [store: EventStore<never>, restored: EventStore<never>];

const other = { code: 'store-other-history', errorCode: 409 };

/** A store with two events, its copy, and a third event in the store alone. */
const copies: [string, () => Promise<Pair>][] = [
  [
    'memory',
    async () => {
      const store = memoryStore();
      await store.appendToStream('a', events(1, 2));
      const restored = copyMemoryStore(store);
      await store.appendToStream('a', events(3));
      return [store, restored];
    },
  ],
  [
    'sqlite',
    async () => {
      const file = temporaryFile();
      const store = opened({ file });
      await store.appendToStream('a', events(1, 2));
      await backupSqliteStore(file, `${file}.copy`);
      await store.appendToStream('a', events(3));
      return [store, opened({ file: `${file}.copy` })];
    },
  ],
];

describe.each(copies)('a copy of a %s store', (_, open) => {
  it('goes on after a cursor before its cut, and refuses one beyond, also where it has other events', async () => {
    const [store, restored] = await open();
    const [, second, third] = await store.readFeed();
    for (const ids of [[], ['event-4', 'event-5']]) {
      const after = async (cursor: FeedCursor | null) =>
        (await restored.readFeed({ after: cursor })).map(({ messageId }) => messageId);
      expect(await after(second!.cursor)).toEqual(ids);
      const refused = restored.readFeed({ after: third!.cursor });
      await expect(refused).rejects.toMatchObject(other);
      const { repeatFrom } = (await refused.catch((error: unknown) => error)) as { repeatFrom: FeedCursor };
      expect(placeOf(repeatFrom)).toBe(placeOf(second!.cursor));
      expect(await after(repeatFrom)).toEqual(ids);
      await expect(restored.readLag(third!.cursor)).rejects.toMatchObject(other);
      const rows = [{ projection: 'p', key: 'k', body: {} }];
      const update = { expected: 0, cursor: third!.cursor, rows };
      await expect(restored.commitCheckpoint('p', update)).rejects.toMatchObject(other);
      expect(await restored.readRow('p', 'k')).toBeNull();
      if (ids.length === 0) await restored.appendToStream('a', events(4, 5));
    }
    expect(await idsOf(restored, 'a')).toEqual(['event-1', 'event-2', 'event-4', 'event-5']);
  });

  it('is refused by its source in turn, once it has events of its own', async () => {
    const [store, restored] = await open();
    await restored.appendToStream('a', events(4));
    const last = (await restored.readFeed()).at(-1);
    const refused = store.readFeed({ after: last!.cursor });
    await expect(refused).rejects.toMatchObject({ ...other, repeatFrom: null });
  });

  it('stops a subscription whose checkpoint is kept elsewhere, or has it repeat from the cut', async () => {
    const [store, restored] = await open();
    let checkpoint = { ...(await restored.readCheckpoint('c')), cursor: (await store.readFeed()).at(-1)!.cursor };
    const elsewhere: SubscribableStore = {
      readStream: restored.readStream,
      readFeed: restored.readFeed,
      readLag: restored.readLag,
      readCheckpoint: async () => checkpoint,
      commitCheckpoint: async (_consumer, { cursor, expected }) => {
        checkpoint = { ...checkpoint, cursor: cursor as string, revision: expected + 1 };
      },
    };
    const options = { store: elsewhere, consumer: 'c', handle: () => undefined };
    await expect(catchUp(options)).rejects.toMatchObject(other);
    await catchUp({ ...options, otherHistory: 'repeat' });
    expect(placeOf(checkpoint.cursor)).toBe(placeOf((await restored.readFeed()).at(-1)!.cursor));
  });
});

describe('other databases', () => {
  it.each([
    ['memory', () => memoryStore() as EventStore<never>],
    ['sqlite', () => opened({ file: temporaryFile() }) as EventStore<never>],
  ])('of %s refuse each other’s cursors', async (_, open) => {
    const [one, another] = [open(), open()];
    await one.appendToStream('a', events(1));
    await another.appendToStream('a', events(2));
    const [first] = await one.readFeed();
    await expect(another.readFeed({ after: first!.cursor })).rejects.toMatchObject({ ...other, repeatFrom: null });
  });

  it('that take the place of a deleted one refuse its cursors', async () => {
    const first = inPage(newName());
    await first.store.appendToStream('a', events(1, 2));
    const [, second] = await first.store.readFeed();
    expect(await first.store.readFeed({ after: second!.cursor })).toEqual([]);
    await first.close();
    await deleteDB(first.name);
    const { store, close } = inPage(first.name);
    await expect(store.readFeed({ after: second!.cursor })).rejects.toMatchObject(other);
    await store.appendToStream('a', events(1, 2));
    await expect(store.readFeed({ after: second!.cursor })).rejects.toMatchObject({ ...other, repeatFrom: null });
    await expect(store.commitCheckpoint('c', { expected: 0, cursor: second!.cursor })).rejects.toMatchObject(other);
    await close();
  });

  it('that are a file copied by hand refuse a cursor whose event is another', async () => {
    const file = temporaryFile();
    const store = opened({ file });
    await store.appendToStream('a', events(1));
    await store.close();
    copyFileSync(file, `${file}.hand`);
    const [one, another] = [opened({ file }), opened({ file: `${file}.hand` })];
    await one.appendToStream('a', events(2));
    const [first, second] = await one.readFeed();
    await expect(another.readFeed({ after: second!.cursor })).rejects.toMatchObject(other);
    await another.appendToStream('a', events(3));
    await expect(another.readFeed({ after: second!.cursor })).rejects.toMatchObject(other);
    expect((await another.readFeed({ after: first!.cursor })).map(({ messageId }) => messageId)).toEqual(['event-3']);
  });
});
