/**
 * The disk of the store's tables fills up while two writers append to PostgreSQL: the error says so, acknowledged
 * events can be read, and once there is space again the store continues. On a small file system in memory, where one
 * may be mounted.
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isStoreError, type PostgresStore, postgresStore } from 'auxilio/postgres';
import { type AppendRecord, checkHistory } from 'auxilio/testing';
import { startPostgres } from '../../test/support/postgres.ts';
import { serverUid } from '../../test/support/postgres-files.ts';
import type { Campaign, Result } from './campaign.ts';
import { asked } from './postgres-work.ts';
import { streamsOf } from './support.ts';

const megabytes = 8;

export const fullDiskPostgres: Campaign = {
  name: 'full-disk-postgres',
  says: 'the disk of the tables of PostgreSQL fills up, and is freed again',
  short: 2,
  long: 50,
  async run({ rounds, directory }) {
    const disk = join(directory, 'disk');
    mkdirSync(disk);
    chmodSync(directory, 0o755); // the server may run as another user
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', disk]).status === 0;
    if (!mounted) return { faults: [], figures: { skipped: 'no file system may be mounted here' } };
    const tables = join(disk, 'tables');
    mkdirSync(tables);
    chmodSync(tables, 0o777);
    if (serverUid !== undefined) chownSync(tables, serverUid, serverUid);
    const server = await startPostgres();
    try {
      await asked(server, `CREATE TABLESPACE small LOCATION '${tables}'`);
      await asked(server, `ALTER DATABASE ${server.database} SET default_tablespace = 'small'`);
      const store = postgresStore({ connectionString: server.connectionString });
      try {
        return await fill(store, join(disk, 'ballast'), rounds);
      } finally {
        await store.close();
      }
    } finally {
      await server.stop();
      spawnSync('umount', [disk]);
    }
  },
};

async function fill(store: PostgresStore, ballast: string, rounds: number): Promise<Result> {
  const records: AppendRecord[] = [];
  const kinds: Record<string, number> = {};
  const faults: unknown[] = [];

  /** Appends one event; whether it was stored. */
  async function append(writer: string, n: number): Promise<boolean> {
    const about = { op: 'append', writer, stream: `s-${n % 3}`, ids: [`${writer}-${n}`] } as const;
    records.push({ ...about, type: 'invoke' });
    try {
      const event = { type: 'T', data: { text: 'x'.repeat(4000) }, metadata: { eventId: `${writer}-${n}` } };
      const { nextExpectedStreamVersion } = await store.appendToStream(about.stream, [event]);
      records.push({ ...about, type: 'ok', version: Number(nextExpectedStreamVersion) });
      return true;
    } catch (error) {
      const kind = isStoreError(error) ? error.kind : 'untyped';
      kinds[kind] = (kinds[kind] ?? 0) + 1;
      if (kind !== 'full') faults.push(error);
      records.push({ ...about, type: kind === 'full' ? 'fail' : 'unknown' });
      return false;
    }
  }

  const next = { a: 0, b: 0 };
  await append('a', next.a++); // makes the tables, while there is space
  for (let round = 0; round < rounds; round++) {
    writeFileSync(ballast, '');
    spawnSync('dd', ['if=/dev/zero', `of=${ballast}`, 'bs=16k']); // whatever space is left
    for (const writer of ['a', 'b'] as const) {
      while (await append(writer, next[writer]++));
    }
    for (const name of ['s-0', 's-1', 's-2']) await store.readStream(name);
    rmSync(ballast);
    for (const writer of ['a', 'b'] as const) {
      if (!(await append(writer, next[writer]++))) faults.push(`${writer} could not go on`);
    }
  }
  faults.push(...checkHistory(records, await streamsOf(store)));
  return { faults, figures: { rounds, appends: next.a + next.b, ...kinds } };
}
