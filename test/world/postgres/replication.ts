/** The stream of WAL from a primary to a standby, and what the standby tells in return. */
import { countCommon, flushTo, truncate } from './disk.ts';
import type { Conditions, Io } from './io.ts';
import type { Server } from './server.ts';
import type { Link } from './standby-names.ts';

export type Network = Readonly<{ isCut(from: string, to: string): boolean }>;

type Parts = Readonly<{ io: Io; conditions: Conditions; network: Network }>;

/**
 * Streams from `primary` to `standby` until `stopped`, through crashes of either. A standby whose WAL the primary does not have
 * receives nothing until it is rewound.
 */
export function streamWal(
  primary: Server,
  standby: Server,
  stopped: () => boolean,
  { io, conditions, network }: Parts,
): void {
  const runs = (server: Server) => server.running() !== undefined && !server.isPaused();
  const isOpen = (from: Server, to: Server) => runs(from) && runs(to) && !network.isCut(from.name, to.name);
  const isConnected = () => isOpen(primary, standby) && isOpen(standby, primary);
  const isPrefix = () => countCommon(standby.disk, primary.disk) === standby.disk.wal.length;
  const linkOf = (): Link | undefined => primary.running()?.links.get(standby.name);

  /** Waits for something to do, lets the world decide when, and does it if it still can be done. */
  async function repeat(what: string, canBegin: () => boolean, work: () => () => void): Promise<void> {
    for (;;) {
      await conditions.until(() => stopped() || canBegin());
      if (stopped()) return;
      const finish = work();
      await io.delay(what);
      if (stopped()) return;
      if (canBegin()) finish();
      conditions.changed();
    }
  }

  const hasMore = () => primary.disk.flushed > standby.disk.wal.length;
  void repeat(
    `${primary.name} → ${standby.name}: WAL`,
    () => standby.disk.isStandby && isConnected() && isPrefix() && hasMore(),
    () => () => {
      const records = primary.disk.wal.slice(standby.disk.wal.length, primary.disk.flushed);
      standby.disk.wal.push(...records);
      flushTo(standby.disk, Number.POSITIVE_INFINITY);
    },
  );
  void repeat(
    `${standby.name}: replays`,
    () => standby.disk.isStandby && runs(standby) && (standby.running()?.replayed ?? 0) < standby.disk.flushed,
    () => () => standby.replayAll(),
  );
  void repeat(
    `${standby.name} → ${primary.name}: flushed`,
    () => {
      if (!standby.disk.isStandby || !isOpen(standby, primary) || !isPrefix()) return false;
      const { flush, replay } = standby.lsns();
      const link = linkOf();
      return link === undefined || link.flushLsn < flush || link.replayLsn < replay;
    },
    () => {
      const { flush: flushLsn, replay: replayLsn } = standby.lsns();
      return () => void primary.running()?.links.set(standby.name, { standby: standby.name, flushLsn, replayLsn });
    },
  );
}

/** Takes off the WAL of a server what another does not have, as `pg_rewind` does. */
export function rewind(server: Server, source: Server): void {
  truncate(server.disk, countCommon(server.disk, source.disk));
}
