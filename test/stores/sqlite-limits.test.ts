import { chmodSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { sqliteStore } from '../../src/sqlite.ts';
import { event, events, idsOf } from './cases.ts';
import { fileOfThree, opened, storeError, temporaryDirectory, temporaryFile, unprivileged } from './files.ts';

describe('a database that takes no more', () => {
  it('in a directory that may not be written is unavailable when new; else it can be read and refuses an append', async () => {
    const directory = temporaryDirectory();
    const file = join(directory, 'events.sqlite');
    await opened({ file }).appendToStream('a', events(1));
    onTestFinished(() => chmodSync(directory, 0o755));
    for (const name of readdirSync(directory)) chmodSync(join(directory, name), 0o444);
    chmodSync(directory, 0o555);
    unprivileged(() => {
      expect(() => sqliteStore({ file: join(directory, 'new.sqlite') })).toThrowError(storeError('unavailable'));
    });
    const store = unprivileged(() => opened({ file }));
    await expect(unprivileged(() => store.appendToStream('a', events(2)))).rejects.toEqual(storeError('read-only'));
    expect(await idsOf(store, 'a')).toEqual(['event-1']);
  });

  it('opened for reading alone can be read, and refuses to be written', async () => {
    const database = new Database(await fileOfThree(), { readonly: true });
    const store = opened({ database });
    expect(await idsOf(store, 'a')).toEqual(['event-1', 'event-2']);
    await expect(store.appendToStream('a', events(4))).rejects.toEqual(storeError('read-only'));
    expect(await idsOf(store, 'a')).toEqual(['event-1', 'event-2']);
    database.close();
  });

  it('that is full refuses a batch whole, and keeps what it acknowledged', async () => {
    const database = new Database(temporaryFile());
    const store = opened({ database });
    database.pragma('max_page_count = 30');
    const acknowledged: string[] = [];
    const fill = async () => {
      for (let n = 0; n < 100; n++) {
        const text = 'x'.repeat(3000);
        await store.appendToStream('a', [event(2 * n, { text }), event(2 * n + 1, { text })]);
        acknowledged.push(`event-${2 * n}`, `event-${2 * n + 1}`);
      }
    };
    await expect(fill()).rejects.toEqual(storeError('full'));
    expect(acknowledged.length).toBeGreaterThan(4);
    expect(await idsOf(store, 'a')).toEqual(acknowledged);
    database.pragma('max_page_count = 1000');
    await store.appendToStream('a', events(1000), { expectedStreamVersion: BigInt(acknowledged.length) });
    database.close();
  });

  it('that refuses an event in the middle of a batch keeps none of the batch', async () => {
    const database = new Database(temporaryFile());
    const store = opened({ database });
    database.exec(`CREATE TRIGGER host BEFORE INSERT ON auxilio_events WHEN NEW.event_id = 'event-3'
      BEGIN SELECT RAISE(ABORT, 'the host refuses'); END`);
    await store.appendToStream('a', events(1));
    await expect(store.appendToStream('a', events(2, 3, 4))).rejects.toThrow('the host refuses');
    expect(database.inTransaction).toBe(false);
    expect(await idsOf(store, 'a')).toEqual(['event-1']);
    await store.appendToStream('a', events(2), { expectedStreamVersion: 1n });
    expect((await store.readStored('a')).map(({ globalPosition }) => globalPosition)).toEqual([1n, 2n]);
    database.close();
  });

  it('that another writer holds for longer than the timeout is busy, and nothing was written', async () => {
    const file = await fileOfThree();
    const store = opened({ file, busyTimeoutMs: 20 });
    const other = new Database(file);
    other.exec('BEGIN IMMEDIATE');
    await expect(store.appendToStream('a', events(4))).rejects.toEqual(storeError('busy'));
    expect(await idsOf(store, 'a')).toEqual(['event-1', 'event-2']);
    other.exec('ROLLBACK');
    other.close();
    expect((await store.appendToStream('a', events(4))).nextExpectedStreamVersion).toBe(3n);
  });

  it('is left as it is where its schema is newer', async () => {
    const file = temporaryFile();
    const database = new Database(file);
    database.exec(`CREATE TABLE auxilio_meta (name TEXT, value TEXT)`);
    database.exec(`INSERT INTO auxilio_meta VALUES ('schema-version', '99')`);
    expect(() => sqliteStore({ database })).toThrowError(storeError('newer-schema'));
    expect(database.pragma('journal_mode', { simple: true })).toBe('delete');
    database.close();
  });

  it.each([-1, 1.5, Number.NaN, '5000'])('busyTimeoutMs %j is refused', (busyTimeoutMs) => {
    const options = { file: ':memory:', busyTimeoutMs: busyTimeoutMs as number };
    expect(() => sqliteStore(options)).toThrowError(storeError('invalid'));
    expect(() => sqliteStore(options)).toThrow('busyTimeoutMs is a whole number of 0 or more');
  });
});
