/**
 * The disk fills up while three writers append at once: the error says so, acknowledged events can be read, and once
 * there is space again the store continues. On a small file system in memory where one may be mounted; elsewhere it is
 * skipped.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isStoreError, type SqliteStore, sqliteStore } from 'auxilio/sqlite';
import { type AppendRecord, checkHistory } from 'auxilio/testing';
import type { Campaign } from './campaign.ts';
import { finalStreams } from './support.ts';

const kilobytes = 512;

export const fullDisk: Campaign = {
  name: 'full-disk',
  says: 'the disk of a SQLite file fills up, and is freed again',
  short: 3,
  long: 50,
  async run({ rounds, directory }) {
    const disk = join(directory, 'disk');
    mkdirSync(disk);
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${kilobytes}k`, 'tmpfs', disk]).status === 0;
    if (!mounted) return { faults: [], figures: { skipped: 'no file system may be mounted here' } };
    try {
      return await fill(disk, rounds);
    } finally {
      spawnSync('umount', [disk]);
    }
  },
};

async function fill(disk: string, rounds: number) {
  const file = join(disk, 'full.sqlite');
  const ballast = join(disk, 'ballast');
  const records: AppendRecord[] = [];
  const kinds = new Map<string, number>();
  const faults: unknown[] = [];
  let n = 0;
  for (let round = 0; round < rounds; round++) {
    writeFileSync(ballast, Buffer.alloc((kilobytes - 300) * 1024));
    const store = sqliteStore({ file });
    for (let full = false; !full; n += 3) {
      const told = await Promise.all([n, n + 1, n + 2].map((one) => append(store, one, records)));
      full = told.some((kind) => kind !== undefined);
      for (const kind of told) if (kind !== undefined) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    }
    for (const name of ['s-0', 's-1', 's-2']) await store.readStream(name);
    rmSync(ballast);
    const event = { type: 'T', data: {}, metadata: { eventId: `after-${round}` } };
    const about = { op: 'append', writer: 'w', stream: 's-0', ids: [`after-${round}`] } as const;
    records.push({ ...about, type: 'invoke' });
    const { nextExpectedStreamVersion } = await store.appendToStream('s-0', [event]);
    records.push({ ...about, type: 'ok', version: Number(nextExpectedStreamVersion) });
    await store.close();
    if (round < rounds - 1) continue;
    faults.push(...checkHistory(records, await finalStreams(file)));
  }
  for (const kind of kinds.keys()) if (kind !== 'full' && kind !== 'io') faults.push(kind);
  return { faults, figures: { rounds, appends: n, ...Object.fromEntries(kinds) } };
}

/** Appends an event, and answers with the kind of error if it fails. */
async function append(store: SqliteStore, n: number, records: AppendRecord[]): Promise<string | undefined> {
  const about = { op: 'append', writer: 'w', stream: `s-${n % 3}`, ids: [`e-${n}`] } as const;
  records.push({ ...about, type: 'invoke' });
  try {
    const event = { type: 'T', data: { text: 'x'.repeat(400) }, metadata: { eventId: `e-${n}` } };
    const { nextExpectedStreamVersion } = await store.appendToStream(about.stream, [event]);
    records.push({ ...about, type: 'ok', version: Number(nextExpectedStreamVersion) });
    return undefined;
  } catch (error) {
    const kind = isStoreError(error) ? error.kind : String(error);
    records.push({ ...about, type: kind === 'full' ? 'fail' : 'unknown' });
    return kind;
  }
}
