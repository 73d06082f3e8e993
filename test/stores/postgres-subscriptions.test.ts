/** Subscriptions over Postgres: held-back events, retries of streams, and rebuilding under traffic. */
import { describe, expect, it } from 'vitest';
import type { PostgresTransaction } from '../../src/postgres.ts';
import {
  catchUp,
  lag,
  PoisonError,
  readProjection,
  rebuild,
  retryParked,
  type SubscriptionOptions,
  type VisitProjection,
} from '../../src/service.ts';
import { assign, breach, serviceOn } from '../service/fixture.ts';
import { rebuildsBesideTraffic } from '../service/rebuilding.ts';
import { beside, freshSchema } from './postgres-host.ts';
import { hostPool, openedPostgres, serverOfFile } from './postgres-server.ts';

const server = serverOfFile({ fsync: 'off', max_prepared_transactions: '5' });

const opened = (schema = freshSchema()) => openedPostgres({ connectionString: server().connectionString, schema });

const reader = (store: ReturnType<typeof opened>, more: Partial<SubscriptionOptions<never>> = {}) =>
  ({ store, consumer: 'reader', handle: () => undefined, ...more }) as SubscriptionOptions<never>;

/** Runs work while another transaction, which has written something, is open. */
async function whileOpen<T>(work: (pid: number) => Promise<T>): Promise<T> {
  const { connectionString } = server();
  const pool = hostPool(server(), { max: 1, connectionString, application_name: 'nightly-report' });
  const client = await pool.connect();
  await client.query('BEGIN');
  const { rows } = await client.query('SELECT pg_current_xact_id(), pg_backend_pid() AS pid');
  try {
    return await work(Number(rows[0]?.pid));
  } finally {
    await client.query('ROLLBACK');
    client.release();
  }
}

describe('a transaction that holds back the feed', () => {
  it('is named by the lag, and catchUp does not answer as if it had caught up', async () => {
    const store = opened();
    const { handle } = serviceOn(store);
    await handle(assign);
    expect(await catchUp(reader(store))).toEqual({ events: 1, parked: [], retrying: [], held: null });
    await whileOpen(async (pid) => {
      await handle(breach(1));
      await handle(breach(2));
      const held = { events: 2, pid, ageMs: expect.any(Number), applicationName: 'nightly-report' };
      expect(await catchUp(reader(store))).toEqual({ events: 0, parked: [], retrying: [], held });
      expect(await lag(reader(store))).toMatchObject({ events: 2, seconds: null, held });
    });
    expect(await lag(reader(store))).toMatchObject({ events: 2, held: null });
    expect(await catchUp(reader(store))).toMatchObject({ events: 2, held: null });
  });

  it('and ends after the last batch was read leaves nothing behind: catchUp reads once more', async () => {
    const store = opened();
    const { handle } = serviceOn(store);
    await handle(assign);
    let release = () => undefined as unknown;
    let ended: Promise<unknown> = Promise.resolve();
    const begun = new Promise<void>((begin) => {
      ended = whileOpen(
        () =>
          new Promise((resolve) => {
            release = () => resolve(undefined);
            begin();
          }),
      );
    });
    await begun;
    await handle(breach(1));
    const readFeed: typeof store.readFeed = async (options) => {
      const batch = await store.readFeed(options);
      if (batch.length === 0) release();
      if (batch.length === 0) await ended;
      return batch;
    };
    expect(await catchUp(reader({ ...store, readFeed }))).toMatchObject({ events: 2, held: null });
  });

  it('is named as far as the role may see it', async () => {
    const schema = freshSchema();
    const owner = opened(schema);
    await serviceOn(owner).handle(assign);
    await beside(server(), (client) =>
      client.query(`CREATE ROLE ${schema} LOGIN PASSWORD 'x'; GRANT USAGE ON SCHEMA ${schema} TO ${schema};
        GRANT SELECT ON ALL TABLES IN SCHEMA ${schema} TO ${schema}`),
    );
    const { host, port, database } = server();
    const store = openedPostgres({ connection: { host, port, database, user: schema, password: 'x' }, schema });
    await whileOpen(async (pid) => {
      await serviceOn(owner).handle(breach(1));
      const { held } = await store.readLag(null);
      expect(held).toMatchObject({ events: 1, pid, ageMs: null });
    });
  });

  it('that is prepared, and has no process, is told of without one', async () => {
    const store = opened();
    await serviceOn(store).handle(assign);
    await beside(server(), async (client) => {
      await client.query(`BEGIN; SELECT pg_current_xact_id(); PREPARE TRANSACTION 'left'`);
      await serviceOn(store).handle(breach(1));
      const { held } = await store.readLag(null);
      await client.query(`ROLLBACK PREPARED 'left'`);
      expect(held).toEqual({ events: 1, pid: null, ageMs: null, applicationName: null });
    });
  });

  it('keeps a rebuild from swapping in rows that may be stale, until it has ended', async () => {
    const store = opened();
    const counting: VisitProjection = { name: 'counting', row: ({ events }) => ({ events: events.length }) };
    const { handle } = serviceOn(store, { projections: [counting] });
    await handle(assign);
    const { rebuilding } = await whileOpen(async () => {
      await handle(breach(1));
      const waits: number[] = [];
      const readLag: typeof store.readLag = async (after) => {
        const found = await store.readLag(after);
        if (found.held !== null) waits.push(found.held.events);
        return found;
      };
      const started = { rebuilding: rebuild({ ...store, readLag }, counting) };
      while (waits.length < 4) await new Promise((resolve) => setTimeout(resolve, 1));
      expect(await readProjection(store, counting)).toEqual([{ events: 2 }]);
      return started;
    });
    expect(await rebuilding).toMatchObject({ events: 2, held: null });
    expect(await readProjection(store, counting)).toEqual([{ events: 2 }]);
  });
});

describe('a subscription', () => {
  it('retries and takes up streams by themselves, up to where the feed was followed', async () => {
    const store = opened();
    const { handle } = serviceOn(store);
    await handle(assign);
    await handle(breach(1));
    const got: bigint[] = [];
    let thrown: unknown = new Error('down');
    const handleAll: SubscriptionOptions<never>['handle'] = ({ events }) => {
      if (thrown !== undefined) throw thrown;
      got.push(...events.map(({ metadata }) => metadata.streamPosition));
      return undefined;
    };
    const options = reader(store, { handle: handleAll, attempts: 2, pauseMs: 1 });
    expect(await catchUp(options)).toMatchObject({ parked: [], retrying: [{ streamName: 'visit-visit-1', from: 1n }] });
    thrown = new PoisonError('broken');
    expect(await catchUp(options)).toMatchObject({ parked: [{ streamName: 'visit-visit-1', from: 1n }], retrying: [] });
    thrown = undefined;
    await handle(breach(2));
    expect(await retryParked(options)).toEqual({ events: 2, unparked: ['visit-visit-1'], parked: [] });
    await catchUp(options);
    expect(got).toEqual([1n, 2n, 3n]);
  });

  it('whose effect undoes the transaction is not handed the event without end', async () => {
    const store = opened();
    await serviceOn(store).handle(assign);
    let calls = 0;
    const effect = (transaction: PostgresTransaction) => {
      calls += 1;
      return transaction.query('ROLLBACK; BEGIN');
    };
    const handle = () => ({ effect, rows: [{ projection: 'p', key: 'k', body: {} }] });
    const options = { store, consumer: 'reader', handle, attempts: 2, pauseMs: 1 };
    const reason = 'StoreError: The effect ended the transaction that it was given, and so undid it';
    expect(await catchUp(options)).toMatchObject({ events: 0, retrying: [{ streamName: 'visit-visit-1', reason }] });
    expect(calls).toBeLessThan(5);
    expect(await store.readRows('p')).toEqual([]);
  });

  it('whose effect never answers is given up, and nothing of it is written', async () => {
    const store = opened();
    await serviceOn(store).handle(assign);
    let calls = 0;
    const effect = () => (calls++ === 0 ? new Promise(() => undefined) : Promise.resolve());
    const rows = [{ projection: 'p', key: 'k', body: {} }];
    const options = reader(store, { handle: () => ({ effect, rows }), handlerTimeoutMs: 1_000, pauseMs: 1 });
    expect(await catchUp(options)).toMatchObject({ parked: [], retrying: [] });
    expect([calls, (await store.readRows('p')).length]).toEqual([2, 1]);
  });

  it('never shows fewer rows nor leaves a stale one while it is rebuilt', async () => {
    await rebuildsBesideTraffic(() => opened(), 6);
  });
});
