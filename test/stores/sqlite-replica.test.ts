import { once } from 'node:events';
import { replicaStoreConformance } from 'auxilio/testing';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type SqliteReplicaStoreOptions, sqliteReplicaStore } from '../../src/sqlite.ts';
import { events, idsOf } from './cases.ts';
import { inProcess, opened, spawned, storeError, temporaryFile } from './files.ts';

/** A store that is closed after the test. */
function openedReplica(options: SqliteReplicaStoreOptions) {
  const store = sqliteReplicaStore(options);
  onTestFinished(() => store.close());
  return store;
}

/** A connection of the host's that is closed after the test. */
function databaseOf(file: string) {
  const database = new Database(file);
  onTestFinished(() => void database.close());
  return database;
}

describe('the store of a replica in a database of the host, with integers as bigints', () => {
  const { cases } = replicaStoreConformance({
    open: () => ({ store: sqliteReplicaStore({ database: databaseOf(temporaryFile()).defaultSafeIntegers(true) }) }),
  });
  it.each(cases.filter(({ skip }) => skip === false))('$name', ({ run }) => run());

  it('leaves the database open when it is closed, and says when the host has closed it', async () => {
    const database = databaseOf(':memory:');
    await sqliteReplicaStore({ database }).close();
    const store = sqliteReplicaStore({ database });
    await store.writeGroup('a', 0, { k: '1' });
    database.close();
    await expect(store.readGroup('a')).rejects.toEqual(storeError('closed'));
  });

  it('refuses to write within a transaction of the host, whose rollback would take it back', async () => {
    const database = databaseOf(':memory:');
    const store = openedReplica({ database });
    database.exec('BEGIN');
    await expect(store.writeGroup('a', 0, {})).rejects.toEqual(storeError('in-transaction'));
    database.exec('ROLLBACK');
    await store.writeGroup('a', 0, {});
  });
});

describe('a file', () => {
  it.each(['events', 'replica'])('holds events as well, when the store of %s is the first', async (first) => {
    const file = temporaryFile();
    const open = {
      events: () => opened({ file }).appendToStream('a', events(1, 2)),
      replica: () => openedReplica({ file }).writeGroup('a', 0, { k: '1' }),
    };
    const order = first === 'events' ? [open.events, open.replica] : [open.replica, open.events];
    for (const one of order) await one();
    expect(await idsOf(opened({ file }), 'a')).toEqual(['event-1', 'event-2']);
    expect((await openedReplica({ file }).readGroup('a')).records.get('k')).toBe('1');
  });

  it('is full: the write is refused as such, nothing was written, and the store goes on', async () => {
    const database = databaseOf(temporaryFile());
    const store = openedReplica({ database });
    const at = await store.writeGroup('a', 0, { k: '1' });
    const pages = database.pragma('page_count', { simple: true });
    database.pragma(`max_page_count = ${pages}`);
    const large = 'x'.repeat(100_000);
    await expect(store.writeGroup('a', at, { k: '2', large })).rejects.toEqual(storeError('full'));
    await expect(store.putBlob('b', new Uint8Array(100_000))).rejects.toEqual(storeError('full'));
    expect([...(await store.readGroup('a')).records]).toEqual([['k', '1']]);
    expect(await store.listBlobs()).toEqual([]);
    database.pragma('max_page_count = 1000000');
    await store.writeGroup('a', at, { k: '2', large });
  });

  it('is locked by another process for longer than the timeout: busy, and nothing was written', async () => {
    const file = temporaryFile();
    const store = openedReplica({ file, busyTimeoutMs: 30 });
    const at = await store.writeGroup('a', 0, { k: '1' });
    const other = databaseOf(file);
    other.exec('BEGIN IMMEDIATE');
    await expect(store.writeGroup('a', at, { k: '2' })).rejects.toEqual(storeError('busy'));
    expect((await store.readGroup('a')).revision).toBe(at);
    other.exec('ROLLBACK');
    await store.writeGroup('a', at, { k: '2' });
  });

  it.each([
    ['of a later release', `UPDATE auxilio_meta SET value = '2' WHERE name = 'replica-schema-version'`, 'newer-schema'],
    ['of no version', `UPDATE auxilio_meta SET value = 'x' WHERE name = 'replica-schema-version'`, 'corrupt'],
    ['without a table', 'DROP TABLE auxilio_replica_records', 'corrupt'],
  ])('is one %s: refused when it is opened', async (_, sql, kind) => {
    const file = temporaryFile();
    await sqliteReplicaStore({ file }).close();
    databaseOf(file).exec(sql);
    expect(() => sqliteReplicaStore({ file })).toThrow(expect.objectContaining({ code: `store-${kind}` }));
  });

  it.each([
    ['a number as a record', 'UPDATE auxilio_replica_records SET text = 7'],
    ['a revision below 0', 'UPDATE auxilio_replica_groups SET revision = -1'],
    ['a name that cannot be read', `UPDATE auxilio_replica_records SET key = '\\x'`],
  ])('holds %s: corrupt when it is read', async (_, sql) => {
    const file = temporaryFile();
    const store = openedReplica({ file });
    await store.writeGroup('a', 0, { k: '1' });
    databaseOf(file).exec(sql);
    await expect(store.readGroup('a')).rejects.toEqual(storeError('corrupt'));
  });

  it('holds a last revision that cannot be read: corrupt when a group is written', async () => {
    const file = temporaryFile();
    const store = openedReplica({ file });
    const at = await store.writeGroup('a', 0, { k: '1' });
    databaseOf(file).exec(`UPDATE auxilio_meta SET value = 'x' WHERE name = 'replica-last-revision'`);
    await expect(store.writeGroup('a', at, { k: '2' })).rejects.toEqual(storeError('corrupt'));
    expect([...(await store.readGroup('a')).records]).toEqual([['k', '1']]);
  });
});

describe('several processes on one file', () => {
  it('lose no write, and meet each conflict', async () => {
    const file = temporaryFile();
    const workers = ['one', 'two', 'three'].map((writer) =>
      inProcess('replica-worker.ts', file, 'count', writer, '25'),
    );
    await Promise.all(workers);
    const { records } = await openedReplica({ file }).readGroup('a');
    expect(records.size).toBe(75);
    expect(new Set(records.values())).toEqual(new Set(['one', 'two', 'three']));
  });

  it('of which one is killed while it writes: what was acknowledged is there, and no half of a write', async () => {
    for (const round of [0, 1, 2, 3]) {
      const file = temporaryFile();
      const acknowledged = await killAfter(file, 15 + 11 * round);
      const store = openedReplica({ file });
      const { records } = await store.readGroup('a');
      const last = Number(records.get('head'));
      expect(last).toBeGreaterThanOrEqual(acknowledged - 1);
      expect([...records]).toEqual([
        ['head', `${last}`],
        ['k', `${last}`],
        [`old-${last}`, ''],
      ]);
      const blobs = await store.listBlobs();
      expect(blobs.length - last).toBeOneOf([1, 2]);
      expect(blobs.every(({ size }, n) => size === 20_000 && Number(blobs[n]?.sha256) === n)).toBe(true);
      const bytes = await store.readBlob(`${last}`.padStart(8, '0'));
      expect(bytes?.every((byte) => byte === last % 256)).toBe(true);
    }
  });
});

/** Kills the writer once it has acknowledged `count` writes; answers how many it acknowledged. */
async function killAfter(file: string, count: number): Promise<number> {
  const child = spawned(new URL('replica-worker.ts', import.meta.url), [file, 'endless']);
  let printed = '';
  const lines = () => printed.split('\n').length - 1;
  child.stdout.on('data', (chunk) => {
    printed += String(chunk);
    if (lines() >= count) child.kill('SIGKILL');
  });
  await once(child, 'close');
  expect(child.signalCode).toBe('SIGKILL');
  return lines();
}
