/** The histories of the model on real servers: what they answer there is what the model answers. */
import pg from 'pg';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { type Cluster, type ClusterOptions, startCluster } from '../../support/cluster.ts';
import type { ClusterNode } from '../../support/cluster-node.ts';
import { histories, type Nodes, runHistory } from './histories.ts';

const three: ClusterOptions = { standbys: 2, synchronous: 'ANY 1' };

function serverNodes(cluster: Cluster): Nodes {
  function node(name: string): ClusterNode {
    const found = cluster.nodes.find((one) => one.name === name);
    if (found === undefined) throw new Error(`There is no node ${name}`);
    return found;
  }
  const waits = `FROM pg_stat_activity WHERE wait_event = 'SyncRep'`;
  return {
    pool(name) {
      const pool = new pg.Pool({ connectionString: node(name).connectionString });
      pool.on('error', () => undefined);
      onTestFinished(() => void pool.end());
      return { pool };
    },
    sql: (name, text) => node(name).sql(text),
    kill: (name) => node(name).stop('kill'),
    start: (name) => node(name).start(),
    pause: (name) => node(name).pause(),
    resume: (name) => node(name).resume(),
    promote: (name) => cluster.promote(node(name)),
    cutReceiver: (name) => cluster.cutReceiver(node(name)),
    restoreReceiver: (name) => cluster.restoreReceiver(node(name)),
    caughtUp: () => cluster.caughtUp(),
    waitFor: (name, names) => node(name).configure({ synchronous_standby_names: names }),
    countWaits: async (name) => (await node(name).sql(`SELECT pid ${waits}`)).length,
    interruptWaits: async (name, how) => void (await node(name).sql(`SELECT pg_${how}_backend(pid) ${waits}`)),
  };
}

describe('on real servers', () => {
  let shared: Cluster | undefined;
  let schemas = 0;
  afterAll(() => shared?.stop());

  /** The cluster of all histories without a promotion, as it was at first. */
  async function shareCluster(): Promise<Cluster> {
    shared ??= await startCluster(three);
    for (const standby of shared.standbys()) await shared.restoreReceiver(standby);
    await shared.primary().configure({ synchronous_standby_names: 'ANY 1 (n2, n3)' });
    await shared.caughtUp();
    return shared;
  }

  async function ownCluster(): Promise<Cluster> {
    const cluster = await startCluster(three);
    onTestFinished(() => cluster.stop());
    return cluster;
  }

  it.each(histories)('$name', async (history) => {
    const cluster = await (history.promotes ? ownCluster() : shareCluster());
    const seen = await runHistory(history, serverNodes(cluster), `history_${++schemas}`);
    expect(seen).toEqual(history.seen);
  });
});
