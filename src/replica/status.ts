/** The status of a replica: what waits, what fails, and when the server was last heard. */
import type { Id, Instant } from '../messages/index.ts';
import type { Head, SyncFailure } from './copies/copy.ts';
import type { SyncReport } from './sync/round.ts';

/** The status of a replica, of all its visits. @since 0.5.0 */
export type ReplicaStatus = Readonly<{
  /** True if the last round reached the server; `null` before the first. None starts by itself while the browser knows of no network. */
  online: boolean | null;
  syncing: boolean;
  /** True if the server said that the device was revoked: it records nothing more. */
  revoked: boolean;
  /** True if there was no room for the last write of this tab, and none could be made: what needs none goes on. */
  storeFull: boolean;
  /** Time when a round last ended with all exchanged. */
  lastSyncAt: Instant | null;
  /**
   * The result of the last round of this tab; `null` before the first. `unauthenticated` and `upgrade-required` end every round, of whichever
   * visit, until there is another session or another version of the application.
   */
  lastResult: SyncReport['result'] | null;
  /** Last time that the server said. */
  lastServerTime: Instant | null;
  /** The number of visits on the device. */
  visits: number;
  /** The number of commands that wait, and time when the oldest was recorded. */
  waiting: number;
  oldestWaitingAt: Instant | null;
  /** The number of commands that cannot be sent: see `pending` of their visits. */
  withheld: number;
  /** The number of photographs that acts name and the server does not have, and of those whose bytes are lost. */
  photosWaiting: number;
  photosLost: number;
  /** The visits whose last sync failed, and why. */
  failing: readonly Readonly<{ visitId: Id; failure: SyncFailure }>[];
}>;

/** A change of a replica: of a visit, or of its status alone. @since 0.5.0 */
export type ReplicaChange = Readonly<{ visitId: Id | null; status: ReplicaStatus }>;

/** A visit of a replica, as it is listed. @since 0.5.0 */
export type ReplicaVisitEntry = Readonly<{
  visitId: Id;
  /** The number of its confirmed events. */
  version: number;
  waiting: number;
  withheld: number;
  photosWaiting: number;
  /** True if it has ended for the user: it did, or it is another provider's by now. */
  hasEnded: boolean;
  changedAt: Instant;
  failure: SyncFailure | null;
}>;

export const entryOf = (head: Head): ReplicaVisitEntry => {
  const { visitId, version, waiting, withheld, photosWaiting, hasEnded, changedAt, failure } = head;
  return { visitId, version, waiting, withheld, photosWaiting, hasEnded, changedAt, failure };
};

/** State of the rounds of syncing so far. */
export type Rounds = Pick<ReplicaStatus, 'online' | 'syncing' | 'revoked' | 'storeFull' | 'lastSyncAt' | 'lastResult'>;

/** Sums the copies up. */
export function statusOf(
  heads: readonly Head[],
  rounds: Rounds & Pick<ReplicaStatus, 'lastServerTime'>,
): ReplicaStatus {
  const sum = (count: 'waiting' | 'withheld' | 'photosWaiting' | 'photosLost') =>
    heads.reduce((total, head) => total + head[count], 0);
  const oldest = heads.flatMap(({ oldestWaitingAt }) => oldestWaitingAt ?? []).sort()[0] ?? null;
  return {
    ...rounds,
    visits: heads.length,
    waiting: sum('waiting'),
    oldestWaitingAt: oldest,
    withheld: sum('withheld'),
    photosWaiting: sum('photosWaiting'),
    photosLost: sum('photosLost'),
    failing: heads.flatMap(({ visitId, failure }) => (failure === null ? [] : [{ visitId, failure }])),
  };
}
