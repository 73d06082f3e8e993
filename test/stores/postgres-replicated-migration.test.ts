/** A migration on a primary and two standbys: when a store goes on after it, and what a promotion leaves of it. */
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { postgresMigrations } from '../../src/postgres.ts';
import { type Cluster, startCluster } from '../support/cluster.ts';
import { type ClusterNode, until } from '../support/cluster-node.ts';
import { event, idsOf } from './cases.ts';
import { patientStore } from './patient-store.ts';
import { freshSchema } from './postgres-host.ts';
import { replicatedStore } from './replicated-store.ts';

let cluster: Cluster;
beforeAll(async () => {
  cluster = await startCluster({ standbys: 2 });
});
afterAll(() => cluster?.stop());

/** Tables of version 4, as release 0.8 makes them, with one event. */
async function tablesOfVersion4(): Promise<string> {
  const schema = freshSchema();
  const [first] = postgresMigrations({ schema });
  await cluster.primary().sql(first?.sql ?? '');
  const append = `SELECT FROM ${schema}.auxilio_append('a', NULL, NULL, '{event-1}', $1, '{}', '{}', '{}', '5000')`;
  await cluster.primary().sql(append, [[JSON.stringify(event(1))]]);
  await cluster.caughtUp();
  return schema;
}

/** The version that the tables of a node say they have, and whether what version 5 adds is there. */
async function versionOn(node: ClusterNode, schema: string): Promise<string> {
  const [row] = await node.sql(
    `SELECT m.value AS version, to_regclass($1) IS NOT NULL AS is_added FROM ${schema}.auxilio_meta m WHERE m.name = 'schema-version'`,
    [`${schema}.auxilio_epochs`],
  );
  return `${row?.version}${row?.is_added ? ', with epochs' : ''}`;
}

/** Resolves with the backend of a store that waits: for a standby, or for a lock. */
async function waitingBackend(type: 'SyncRep' | 'relation'): Promise<number> {
  const text = `SELECT pid FROM pg_stat_activity WHERE wait_event = $1 AND application_name = 'auxilio'`;
  let pid = 0;
  await until(`a store waits: ${type}`, async () => {
    pid = Number((await cluster.primary().sql(text, [type]))[0]?.pid ?? 0);
    return pid > 0;
  });
  return pid;
}

const cutStandbys = () => Promise.all(cluster.standbys().map((standby) => cluster.cutReceiver(standby)));

/** Kills the primary and promotes a standby, which the other one follows; the former primary is a standby once the test is over. */
async function failOver(): Promise<ClusterNode> {
  const former = cluster.primary();
  const [next] = cluster.standbys();
  if (next === undefined) throw new Error('a standby is missing');
  await former.stop('kill');
  await cluster.promote(next);
  onTestFinished(() => cluster.rejoin(former));
  return next;
}

describe('a migration', () => {
  it('that a store was not told of is made again on a standby that is promoted without it', async () => {
    const schema = await tablesOfVersion4();
    await cutStandbys();
    const store = replicatedStore(cluster, { schema, standbyTimeoutMs: 300 });
    const read = store.readStored('a');
    read.catch(() => undefined);
    await cluster.primary().sql('SELECT pg_cancel_backend($1)', [await waitingBackend('SyncRep')]);
    await expect(read).rejects.toMatchObject({ kind: 'unavailable' });
    expect(await versionOn(cluster.primary(), schema)).toBe('5, with epochs'); // its commit is visible
    const next = await failOver();
    await expect.poll(() => idsOf(store, 'a').catch(String)).toEqual(['event-1']);
    expect(await versionOn(next, schema)).toBe('5, with epochs');
  });

  it('whose commit waits is absent from a standby that did not receive it', async () => {
    const schema = await tablesOfVersion4();
    await cutStandbys();
    const { connectionString } = cluster.primary();
    const store = patientStore({ connectionString, schema });
    onTestFinished(() => store.close());
    const migrated = store.migrate();
    migrated.catch(() => undefined);
    await waitingBackend('SyncRep');
    const next = await failOver();
    await expect(migrated).rejects.toMatchObject({ kind: 'io' });
    expect(await versionOn(next, schema)).toBe('4');
  });

  it('that a standby has received is whole there, although it had not replayed it', async () => {
    const schema = await tablesOfVersion4();
    await Promise.all(cluster.standbys().map((standby) => standby.sql('SELECT pg_wal_replay_pause()')));
    await replicatedStore(cluster, { hosts: [cluster.primary()], schema }).migrate();
    const next = await failOver();
    expect(await versionOn(next, schema)).toBe('5, with epochs');
    for (const other of cluster.standbys().filter((standby) => standby.isUp()))
      await other.sql('SELECT pg_wal_replay_resume()');
  });

  it('goes on at the next primary when its own is lost in the middle', async () => {
    const schema = await tablesOfVersion4();
    const former = cluster.primary();
    const holding = former.sql(`BEGIN; SELECT FROM ${schema}.auxilio_checkpoints; SELECT pg_sleep(1000)`);
    holding.catch(() => undefined);
    const store = replicatedStore(cluster, { schema });
    const migrated = store.migrate();
    await waitingBackend('relation');
    const next = await failOver();
    await migrated;
    expect(await versionOn(next, schema)).toBe('5, with epochs');
    expect(await idsOf(store, 'a')).toEqual(['event-1']);
  });
});
