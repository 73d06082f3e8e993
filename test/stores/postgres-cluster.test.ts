import { expect, it, onTestFinished } from 'vitest';
import { type Cluster, type ClusterOptions, startCluster } from '../support/cluster.ts';

async function clusterOf(options: ClusterOptions): Promise<Cluster> {
  const cluster = await startCluster(options);
  onTestFinished(() => cluster.stop());
  return cluster;
}

/** Counts the commits that wait: each has its place in the WAL, and its client no answer. */
async function waiting(cluster: Cluster): Promise<unknown> {
  const [row] = await cluster
    .primary()
    .sql(`SELECT count(*)::int AS waiting FROM pg_stat_activity WHERE wait_event = 'SyncRep'`);
  return row?.waiting;
}

it('a commit waits for a named standby, is not lost at a promotion, and reaches the primary that rejoins', async () => {
  const cluster = await clusterOf({ standbys: 2, synchronous: 'ANY 1' });
  const [n1, n2, n3] = cluster.nodes;
  if (n1 === undefined || n2 === undefined || n3 === undefined) throw new Error('a node is missing');
  await n1.sql('CREATE TABLE t (a int)');
  await n3.stop('kill');
  await cluster.cutReceiver(n2);
  const inserted = n1.sql('INSERT INTO t VALUES (1)');
  await expect.poll(() => waiting(cluster)).toBe(1);
  await cluster.restoreReceiver(n2);
  await inserted;
  n1.pause();
  await cluster.promote(n2);
  await n3.start();
  await cluster.rejoin(n3);
  await n2.sql('INSERT INTO t VALUES (2)');
  n1.resume();
  expect(await n1.sql('SELECT a FROM t')).toEqual([{ a: 1 }]); // nobody fenced it: it answers as if it were the primary
  await cluster.rejoin(n1);
  await n2.stop('immediate');
  await n2.start();
  await cluster.caughtUp();
  for (const node of cluster.nodes) expect(await node.sql('SELECT a FROM t ORDER BY a')).toEqual([{ a: 1 }, { a: 2 }]);
});

it('without synchronous standbys a commit that is alone on the primary is lost at a promotion', async () => {
  const cluster = await clusterOf({ standbys: 1, synchronous: undefined });
  const [n1, n2] = cluster.nodes;
  if (n1 === undefined || n2 === undefined) throw new Error('a node is missing');
  await n1.sql('CREATE TABLE t (a int)');
  await cluster.caughtUp();
  await cluster.cutReceiver(n2);
  await n1.sql('INSERT INTO t VALUES (1)');
  await n1.stop('kill');
  await cluster.promote(n2);
  expect(await n2.sql('SELECT a FROM t')).toEqual([]);
});
