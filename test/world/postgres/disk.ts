/** Parts of a server that outlive it: its WAL as far as it was flushed, and its role. */
import type { WalRecord } from './state.ts';
import type { Entry } from './transaction.ts';

const FIRST_LSN = 0x3000000;
const RECORD_BYTES = 56;
const BYTES_OF_CHANGE = 200;

export type Disk = {
  readonly wal: WalRecord[];
  /** Number of records that are flushed. */
  flushed: number;
  isStandby: boolean;
};

export const createDisk = (isStandby: boolean): Disk => ({ wal: [], flushed: 0, isStandby });

/** The place after a number of records. */
export const lsnAt = ({ wal }: Disk, count: number): number =>
  count === 0 ? FIRST_LSN : (wal[count - 1]?.lsn ?? FIRST_LSN);

export const endLsn = (disk: Disk): number => lsnAt(disk, disk.wal.length);
export const flushLsn = (disk: Disk): number => lsnAt(disk, disk.flushed);
export const timelineOf = ({ wal }: Disk): number => wal.at(-1)?.timeline ?? 1;

/** Adds a record, which is not yet flushed. Returns its end. */
export function addRecord(disk: Disk, entry: Entry): number {
  const size = RECORD_BYTES + BYTES_OF_CHANGE * (entry.kind === 'commit' ? entry.changes.length : 0);
  const timeline = timelineOf(disk) + (entry.kind === 'promotion' ? 1 : 0);
  const lsn = endLsn(disk) + size;
  disk.wal.push({ ...entry, lsn, timeline, size });
  return lsn;
}

export function flushTo(disk: Disk, lsn: number): void {
  while (disk.flushed < disk.wal.length && lsnAt(disk, disk.flushed + 1) <= lsn) disk.flushed++;
}

/** Number of records that two servers have in common, from the first one on. */
export function countCommon(one: Disk, other: Disk): number {
  let count = 0;
  while (count < one.wal.length && one.wal[count] === other.wal[count]) count++;
  return count;
}

/** Drops all records after the first ones, as a crash does with those that were not flushed, and `pg_rewind`. */
export function truncate(disk: Disk, count: number): void {
  disk.wal.length = count;
  disk.flushed = Math.min(disk.flushed, count);
}
