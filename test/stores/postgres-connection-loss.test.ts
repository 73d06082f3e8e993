import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { checkOut, loadPools, release } from '../../src/stores/postgres/pool.ts';
import { limits } from '../support/limits.ts';
import { event, events, idsOf } from './cases.ts';
import { storeError } from './files.ts';
import { beside, freshSchema, holdAppend, untilWaiting } from './postgres-host.ts';
import { proxyTo } from './postgres-proxy.ts';
import { hostPool, openedPostgres, serverOfFile, storesOn } from './postgres-server.ts';

const server = serverOfFile({ fsync: 'off' });

const { schemaOfOne } = storesOn(server);

/** A store of one event whose tables were made before, so that a short time is enough for it. */
const ready = async (options: object = {}, connectionString = server().connectionString) => {
  const schema = await schemaOfOne();
  const store = openedPostgres({ connectionString, schema, ...options });
  // On a busy machine the first connection may take longer than the short time.
  await vi.waitFor(() => store.readStream('a'), limits.waitMs);
  return { schema, store };
};

/** Ends connections from outside, and waits until their processes have ended; answers how many. */
const terminate = (where: string) =>
  beside(server(), async (client) => {
    const { rowCount } = await client.query(
      `SELECT pg_terminate_backend(pid, ${limits.waitMs}) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND ${where}`,
    );
    return rowCount;
  });

describe('a connection that pipelines, to a server that went silent', () => {
  const timeouts = { connect: limits.waitMs, lock: 0, statement: 0, answer: limits.waitMs };

  /** A client of a pool of the store's own, with two queries that the server never answers. */
  async function silentClient() {
    const proxy = await proxyTo(server());
    const own = (await loadPools(timeouts, true))({ connectionString: proxy.connectionString });
    const client = await checkOut(own.pool);
    await client.query({ text: 'SELECT 1', values: [] });
    proxy.freeze();
    const queries = [1, 2].map((n) => client.query({ text: 'SELECT $1::int', values: [n] }));
    return { own, client, outcomes: Promise.allSettled(queries) };
  }

  it('fails what waits for an answer when its pool is abandoned', async () => {
    const { own, client, outcomes } = await silentClient();
    own.abandon();
    expect((await outcomes).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    release(client, true);
  });

  it('is closed when it is given back as lost', async () => {
    const { own, client, outcomes } = await silentClient();
    release(client, true);
    expect((await outcomes).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await own.end();
  });
});

describe('a connection that is lost in the middle of an append', () => {
  it('leaves it in doubt: here it was not written, and the same again is written once', async () => {
    const { schema, store } = await ready();
    const held = await holdAppend(server(), schema, 'a', events(9));
    const append = store.appendToStream('a', events(2, 3));
    append.catch(() => undefined);
    await untilWaiting(server(), schema, 'Lock');
    expect(await terminate(`wait_event_type = 'Lock' AND query LIKE '%${schema}%'`)).toBe(1);
    await expect(append).rejects.toEqual(storeError('io'));
    await held.rollback();
    expect(await idsOf(store, 'a')).toEqual(['event-1']);
    expect(await store.appendToStream('a', events(2, 3))).toMatchObject({ repeated: false });
    expect(await idsOf(store, 'a')).toEqual(['event-1', 'event-2', 'event-3']);
  });

  it('leaves it in doubt: here it was written, and the same again is a repeat', async () => {
    const proxy = await proxyTo(server());
    const { store } = await ready({}, proxy.connectionString);
    proxy.loseNextAnswer();
    const options = { expectedStreamVersion: 1n };
    await expect(store.appendToStream('a', events(2, 3), options)).rejects.toEqual(storeError('io'));
    const again = await store.appendToStream('a', events(2, 3), options);
    expect(again).toMatchObject({ repeated: true, nextExpectedStreamVersion: 3n });
    expect(await idsOf(store, 'a')).toEqual(['event-1', 'event-2', 'event-3']);
  });

  it('of a read leaves nothing in doubt', async () => {
    const proxy = await proxyTo(server());
    const { store } = await ready({}, proxy.connectionString);
    proxy.loseNextAnswer();
    await expect(store.readStream('a')).rejects.toEqual(storeError('unavailable'));
    expect(await idsOf(store, 'a')).toEqual(['event-1']);
  });
});

describe('a connection that is lost while nobody uses it', () => {
  it('ends no process, and the next call gets another', async () => {
    const { store } = await ready();
    for (let round = 0; round < 3; round++) {
      expect(await terminate(`application_name = 'auxilio' AND state = 'idle'`)).toBeGreaterThan(0);
      expect(await idsOf(store, 'a')).toEqual(['event-1']);
    }
  });

  it('does not end the process when it is lost as soon as it is there', async () => {
    const proxy = await proxyTo(server());
    const { schema } = await ready();
    const store = openedPostgres({ connectionString: proxy.connectionString, schema });
    proxy.endNextConnection();
    await expect(store.appendToStream('a', events(2))).rejects.toEqual(storeError('unavailable'));
    await store.appendToStream('a', events(2), { expectedStreamVersion: 1n });
  });

  it('does not end the process when it is lost while the store is closed', async () => {
    const proxy = await proxyTo(server());
    const { store } = await ready({}, proxy.connectionString);
    proxy.endAtLeave();
    await store.close();
    await pause(50);
  });

  it('does not end the process in a pool of the host that listens to no error', async () => {
    const pool = hostPool(server(), { application_name: 'host' });
    pool.removeAllListeners('error');
    const store = openedPostgres({ pool, schema: freshSchema() });
    await store.appendToStream('a', events(1));
    expect(await terminate(`application_name = 'host'`)).toBe(1);
    expect(await idsOf(store, 'a')).toEqual(['event-1']);
  });
});

describe('a server', () => {
  it.each(['fast', 'immediate'] as const)('that is restarted (%s) has what it acknowledged', async (how) => {
    const { store } = await ready();
    await server().down(how);
    await expect(store.appendToStream('a', events(2))).rejects.toMatchObject({
      kind: expect.stringMatching(/^(unavailable|io)$/),
    });
    await expect(store.readStream('a')).rejects.toEqual(storeError('unavailable'));
    await server().up();
    await store.appendToStream('a', events(2));
    expect(await idsOf(store, 'a')).toEqual(['event-1', 'event-2']);
  });

  it('where there is none is unavailable, at once', async () => {
    const store = openedPostgres({ connection: { host: '127.0.0.1', port: 1, user: 'x', database: 'x' } });
    await expect(store.readStream('a')).rejects.toEqual(storeError('unavailable'));
    await expect(store.appendToStream('a', events(1))).rejects.toEqual(storeError('unavailable'));
    await expect(store.migrate()).rejects.toEqual(storeError('unavailable'));
  });

  it('that lets nobody in is unavailable, and its password is not told', async () => {
    const { host, port, database } = server();
    const store = openedPostgres({ connection: { host, port, database, user: 'postgres', password: 'a-secret' } });
    const refusal = await store.readStream('a').catch((error: unknown) => error);
    expect(refusal).toEqual(storeError('unavailable'));
    expect(String(refusal)).not.toContain('a-secret');
  });

  it('that does not answer a new connection is unavailable when the time is up', async () => {
    const proxy = await proxyTo(server());
    proxy.freeze();
    const store = openedPostgres({ connectionString: proxy.connectionString, connectTimeoutMs: 50 });
    await expect(store.readStream('a')).rejects.toEqual(storeError('unavailable'));
  });

  it('that answers no more leaves an append in doubt when the time is up, and can be closed', async () => {
    const proxy = await proxyTo(server());
    const { schema, store } = await ready(
      { responseTimeoutMs: 5_000, connectTimeoutMs: 5_000 },
      proxy.connectionString,
    );
    proxy.freeze();
    await expect(store.appendToStream('a', events(2))).rejects.toEqual(storeError('io'));
    await expect(store.readStream('a')).rejects.toEqual(storeError('unavailable'));
    await store.close();
    const other = openedPostgres({ connectionString: server().connectionString, schema });
    expect(await idsOf(other, 'a')).toEqual(['event-1']);
  });
});

describe('a pool', () => {
  it('whose connections are all taken is unavailable when the time is up, and none is kept from it', async () => {
    const pool = hostPool(server(), { max: 1 });
    const schema = await schemaOfOne();
    await openedPostgres({ pool, schema }).readStream('a');
    const store = openedPostgres({ pool, schema, connectTimeoutMs: 500 });
    const taken = await pool.connect();
    await expect(store.appendToStream('a', events(2))).rejects.toEqual(storeError('unavailable'));
    await expect(store.readStream('a')).rejects.toEqual(storeError('unavailable'));
    taken.release();
    for (let round = 0; round < 3; round++) expect(await idsOf(store, 'a')).toEqual(['event-1']);
  });

  it('of the host is not ended by close; when the host ends it, the store is closed', async () => {
    const pool = hostPool(server());
    const schema = freshSchema();
    const one = openedPostgres({ pool, schema });
    await one.appendToStream('a', events(1));
    await one.close();
    await expect(one.readStream('a')).rejects.toEqual(storeError('closed'));
    const other = openedPostgres({ pool, schema });
    expect(await idsOf(other, 'a')).toEqual(['event-1']);
    await pool.end();
    await expect(other.readStream('a')).rejects.toEqual(storeError('closed'));
    await other.close();
  });
});

describe('a store that is closed', () => {
  it('refuses every call, opened or not, and closing twice is closing once', async () => {
    for (const used of [true, false]) {
      const store = openedPostgres({ connectionString: server().connectionString, schema: freshSchema() });
      if (used) await store.appendToStream('a', events(1));
      await Promise.all([store.close(), store.close()]);
      await store.close();
      const calls = [
        store.readStream('a'),
        store.readStored('a'),
        store.streamExists('a'),
        store.appendToStream('a', events(1)),
        store.readFeed(),
        store.readCheckpoint('c'),
        store.commitCheckpoint('c', { expected: 0, cursor: null }),
        store.readRows('p'),
        store.readRow('p', 'k'),
        store.reset('p'),
        store.migrate(),
      ];
      for (const call of calls) await expect(call).rejects.toEqual(storeError('closed'));
    }
  });

  it('has ended what was under way', async () => {
    const schema = freshSchema();
    const store = openedPostgres({ connectionString: server().connectionString, schema });
    const appends = Array.from({ length: 30 }, (_, n) => store.appendToStream(`s-${n % 3}`, [event(n)]));
    await store.close();
    const answers = await Promise.allSettled(appends);
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 'fulfilled'));
    const other = openedPostgres({ connectionString: server().connectionString, schema });
    expect(await other.readFeed()).toHaveLength(30);
  });

  it('has no connection any more', async () => {
    const connection = { connectionString: server().connectionString, application_name: 'closing' };
    const store = openedPostgres({ connection, schema: freshSchema() });
    await store.appendToStream('a', events(1));
    const connections = () =>
      beside(server(), async (client) => {
        const { rowCount } = await client.query(`SELECT FROM pg_stat_activity WHERE application_name = 'closing'`);
        return rowCount;
      });
    expect(await connections()).toBe(1);
    await store.close();
    await expect.poll(connections).toBe(0);
  });

  it('does not wait for an effect that waits for it', async () => {
    const { store } = await ready({ responseTimeoutMs: 5_000 });
    const move = store.commitCheckpoint('c', { expected: 0, cursor: null, effect: () => store.close() });
    await store.close();
    await move;
  });
});
