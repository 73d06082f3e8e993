/** A copy of a server: a standby that has all that the server has, and was promoted. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { conninfo, copyRunning, smallAndQuick } from './cluster.ts';
import { createNode, markStandby, until } from './cluster-node.ts';
import { freePort, host } from './free-port.ts';
import type { PostgresServer } from './postgres.ts';
import { binariesFor } from './postgres-files.ts';

export type PromotedCopy = Readonly<{ connectionString: string; stop(): Promise<void> }>;

export async function promotedCopy(server: PostgresServer): Promise<PromotedCopy> {
  const home = mkdtempSync(join(tmpdir(), 'auxilio-copy-'));
  chmodSync(home, 0o755);
  const place = { host, port: await freePort() };
  const settings = { ...smallAndQuick, fsync: 'off', primary_conninfo: conninfo(server, 'copy') };
  const node = createNode({ name: 'copy', place, home, bin: await binariesFor(home), settings });
  const stop = async () => {
    await node.stop('kill');
    rmSync(home, { recursive: true, force: true });
  };
  try {
    await copyRunning(server, node); // its end is in the WAL, without which the copy accepts no connection
    markStandby(node);
    await node.start();
    const written = await readPosition(server);
    await until('the copy has all that the server has', async () => {
      const [row] = await node.sql('SELECT pg_last_wal_replay_lsn() >= $1::pg_lsn AS is', [written]);
      return row?.is === true;
    });
    await node.sql('SELECT pg_promote()');
    return { connectionString: node.connectionString, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function readPosition({ connectionString }: PostgresServer): Promise<string> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return String((await client.query('SELECT pg_current_wal_flush_lsn() AS at')).rows[0]?.at);
  } finally {
    await client.end();
  }
}
