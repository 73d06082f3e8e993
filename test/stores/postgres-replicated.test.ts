import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { type PostgresStore, type PostgresStoreOptions, postgresStore } from '../../src/postgres.ts';
import { type Cluster, startCluster } from '../support/cluster.ts';
import { until } from '../support/cluster-node.ts';
import { events, idsOf } from './cases.ts';
import { storeError } from './files.ts';
import { freshSchema } from './postgres-host.ts';

let cluster: Cluster;
beforeAll(async () => {
  // WAL without a commit is written out late, so that a test sees it.
  cluster = await startCluster({ settings: { wal_writer_delay: '10s' } });
});
afterAll(() => cluster?.stop());

const names = ['n1', 'n2'];

function opened(options: Partial<PostgresStoreOptions> = {}): PostgresStore {
  const { connectionString } = cluster.primary();
  const store = postgresStore({ connectionString, ...options } as PostgresStoreOptions);
  onTestFinished(() => store.close());
  return store;
}

const replicated = (schema: string, options: Partial<PostgresStoreOptions> = {}) =>
  opened({ schema, durability: 'replicated', standbys: names, ...options });

/** A store of one event; it gives the standbys up early. */
async function ready() {
  const schema = freshSchema();
  const store = replicated(schema, { responseTimeoutMs: 120_000, standbyTimeoutMs: 300 });
  await expect
    .poll(() =>
      store.appendToStream('a', events(1)).then(
        () => true,
        () => false,
      ),
    )
    .toBe(true);
  return { schema, store };
}

const [standby] = [() => cluster.standbys()[0] ?? cluster.primary()];

async function withoutStandby<T>(work: () => Promise<T>): Promise<T> {
  await standby().stop('immediate');
  try {
    return await work();
  } finally {
    await standby().start();
    await cluster.caughtUp();
  }
}

/** Resolves with the process of the append that waits for the standby. */
async function waitingBackend(schema: string): Promise<number> {
  const text = `SELECT pid FROM pg_stat_activity WHERE wait_event = 'SyncRep' AND query LIKE $1`;
  let pid = 0;
  await until('an append waits for the standby', async () => {
    const [row] = await cluster.primary().sql(text, [`%${schema}".auxilio_add%`]);
    pid = Number(row?.pid ?? 0);
    return pid > 0;
  });
  return pid;
}

const interruptions: Readonly<Record<string, (schema: string) => Promise<unknown>>> = {
  'the waiting backend is cancelled': async (schema) =>
    cluster.primary().sql('SELECT pg_cancel_backend($1)', [await waitingBackend(schema)]),
  'the waiting backend is terminated': async (schema) =>
    cluster.primary().sql('SELECT pg_terminate_backend($1)', [await waitingBackend(schema)]),
  'the primary is restarted': async (schema) => {
    await waitingBackend(schema);
    await cluster.primary().stop('immediate');
    await cluster.primary().start();
  },
};

describe('a commit that no standby has', () => {
  it.each(Object.keys(interruptions))('is not told to anyone until one has it: %s', async (how) => {
    const { schema, store } = await ready();
    const control = opened({ schema });
    await withoutStandby(async () => {
      const append = store.appendToStream('a', events(2), { expectedStreamVersion: 1n });
      append.catch(() => undefined);
      await interruptions[how]?.(schema);
      await expect(append).rejects.toEqual(storeError('io'));
      // A store of durability 'local' tells it: so it is there to be told.
      await expect.poll(() => idsOf(control, 'a').catch(() => [])).toEqual(['event-1', 'event-2']);
      expect(await control.appendToStream('a', events(2))).toMatchObject({ repeated: true });
      await expect(store.appendToStream('a', events(2))).rejects.toEqual(storeError('io'));
      await expect(store.appendToStream('a', events(3), { expectedStreamVersion: 1n })).rejects.toEqual(
        storeError('io'),
      );
      await expect(store.readStored('a')).rejects.toEqual(storeError('unavailable'));
    });
    await expect.poll(() => idsOf(store, 'a').catch(() => [])).toEqual(['event-1', 'event-2']);
    expect(await store.appendToStream('a', events(2))).toMatchObject({ repeated: true });
    const conflict = store.appendToStream('a', events(3), { expectedStreamVersion: 1n });
    await expect(conflict).rejects.toMatchObject({ code: 'version-conflict' });
  });

  it('is not told by any call of the store', async () => {
    const { schema, store } = await ready();
    const row = { projection: 'p', key: 'k' };
    const calls: Record<string, () => Promise<unknown>> = {
      readStream: () => store.readStream('a'),
      aggregateStream: () => store.aggregateStream('a', { evolve: (n: number) => n + 1, initialState: () => 0 }),
      readStored: () => store.readStored('a'),
      streamExists: () => store.streamExists('a'),
      appendToStream: () => store.appendToStream('a', events(2)),
      readFeed: () => store.readFeed(),
      readLag: () => store.readLag(null),
      readCheckpoint: () => store.readCheckpoint('c'),
      readRows: () => store.readRows(row.projection),
      readRow: () => store.readRow(row.projection, row.key),
      // These would write, and wait in the server: here they are refused by what is stored, which is not told either.
      commitCheckpoint: () => store.commitCheckpoint('c', { expected: 5, cursor: null }),
      promoteGeneration: () => store.promoteGeneration('p', { builder: 'b', expected: 5, current: 0 }),
    };
    const writing = ['reset', 'startGeneration', 'migrate'];
    // `listen` only wakes: what is new is then read by `readFeed`.
    const known = [...Object.keys(calls), ...writing, 'listen', 'checksLastEventId', 'close'];
    expect(Object.keys(store).filter((name) => !known.includes(name))).toEqual([]);
    await withoutStandby(async () => {
      const append = store.appendToStream('a', events(2));
      append.catch(() => undefined);
      await cluster.primary().sql('SELECT pg_cancel_backend($1)', [await waitingBackend(schema)]);
      await append.catch(() => undefined);
      const told: string[] = [];
      for (const [name, call] of Object.entries(calls)) {
        const error: unknown = await call().then(
          () => undefined,
          (thrown: unknown) => thrown,
        );
        const code = String((error as { code?: unknown } | undefined)?.code);
        if (code !== 'store-unavailable' && code !== 'store-io') told.push(`${name}: ${code}`);
      }
      expect(told).toEqual([]);
    });
  });
});

describe('WAL that no commit writes out', () => {
  /** Stops the process that writes WAL out by itself, until the test is over. */
  async function stopWalWriter(): Promise<void> {
    const [writer] = await cluster.primary().sql(`SELECT pid FROM pg_stat_activity WHERE backend_type = 'walwriter'`);
    process.kill(Number(writer?.pid), 'SIGSTOP');
    onTestFinished(() => void process.kill(Number(writer?.pid), 'SIGCONT'));
  }
  const isAhead = async () => {
    const [row] = await cluster
      .primary()
      .sql('SELECT pg_current_wal_insert_lsn() > pg_current_wal_flush_lsn() AS ahead');
    return row?.ahead;
  };

  it('holds no read back: the store writes it out', async () => {
    const { schema } = await ready();
    const store = replicated(schema, { standbyTimeoutMs: 20_000 });
    await store.readStored('a');
    await stopWalWriter();
    await cluster.primary().sql('CREATE TEMP TABLE filler (n int); BEGIN; CREATE TABLE undone (n int); ROLLBACK');
    expect(await isAhead()).toBe(true);
    expect(await idsOf(store, 'a')).toEqual(['event-1']);
  });

  it('is on the standby before a row is read that another session committed without a flush', async () => {
    const { schema } = await ready();
    const store = replicated(schema, { standbyTimeoutMs: 20_000 });
    await store.readStored('a');
    await stopWalWriter();
    const insert = `INSERT INTO ${schema}.auxilio_rows (projection, key, body) VALUES ('p', 'k', '{"n":1}')`;
    await cluster.primary().sql(`SET synchronous_commit = off; ${insert}`);
    expect(await isAhead()).toBe(true);
    expect(await store.readRow('p', 'k')).toMatchObject({ key: 'k' });
    expect(await isAhead()).toBe(false);
  });
});

describe('settings by which nothing waits for a named standby', () => {
  const asRole = async (statements: readonly string[], role: string) => {
    await cluster
      .primary()
      .sql(`DO $$ BEGIN CREATE ROLE ${role} LOGIN PASSWORD 'x'; EXCEPTION WHEN duplicate_object THEN NULL; END $$`);
    for (const statement of statements) await cluster.primary().sql(statement);
    await cluster.caughtUp();
    const { host, port } = cluster.primary();
    const connection = { host, port, user: role, password: 'x', database: 'postgres' };
    const store = postgresStore({ connection, schema: freshSchema(), durability: 'replicated', standbys: names });
    onTestFinished(() => store.close());
    return store.readStored('a');
  };

  it.each(['local', 'off', 'remote_write'])(
    'are refused by name: synchronous_commit of the role is %s',
    async (value) => {
      const role = `commits_${value}`;
      const call = asRole(
        [`GRANT pg_monitor TO ${role}`, `ALTER ROLE ${role} SET synchronous_commit = ${value}`],
        role,
      );
      await expect(call).rejects.toMatchObject({
        kind: 'unavailable',
        message: expect.stringContaining(`synchronous_commit of the role ${role} is ${value}`),
      });
    },
  );

  it('are refused with the statement to run: the role does not see the standbys', async () => {
    await expect(asRole([], 'sees_nothing')).rejects.toThrow('GRANT pg_monitor TO "sees_nothing"');
  });

  it.each([
    ['*', 'synchronous_standby_names has *'],
    ['ANY 1 (*)', 'synchronous_standby_names has *'],
    ['', 'synchronous_standby_names is empty'],
    ['ANY 1 (other)', 'synchronous_standby_names names none of n1, n2'],
  ])('are refused by name: synchronous_standby_names is "%s"', async (value, message) => {
    const before = 'ANY 1 (n2)';
    await cluster.primary().configure({ synchronous_standby_names: value });
    onTestFinished(() => cluster.primary().configure({ synchronous_standby_names: before }));
    await expect(replicated(freshSchema()).readStored('a')).rejects.toThrow(message);
  });

  it('do not let a commit be told that a change of them released', async () => {
    const { schema, store } = await ready();
    await withoutStandby(async () => {
      const append = store.appendToStream('a', events(2));
      append.catch(() => undefined);
      await waitingBackend(schema);
      await cluster.primary().configure({ synchronous_standby_names: '' });
      await expect(append).rejects.toEqual(storeError('io'));
      await expect(store.readStored('a')).rejects.toEqual(storeError('unavailable'));
      await cluster.primary().configure({ synchronous_standby_names: 'ANY 1 (n2)' });
    });
  });
});
