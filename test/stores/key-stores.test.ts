import { existsSync, readFileSync } from 'node:fs';
import { memoryKeyStore } from 'auxilio/memory';
import { postgresKeyMigrations, postgresKeyStore } from 'auxilio/postgres';
import { sqliteKeyStore, sqliteStore } from 'auxilio/sqlite';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { ActiveKey, KeyStore } from '../../src/stores/key-store.ts';
import { limits } from '../support/limits.ts';
import { storeError, temporaryFile } from './files.ts';
import { type KeyStoreHost, key, keyStoreCases } from './key-store-cases.ts';
import { freshSchema } from './postgres-host.ts';
import { hostPool, serverOfFile } from './postgres-server.ts';

const server = serverOfFile();

function closed<Store extends KeyStore>(store: Store): Store {
  onTestFinished(() => store.close());
  return store;
}

function inMemory(): KeyStoreHost {
  const store = memoryKeyStore();
  return () => store;
}

function inFile(file = temporaryFile()): KeyStoreHost {
  return () => closed(sqliteKeyStore({ file, busyTimeoutMs: limits.waitMs }));
}

function inDatabase(): KeyStoreHost {
  const file = temporaryFile();
  return () => {
    const database = new Database(file);
    onTestFinished(() => void database.close());
    return closed(sqliteKeyStore({ database, busyTimeoutMs: limits.waitMs }));
  };
}

function onServer(): KeyStoreHost {
  const schema = freshSchema();
  return () => closed(postgresKeyStore({ connectionString: server().connectionString, schema }));
}

function onPool(): KeyStoreHost {
  const schema = freshSchema();
  return () => closed(postgresKeyStore({ pool: hostPool(server()) as never, schema }));
}

const hosts = {
  memory: inMemory,
  'a SQLite file': inFile,
  'a SQLite database': inDatabase,
  PostgreSQL: onServer,
  'a pool': onPool,
};

describe.each(Object.entries(hosts))('the key store in %s', (_, host) => {
  it.each(Object.entries(keyStoreCases))('%s', (_name, run) => run(host()));
});

describe('a key store with one fault fails a case', () => {
  const wrong = (name: string, change: (store: KeyStore) => Partial<KeyStore>) => [name, change] as const;
  const active = async (store: KeyStore, ids: readonly string[]) =>
    new Set((await store.read(ids)).flatMap(({ id, state }) => (state === 'active' ? [id] : [])));

  it.each([
    wrong('forgets the mark of an unknown id', (store) => ({
      erase: async (keys) => {
        const known = new Set((await store.read(keys.map(({ id }) => id))).map(({ id }) => id));
        await store.erase(keys.filter(({ id }) => known.has(id)));
      },
    })),
    wrong('erases a later life', (store) => ({
      erase: (keys) => store.erase(keys.map(({ id }) => ({ id, life: 99 }))),
    })),
    wrong('creates with an old epoch', (store) => ({
      create: async (keys) => {
        const epoch = await store.readEpoch();
        await store.create(epoch === null ? keys : keys.map((one) => ({ ...one, epoch })));
      },
    })),
    wrong('revives a key that is not erased', (store) => ({
      revive: async (keys) => {
        const ids = await active(
          store,
          keys.map(({ id }) => id),
        );
        await store.erase(keys.filter(({ id }) => ids.has(id)).map(({ id }) => ({ id, life: 1 })));
        await store.revive(keys);
      },
    })),
    wrong('wraps no key again', () => ({ rewrap: async () => undefined })),
    wrong('wraps an erased key again', (store) => ({
      rewrap: async (keys) => {
        await store.revive(keys.map((one) => ({ ...one, life: one.life + 1 })));
        await store.rewrap(keys);
      },
    })),
    wrong('begins any epoch', (store) => ({
      startEpoch: async (_expected, next) => store.startEpoch(await store.readEpoch(), next),
    })),
    wrong('lists by the time of writing', (store) => ({
      listOlder: async (epoch, range) =>
        (await store.listOlder(epoch, { ...range, limit: 99 })).reverse().slice(0, range.limit),
    })),
    wrong('lists each page from the first key', (store) => ({
      listOlder: (epoch, range) => store.listOlder(epoch, { ...range, after: null }),
    })),
  ])('%s', async (_, change) => {
    const results = await Promise.allSettled(
      Object.values(keyStoreCases).map(async (run) => {
        const store = memoryKeyStore();
        await run(() => ({ ...store, ...change(store) }));
      }),
    );
    expect(results.filter(({ status }) => status === 'rejected').length).toBeGreaterThan(0);
  });
});

describe('the bytes of a SQLite file of keys', () => {
  const bytes = (file: string) =>
    Buffer.concat(
      ['', '-wal', '-shm'].map((end) => file + end).flatMap((path) => (existsSync(path) ? [readFileSync(path)] : [])),
    );
  let seed = 7;
  const random = () => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed;
  };
  const secret = (length = 80) => Array.from({ length }, () => (random() % 36).toString(36)).join('');
  const newKey = (epoch = 'e-1', length?: number): ActiveKey => key(`v-${secret(12)} client`, epoch, 1, secret(length));
  /** The keys of which the bytes have a part. */
  const present = (file: string, keys: readonly ActiveKey[]) => {
    const runs =
      bytes(file)
        .toString('latin1')
        .match(/[a-z0-9]{24,}/g) ?? [];
    const parts = new Set(
      runs.flatMap((run) => Array.from({ length: run.length - 23 }, (_, at) => run.slice(at, at + 24))),
    );
    return keys.filter(({ wrapped }) => [8, 48].some((at) => parts.has(wrapped.slice(at, at + 24)))).length;
  };

  it('have no key that was erased or wrapped again, while the connection is open, though pages were split', async () => {
    const file = temporaryFile();
    const store = inFile(file)();
    inFile(file)(); // so that no last connection removes the log
    await store.startEpoch(null, 'e-1');
    const keys = Array.from({ length: 3000 }, () => newKey());
    for (let at = 0; at < keys.length; at += 300) await store.create(keys.slice(at, at + 300));
    expect(present(file, keys)).toBe(keys.length);
    const gone = keys.filter((_, at) => at % 3 === 0);
    await store.erase(gone);
    expect(present(file, gone)).toBe(0);
    const kept = keys.filter((_, at) => at % 3 !== 0);
    await store.startEpoch('e-1', 'e-22');
    const again = kept.map(({ id }, at) => key(id, 'e-22', 1, secret(at % 5 === 0 ? 130 : 80)));
    await store.rewrap(again);
    expect(present(file, kept)).toBe(0);
    expect(present(file, again)).toBe(again.length);
    await store.erase(again);
    expect(present(file, again)).toBe(0);
  });

  it('are gone once a reader that holds the log has ended; until then the call waits, and is in doubt', async () => {
    const file = temporaryFile();
    const store = closed(sqliteKeyStore({ file, busyTimeoutMs: 50 }));
    await store.startEpoch(null, 'e-1');
    const one = newKey();
    await store.create([one]);
    const reader = new Database(file);
    onTestFinished(() => void reader.close());
    reader.exec('BEGIN');
    reader.prepare('SELECT * FROM auxilio_keys').all();
    await expect(store.erase([one])).rejects.toEqual(storeError('io'));
    expect(await store.read([one.id])).toEqual([{ id: one.id, life: 1, state: 'erased' }]);
    expect(present(file, [one])).toBe(1);
    reader.exec('COMMIT');
    await store.erase([one]);
    expect(present(file, [one])).toBe(0);
  });
});

describe('what a key store refuses', () => {
  it('a file that has an event store', async () => {
    const file = temporaryFile();
    const events = sqliteStore({ file });
    await events.close();
    expect(() => sqliteKeyStore({ file })).toThrow(storeError('invalid'));
  });

  it('options that do not exist, and calls after it was closed', async () => {
    expect(() => sqliteKeyStore({ file: ':memory:', busy: 1 } as never)).toThrow(
      'Unknown option of sqliteKeyStore: busy',
    );
    expect(() => postgresKeyStore({ pol: 1 } as never)).toThrow('Unknown option of postgresKeyStore: pol');
    expect(() => postgresKeyStore({} as never)).toThrow('postgresKeyStore takes { pool }');
    for (const host of [inFile, onServer]) {
      const store = host()();
      await store.close();
      await expect(store.readEpoch()).rejects.toEqual(storeError('closed'));
      await expect(store.erase([{ id: 'a', life: 1 }])).rejects.toEqual(storeError('closed'));
    }
  });

  it('a database without tables, if the host creates them', async () => {
    const schema = freshSchema();
    const pool = hostPool(server());
    const store = closed(postgresKeyStore({ pool: pool as never, schema, migrate: false }));
    await expect(store.readEpoch()).rejects.toThrow('run postgresKeyMigrations({ schema })');
    for (const { sql } of postgresKeyMigrations({ schema })) await pool.query(sql);
    expect(await store.readEpoch()).toBe(null);
    await store.migrate();
  });

  it('a write for which a lock is held too long', async () => {
    const schema = freshSchema();
    const pool = hostPool(server());
    const store = closed(postgresKeyStore({ pool: pool as never, schema, lockTimeoutMs: 50 }));
    await store.startEpoch(null, 'e-1');
    await store.create([key('a')]);
    const client = await pool.connect();
    await client.query('BEGIN');
    await client.query(`SELECT FROM "${schema}".auxilio_keys FOR UPDATE`);
    await expect(store.erase([{ id: 'a', life: 1 }])).rejects.toEqual(storeError('busy'));
    await client.query('ROLLBACK');
    client.release();
    await store.erase([{ id: 'a', life: 1 }]);
  });
});

it('a transaction that puts a key holds back the next epoch, and one that begins it holds back the key', async () => {
  const schema = freshSchema();
  const pool = hostPool(server());
  const store = closed(postgresKeyStore({ pool: pool as never, schema }));
  await store.startEpoch(null, 'e-1');
  const client = await pool.connect();
  await client.query('BEGIN');
  await client.query(`UPDATE "${schema}".auxilio_key_meta SET value = 'e-2' WHERE name = 'epoch'`);
  const creating = store.create([key('a', 'e-1'), key('b', 'e-2')]);
  await new Promise((resolve) => setTimeout(resolve, 100));
  await client.query('COMMIT');
  client.release();
  await creating;
  expect(await store.read(['a', 'b'])).toEqual([key('b', 'e-2')]);
});
