/** The status of a replica: what waits, what fails, and when the server was last heard. */
import type { Id, Instant } from '../messages/index.ts';
import type { Head, ReplicaProblem, SyncFailure } from './copies/copy.ts';
import type { JournalState } from './copies/journaled.ts';
import { countLosses, type Losses, type ReplicaLoss } from './copies/losses.ts';
import { countFacts, deriveVerdict, deriveVisitVerdict, type ReplicaVerdict } from './copies/verdict.ts';
import type { SyncReport } from './sync/round.ts';

/** The status of a replica, of all its visits. What is counted is `null` until the store was read. @since 0.5.0 */
export type ReplicaStatus = Readonly<{
  /** The verdict on all that was recorded here. */
  verdict: ReplicaVerdict;
  /** True if the last round reached the server; `null` before the first. None starts by itself while the browser knows of no network. */
  online: boolean | null;
  syncing: boolean;
  /** True if the server said that the device was revoked: it records nothing more. */
  revoked: boolean;
  /** True if there was no room for the last write of this tab, and none could be made: what needs none goes on. */
  storeFull: boolean;
  /** The second place of what waits: `none` where there is none, so that the disk alone keeps it. */
  journal: JournalState;
  /** The losses that were noticed on the device, until `dismissLosses` is called. */
  losses: readonly ReplicaLoss[];
  /** Time when a round last ended with all exchanged. */
  lastSyncAt: Instant | null;
  /**
   * The result of the last round of this tab; `null` before the first. `unauthenticated` and `upgrade-required` end every round, until there
   * is another session or another version of the application: the server answers so to the list of visits, too. Where it answers so for
   * a visit alone, that visit is in `failing`, and the round goes on.
   */
  lastResult: SyncReport['result'] | null;
  /** Last time that the server said. */
  lastServerTime: Instant | null;
  /** The number of visits on the device. */
  visits: number | null;
  /** The number of commands that wait, and time when the oldest was recorded. */
  waiting: number | null;
  oldestWaitingAt: Instant | null;
  /** The number of commands that are withheld: see `problems`. */
  withheld: number | null;
  /**
   * The number of photographs that acts name and the server does not have: those that wait, those that it refused, and those whose bytes
   * are lost.
   */
  photosWaiting: number | null;
  photosRefused: number | null;
  photosLost: number | null;
  /** The acts that are withheld, and the photographs that were refused or lost. */
  problems: readonly ReplicaProblem[];
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
  verdict: ReplicaVerdict;
  waiting: number;
  withheld: number;
  photosWaiting: number;
  photosRefused: number;
  /** True if it has ended for the user: it did, or it is another provider's by now. */
  hasEnded: boolean;
  changedAt: Instant;
  failure: SyncFailure | null;
}>;

export function deriveEntry(head: Head, losses: Losses): ReplicaVisitEntry {
  const { visitId, version, waiting, withheld, photosWaiting, photosRefused, hasEnded, changedAt, failure } = head;
  const verdict = deriveVisitVerdict(head, countLosses(losses, visitId));
  return { visitId, version, verdict, waiting, withheld, photosWaiting, photosRefused, hasEnded, changedAt, failure };
}

/** State of the rounds of syncing so far. */
export type Rounds = Pick<ReplicaStatus, 'online' | 'syncing' | 'revoked' | 'storeFull' | 'lastSyncAt' | 'lastResult'>;

type Counted = 'waiting' | 'withheld' | 'photosWaiting' | 'photosRefused' | 'photosLost';

/** Sums the copies up; `isRead` is false as long as they are not known. */
export function deriveStatus(
  heads: readonly Head[],
  rounds: Rounds & Pick<ReplicaStatus, 'lastServerTime' | 'journal' | 'losses'>,
  isRead: boolean,
): ReplicaStatus {
  const total = (counts: readonly number[]) => counts.reduce((all, count) => all + count, 0);
  const sum = (count: Counted) => (isRead ? total(heads.map((head) => head[count])) : null);
  const oldest = heads.flatMap(({ oldestWaitingAt }) => oldestWaitingAt ?? []).sort()[0] ?? null;
  const counts = heads.map(countFacts);
  return {
    ...rounds,
    verdict: deriveVerdict({
      isRead,
      isConfirmed: rounds.lastSyncAt !== null,
      problems: total(counts.map(({ problems }) => problems)) + rounds.losses.length + Number(rounds.revoked),
      waiting: total(counts.map(({ waiting }) => waiting)),
    }),
    visits: isRead ? heads.length : null,
    waiting: sum('waiting'),
    oldestWaitingAt: oldest,
    withheld: sum('withheld'),
    photosWaiting: sum('photosWaiting'),
    photosRefused: sum('photosRefused'),
    photosLost: sum('photosLost'),
    problems: heads.flatMap(({ visitId, problems }) => problems.map((problem) => ({ visitId, ...problem }))),
    failing: heads.flatMap(({ visitId, failure }) => (failure === null ? [] : [{ visitId, failure }])),
  };
}
