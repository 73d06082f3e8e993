import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { sqliteStore } from '../../src/stores/sqlite.ts';
import { event, events, idsOf } from './cases.ts';
import { opened, temporaryFile } from './files.ts';
import { storeCases } from './suite.ts';

describe('the SQLite store in a file', () => {
  it.each(storeCases)('$title', async ({ run }) => {
    await run(opened({ file: temporaryFile() }));
  });
});

describe('the SQLite store in memory', () => {
  it.each(storeCases)('$title', async ({ run }) => {
    await run(opened({ file: ':memory:' }));
  });
});

describe('the SQLite store in a database of the host', () => {
  it.each(storeCases)('$title', async ({ run }) => {
    const database = new Database(temporaryFile());
    database.exec('CREATE TABLE meta (other TEXT); CREATE TABLE events (other TEXT)');
    await run(opened({ database }));
    database.close();
  });

  it('takes a database whose integers are bigints', async () => {
    const database = new Database(':memory:');
    database.defaultSafeIntegers(true);
    const store = opened({ database });
    const first = await store.appendToStream('a', events(1));
    expect(first).toEqual({
      nextExpectedStreamVersion: 1n,
      createdNewStream: true,
      lastEventGlobalPosition: 1n,
      repeated: false,
    });
    expect((await store.readStored('a'))[0]?.globalPosition).toBe(1n);
    database.close();
  });

  it('refuses to append within a transaction of the host, whose rollback would take it back', async () => {
    const database = new Database(':memory:');
    const store = opened({ database });
    await store.appendToStream('a', events(1));
    database.exec('BEGIN');
    await expect(store.appendToStream('a', events(2))).rejects.toMatchObject({ code: 'store-in-transaction' });
    expect(await idsOf(store, 'a')).toEqual(['event-1']);
    expect(database.inTransaction).toBe(true);
    database.exec('ROLLBACK');
    await store.appendToStream('a', events(2));
    expect(await idsOf(store, 'a')).toEqual(['event-1', 'event-2']);
    database.exec('BEGIN');
    expect(() => sqliteStore({ database })).toThrowError(expect.objectContaining({ code: 'store-in-transaction' }));
    database.close();
  });

  it('is left open by close, and the store answers no more', async () => {
    const database = new Database(':memory:');
    const store = sqliteStore({ database });
    await store.close();
    expect(database.open).toBe(true);
    await expect(store.readStream('a')).rejects.toMatchObject({ code: 'store-closed' });
    database.close();
  });

  it('closed by the host, closes the store', async () => {
    const database = new Database(':memory:');
    const store = sqliteStore({ database });
    database.close();
    await expect(store.readStream('a')).rejects.toMatchObject({ code: 'store-closed' });
    await store.close();
    expect(() => sqliteStore({ database })).toThrowError(expect.objectContaining({ code: 'store-closed' }));
  });
});

describe('durability', () => {
  it('is WAL with synchronous = FULL and the busy timeout, in a database of the host too', () => {
    const database = new Database(temporaryFile());
    database.pragma('synchronous = OFF');
    opened({ database, busyTimeoutMs: 1234 });
    expect(database.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(database.pragma('synchronous', { simple: true })).toBe(2);
    expect(database.pragma('busy_timeout', { simple: true })).toBe(1234);
    database.close();
  });

  it('what was appended is there after close and open, and the counting goes on', async () => {
    const file = temporaryFile();
    const first = sqliteStore({ file });
    await first.appendToStream('a', events(1, 2));
    await first.appendToStream('b', events(3));
    const before = [await first.readStored('a'), await first.readStored('b')];
    await first.close();
    const second = opened({ file });
    expect([await second.readStored('a'), await second.readStored('b')]).toEqual(before);
    expect(await second.appendToStream('a', events(4), { expectedStreamVersion: 2n })).toEqual({
      nextExpectedStreamVersion: 3n,
      createdNewStream: false,
      lastEventGlobalPosition: 4n,
      repeated: false,
    });
    expect((await second.appendToStream('a', events(1, 2))).nextExpectedStreamVersion).toBe(2n);
  });

  it('a closed store refuses every call, and closing twice is closing once', async () => {
    const store = sqliteStore({ file: temporaryFile() });
    await store.close();
    await store.close();
    const closed = { name: 'StoreError', code: 'store-closed', kind: 'closed', errorCode: 503 };
    await expect(store.readStream('a')).rejects.toMatchObject(closed);
    await expect(store.readStored('a')).rejects.toMatchObject(closed);
    await expect(store.streamExists('a')).rejects.toMatchObject(closed);
    await expect(store.appendToStream('a', events(1))).rejects.toMatchObject(closed);
    const fold = { evolve: (n: number) => n, initialState: () => 0 };
    await expect(store.aggregateStream('a', fold)).rejects.toMatchObject(closed);
  });

  it('takes ids for events without one from the host', async () => {
    const store = opened({ file: ':memory:', newId: () => 'given' });
    await store.appendToStream('a', [{ type: 'T', data: {} }]);
    expect(await idsOf(store, 'a')).toEqual(['given']);
    await expect(store.appendToStream('a', [{ type: 'T', data: { other: 1 } }])).rejects.toMatchObject({
      code: 'event-id-reused',
    });
  });
});

describe('two handles on one file', () => {
  it('of appends at one version exactly one wins, over both', async () => {
    const file = temporaryFile();
    const handles = [opened({ file }), opened({ file })];
    for (let round = 0; round < 20; round++) {
      const racers = handles.flatMap((store, handle) =>
        [0, 1].map((racer) =>
          store.appendToStream('a', [event(round * 4 + handle * 2 + racer)], { expectedStreamVersion: BigInt(round) }),
        ),
      );
      const results = await Promise.allSettled(racers);
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    }
    const read = await Promise.all(handles.map((store) => store.readStored('a')));
    expect(read[0]).toHaveLength(20);
    expect(read[1]).toEqual(read[0]);
  });

  it('each sees at once what the other appended, and repeats are known to both', async () => {
    const file = temporaryFile();
    const [one, other] = [opened({ file }), opened({ file })];
    const first = await one.appendToStream('a', events(1));
    expect(await other.appendToStream('a', events(1), { expectedStreamVersion: 0n })).toEqual({
      ...first,
      repeated: true,
    });
    await other.appendToStream('a', events(2));
    expect(await idsOf(one, 'a')).toEqual(['event-1', 'event-2']);
  });
});
