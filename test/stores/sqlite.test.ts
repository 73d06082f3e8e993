import { readdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { sqliteReplicaStore, sqliteStore } from '../../src/sqlite.ts';
import { events, idsOf } from './cases.ts';
import { opened, temporaryFile } from './files.ts';
import { databaseHost, sqliteHost } from './sqlite-host.ts';
import { allBut, conforms } from './suite.ts';

describe('the SQLite store in a file', () => {
  conforms(sqliteHost);
});

describe('the SQLite store in memory', () => {
  conforms({
    capabilities: allBut('held', 'transactions', 'handles', 'reopen', 'copies', 'crash', 'processes', 'immutability'),
    open: () => ({ store: opened({ file: ':memory:' }) }),
  });
});

describe('the SQLite store in a database of the host', () => {
  conforms(databaseHost({ safeIntegers: false }));
});

describe('a database of the host', () => {
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

describe('what was replaced or removed', () => {
  const NAME = 'Zanahoria Pérez';
  const isIn = (file: string) => readFileSync(file).includes(NAME);

  it('is in no byte of the file that is left: rows, generations and reasons', async () => {
    const file = temporaryFile();
    const store = opened({ file });
    const rowsOf = (text: string, generation?: 'building') =>
      Array.from({ length: 60 }, (_, n) => ({
        ...{ projection: 'p', key: `key-${n}`, body: { text: text.repeat(1 + n * n) } },
        ...(generation && { generation }),
      }));
    const parked = [{ streamName: 'a', from: 1n, reason: NAME }];
    await store.commitCheckpoint('p', { expected: 0, cursor: null, rows: rowsOf(NAME), park: parked });
    await store.commitCheckpoint('p', { expected: 1, cursor: null, rows: rowsOf('–').slice(30), unpark: ['a'] });
    await store.startGeneration('p', 'builder');
    await store.commitCheckpoint('builder', { expected: 1, cursor: null, rows: rowsOf('–', 'building') });
    expect(isIn(`${file}-wal`)).toBe(true);
    await store.promoteGeneration('p', { builder: 'builder', expected: 2, current: 2 });
    await store.close();
    expect(isIn(file)).toBe(false);
    expect(readdirSync(dirname(file))).toHaveLength(1);
  });

  it('is in no byte of the file of a replica: texts and photographs', async () => {
    const file = temporaryFile();
    const store = sqliteReplicaStore({ file });
    const many = Array.from({ length: 60 }, (_, n) => [`key-${n}`, NAME.repeat(1 + n * n)] as const);
    await store.writeGroup('g', 0, Object.fromEntries(many));
    await store.writeGroup('other', 0, { key: NAME });
    await store.putBlob('a'.repeat(64), Buffer.from(NAME.repeat(5000)));
    await store.writeGroup('g', 1, Object.fromEntries(many.map(([key], n) => [key, n < 30 ? null : '–'])));
    await store.dropGroup('other', 2);
    await store.dropBlob('a'.repeat(64));
    await store.close();
    expect(isIn(file)).toBe(false);
  });
});

describe('durability', () => {
  it('is WAL with synchronous = FULL, a checkpoint every 8,000 pages and a short busy timeout, in a database of the host too', () => {
    const database = new Database(temporaryFile());
    database.pragma('synchronous = OFF');
    opened({ database, busyTimeoutMs: 1234 });
    expect(database.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(database.pragma('synchronous', { simple: true })).toBe(2);
    expect(database.pragma('wal_autocheckpoint', { simple: true })).toBe(8000);
    expect(database.pragma('busy_timeout', { simple: true })).toBe(3);
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
});
