/** Processes on a primary and its standby are told of an append once the standby has it, and by no statement of its transaction. */
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { type PostgresStore, type PostgresStoreOptions, postgresStore } from '../../src/postgres.ts';
import { boardProjection, createService, readProjection } from '../../src/service.ts';
import { assign, breach } from '../service/fixture.ts';
import { type Cluster, startCluster } from '../support/cluster.ts';
import { until } from '../support/cluster-node.ts';
import { freshSchema } from './postgres-host.ts';
import { following, LISTENERS, wait } from './postgres-push-host.ts';

let cluster: Cluster;
beforeAll(async () => {
  // A standby that is stopped for a while stays the one that counts.
  cluster = await startCluster({ settings: { wal_sender_timeout: '0', wal_receiver_timeout: '0' } });
});
afterAll(() => cluster?.stop());

function opened(schema: string, options: Partial<PostgresStoreOptions> = {}): PostgresStore {
  const durability = { durability: 'replicated', standbys: ['n1', 'n2'], standbyTimeoutMs: 120_000 } as const;
  const { connectionString } = cluster.primary();
  const store = postgresStore({
    connectionString,
    schema,
    responseTimeoutMs: 120_000,
    ...durability,
    ...options,
  } as never);
  onTestFinished(() => store.close());
  return store;
}

const one = (text: string, values: readonly unknown[] = []) => cluster.primary().sql(text, values);

/** Resolves once an append waits for the standby. */
const untilAppended = (schema: string) =>
  until('an append waits for the standby', async () => {
    const text = `SELECT FROM pg_stat_activity WHERE wait_event = 'SyncRep' AND query LIKE $1`;
    return (await one(text, [`%${schema}".auxilio_add%`])).length > 0;
  });

it.each(['the append waits', 'the wait of the append is cancelled'])(
  'a subscription handles an event, and its row is read, only once the stopped standby goes on: %s',
  async (how) => {
    const [standby] = cluster.standbys();
    if (standby === undefined) throw new Error('a standby is missing');
    const schema = freshSchema();
    const [writer, reader] = [opened(schema), opened(schema)];
    const { handle } = createService({ store: writer, projections: [boardProjection] });
    const readVersions = async () => (await readProjection(reader, boardProjection)).map(({ version }) => version);
    await handle(assign);
    const { got } = following(reader, { pollMs: 20 });
    await expect.poll(() => got, wait).toHaveLength(1);
    await until('a reader listens', async () => (await one(LISTENERS)).length > 0);
    standby.pause();
    onTestFinished(standby.resume);
    const append = handle(breach(1)).then(
      () => 'acknowledged',
      () => 'in doubt',
    );
    await untilAppended(schema);
    if (how === 'the wait of the append is cancelled') {
      await one(`SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep'`);
      await until('others see it', async () => (await one(`SELECT FROM ${schema}.auxilio_events`)).length === 2);
    }
    let versions: unknown;
    const read = readVersions().then((found) => {
      versions = found;
    });
    for (let look = 0; look < 50; look++) await one('SELECT 1'); // each on a connection of its own
    expect(got).toHaveLength(1);
    if (how === 'the append waits') expect(versions ?? [1]).toEqual([1]);
    else expect(versions).toBeUndefined();
    standby.resume();
    await Promise.all([append, read]);
    await expect.poll(() => got, wait).toHaveLength(2);
    expect(await readVersions()).toEqual([2]);
    if (how === 'the append waits') expect(await append).toBe('acknowledged');
  },
);
