/**
 * The power fails while three writers append to Postgres and checkpoints write its tables: unsynced data are dropped or
 * torn, sector by sector. A server recovers from each image; no acknowledged event may be lost. A control that does not
 * sync must lose.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, cpSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { postgresStore } from 'auxilio/postgres';
import pg from 'pg';
import { type PostgresServer, startPostgres } from '../../test/support/postgres.ts';
import { giveTree, serverUid } from '../../test/support/postgres-files.ts';
import type { Campaign } from './campaign.ts';
import { faultsAt, moments, now, type Timed } from './power/acknowledged.ts';
import { leaveImage } from './power/image.ts';
import { callsIn, type FileCall, tracing, untilRecorded, untraceable } from './power/trace.ts';
import { writing } from './power/writers.ts';

type Recorded = Readonly<{
  server: PostgresServer;
  timed: readonly Timed[];
  calls: readonly FileCall[];
  base: string;
  /** The start and end of the writers. */
  span: readonly [from: number, to: number];
}>;

export const powerPostgres: Campaign = {
  name: 'power-postgres',
  says: 'power fails while three append to Postgres; unsynced sectors are dropped or torn',
  short: 6,
  long: 200,
  async run({ rounds, random }) {
    const skipped = untraceable();
    if (skipped !== undefined) return { faults: [], figures: { skipped } };
    const work = await withServer({ fsync: 'on' }, (recorded) => cutting(recorded, rounds, random));
    const controls = Math.max(4, Math.ceil(rounds / 10));
    const control = await withServer({ fsync: 'off' }, (recorded) => cutting(recorded, controls, random));
    const faults = [...work.faults];
    if (control.lost === 0) faults.push('the control, which does not sync, lost nothing');
    const { cuts, acknowledged, calls } = work;
    return { faults, figures: { cuts, acknowledged, calls, 'control lost in': `${control.lost} of ${control.cuts}` } };
  },
};

/** Records a server under three writers, and returns the recording. */
async function withServer<T>(settings: Record<string, string>, work: (recorded: Recorded) => Promise<T>): Promise<T> {
  const quiet = { autovacuum: 'off', io_method: 'sync', min_wal_size: '32MB' };
  const server = await startPostgres({ ...quiet, ...settings });
  const store = postgresStore({ connectionString: server.connectionString });
  try {
    await store.migrate();
    await server.down('fast');
    const home = dirname(server.data);
    const [base, trace] = [join(home, 'base'), join(home, 'recorded')];
    cpSync(server.data, base, { recursive: true });
    mkdirSync(trace);
    if (serverUid !== undefined) chownSync(trace, serverUid, serverUid);
    await server.up(tracing(join(trace, 'calls')));
    const pid = server.pid() ?? 0;
    const timed: Timed[] = [];
    const from = now();
    await underCheckpoints(server, () => writing(store, 40, (record) => timed.push({ at: now(), record })));
    const to = now();
    await server.down('immediate');
    await untilRecorded(join(trace, 'calls'), pid);
    const calls = await callsIn(join(trace, 'calls'), server.data);
    return await work({ server, timed, calls, base, span: [from, to] });
  } finally {
    await store.close();
    await server.stop();
  }
}

/** Has the server write its tables again and again, while something is done. */
async function underCheckpoints(server: PostgresServer, work: () => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: server.connectionString });
  client.on('error', () => undefined);
  await client.connect();
  let isOver = false;
  const checkpoints = (async () => {
    while (!isOver) {
      await client.query('CHECKPOINT');
      await pause(100);
    }
  })();
  await work();
  isOver = true;
  await checkpoints;
  await client.end();
}

async function cutting({ server, timed, calls, base, span }: Recorded, rounds: number, random: () => number) {
  const faults: unknown[] = [];
  let lost = 0;
  const image = join(dirname(server.data), 'image');
  for (const [n, at] of moments(timed, ...span, rounds, random).entries()) {
    rmSync(image, { recursive: true, force: true });
    cpSync(base, image, { recursive: true });
    // The first comes right after an acknowledgement, and drops all: a control cannot but lose.
    leaveImage({ calls, directory: server.data, base, at, random, keeping: n === 0 ? 0 : undefined }, image);
    rmSync(join(image, 'postmaster.pid'), { force: true });
    if (serverUid !== undefined) giveTree(image, serverUid);
    const found = await faultsOf(server, image, timed, at);
    if (found.length > 0) lost += 1;
    faults.push(...found);
  }
  const acknowledged = timed.filter(({ record }) => record.type === 'ok').length;
  return { faults, lost, cuts: rounds, acknowledged, calls: calls.length };
}

/** Has a server recover from an image, and reads it. */
async function faultsOf(
  server: PostgresServer,
  image: string,
  timed: readonly Timed[],
  at: number,
): Promise<unknown[]> {
  const flags = { port: String(server.port), listen_addresses: server.host, unix_socket_directories: '', fsync: 'off' };
  const args = ['-D', image, ...Object.entries(flags).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
  const user = serverUid === undefined ? {} : { uid: serverUid, gid: serverUid };
  const recovering = spawn(join(server.bin, 'postgres'), args, {
    ...user,
    cwd: dirname(image),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let log = '';
  const ended = once(recovering, 'exit');
  const ready = new Promise<boolean>((resolve) => {
    recovering.once('exit', () => resolve(false));
    recovering.stderr.on('data', (chunk: Buffer) => {
      log += chunk.toString();
      if (log.includes('ready to accept connections')) resolve(true);
    });
  });
  if (!(await ready)) return [`the server did not recover: ${log.slice(-500)}`];
  const store = postgresStore({ connectionString: server.connectionString, migrate: false });
  try {
    return faultsAt(timed, at, await store.readFeed({ maxCount: 10_000 }));
  } catch (error) {
    return [error];
  } finally {
    await store.close();
    recovering.kill('SIGQUIT');
    await ended;
  }
}
