/** Three nodes, each on a machine of its own, and a small supervisor that moves the primary. */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Cluster, type ClusterOptions, startCluster } from '../../../test/support/cluster.ts';
import { type ClusterNode, until } from '../../../test/support/cluster-node.ts';
import { type Machine, makeNetwork } from '../network.ts';

/** A node and the machine that it runs on. */
type SiteNode = ClusterNode & Pick<Machine, 'cut' | 'mend'> & Readonly<{ fillDisk(): void; freeDisk(): void }>;

export type Site = Readonly<{
  cluster: Cluster;
  primary(): SiteNode;
  standbys(): [SiteNode, SiteNode];
  /** Promotes the standby that has flushed most. Both have to be up: what was acknowledged may be on either alone. */
  failOver(): Promise<void>;
  /** Ends each fault, and has the two others follow the primary. */
  heal(): Promise<void>;
  stop(): Promise<void>;
}>;

const diskMegabytes = 256;

/**
 * Starts a site; undefined where network namespaces or file systems are not allowed. `promoted` is called once a new primary has
 * committed, as its standbys let it.
 */
export async function startSite(
  directory: string,
  options: ClusterOptions,
  promoted: () => void,
): Promise<Site | undefined> {
  const network = makeNetwork(3);
  if (network === undefined) return undefined;
  chmodSync(directory, 0o755); // the servers may run as another user
  const disks = network.machines.map(({ space }) => join(directory, space));
  const close = () => {
    network.close();
    for (const disk of disks) spawnSync('umount', [disk]);
    process.off('exit', close);
  };
  process.once('exit', close);
  const areMounted = disks.every((disk) => {
    mkdirSync(disk, { recursive: true });
    return spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${diskMegabytes}m`, 'tmpfs', disk]).status === 0;
  });
  if (!areMounted) {
    close();
    return undefined;
  }
  const places = network.machines.map(({ place }, n) => ({ ...place, ...(disks[n] && { disk: disks[n] }) }));
  const cluster = await startCluster({ ...options, places }).catch((error: unknown) => {
    close();
    throw error;
  });
  const nodes = cluster.nodes.map((node, n): SiteNode => {
    const [machine, ballast] = [network.machines[n], join(disks[n] ?? directory, 'ballast')];
    if (machine === undefined) throw new Error(`${node.name} has no machine`);
    return {
      ...{ ...node, cut: machine.cut, mend: machine.mend },
      fillDisk: () => void spawnSync('dd', ['if=/dev/zero', `of=${ballast}`, 'bs=16k']),
      freeDisk: () => rmSync(ballast, { force: true }),
    };
  });
  const find = ({ name }: ClusterNode): SiteNode => {
    const found = nodes.find((node) => node.name === name);
    if (found === undefined) throw new Error(`There is no ${name}`);
    return found;
  };
  const primary = () => find(cluster.primary());
  const standbys = () => cluster.standbys().map(find) as [SiteNode, SiteNode];

  async function failOver(): Promise<void> {
    await Promise.all(standbys().map((standby) => cluster.cutReceiver(standby))); // the old primary can commit nothing more
    const positions = await Promise.all(standbys().map(flushedPosition));
    const [one, other] = standbys();
    const isBehind = BigInt(positions[0] ?? 0) < BigInt(positions[1] ?? 0);
    await cluster.promote(isBehind ? other : one);
    await primary().sql(`SELECT pg_logical_emit_message(true, 'promoted', '')`); // waits for a standby where commits do
    promoted();
  }

  async function heal(): Promise<void> {
    for (const node of nodes) {
      node.mend();
      node.freeDisk();
      node.resume();
    }
    if (!primary().isUp()) await primary().start();
    await Promise.all(standbys().map((standby) => follow(cluster, standby)));
    await cluster.caughtUp();
  }

  return {
    ...{ cluster, primary, standbys, failOver, heal },
    async stop() {
      await cluster.stop();
      close();
    },
  };
}

/** Reads the end of the WAL of a standby, once it has replayed all of it or is paused. */
async function flushedPosition(standby: ClusterNode): Promise<string> {
  await until(`${standby.name} has replayed what it has`, async () => {
    const [startup] = await standby.sql(`SELECT wait_event FROM pg_stat_activity WHERE backend_type = 'startup'`);
    return /^Recovery(WalStream|RetrieveRetryInterval|Pause)$/.test(String(startup?.wait_event));
  });
  const [row] = await standby.sql(
    `SELECT (greatest(pg_last_wal_receive_lsn(), pg_last_wal_replay_lsn()) - '0/0')::text AS at`,
  );
  return String(row?.at);
}

/** Makes a node follow the primary: as it is, or with a fresh copy if its own history is another, or ends elsewhere. */
async function follow(cluster: Cluster, node: ClusterNode): Promise<void> {
  if (await isStandby(node)) {
    await cluster.restoreReceiver(node);
    await node.sql('SELECT pg_wal_replay_resume()');
    for (let tries = 0; tries < 40; tries++) {
      if (await streams(cluster, node)) return;
      await pause(100);
    }
  }
  await cluster.rejoin(node);
}

async function isStandby(node: ClusterNode): Promise<boolean> {
  return node.sql('SELECT pg_is_in_recovery() AS is').then(
    ([row]) => row?.is === true,
    () => false,
  );
}

async function streams(cluster: Cluster, { name }: ClusterNode): Promise<boolean> {
  const asked = `SELECT FROM pg_stat_replication WHERE state = 'streaming' AND application_name = $1`;
  return (await cluster.primary().sql(asked, [name])).length > 0;
}
