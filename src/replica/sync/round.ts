/** A round of syncing while it lasts: a visit that fails stops no other, and what fails for all visits ends it. */
import type { Id } from '../../messages/index.ts';
import type { SyncFailure } from '../copies/copy.ts';
import { LeaseLostError } from '../device/locking.ts';
import { isFull } from '../device/room.ts';
import { type RemoteAssignments, RemoteError } from '../remote/remote.ts';
import type { Syncing } from './exchange.ts';
import { clearFailure, isFailure, noteFailure } from './failing.ts';
import type { Sent } from './pushing.ts';

/** The number of visits in a row that may get no answer before the round ends: the server cannot be reached. */
const UNREACHABLE = 3;

/** The number of visits that the store may fail at before the round ends: it is not theirs alone. */
const MOST_STORE_ERRORS = 10;

/** The answer to a sync. @since 0.5.0 */
export type SyncReport = Readonly<{
  /**
   * `done`: all that could be exchanged was, though single visits may have failed; `busy`: another tab syncs; `offline`,
   * `unauthenticated`, `upgrade-required`, `aborted`: it ended early, and what was not sent still waits. `revoked`: the device was
   * revoked; what waited was handed in as far as the server takes it, and what was synced is removed.
   */
  result: 'done' | 'busy' | 'offline' | 'unauthenticated' | 'upgrade-required' | 'aborted' | 'revoked';
  /** The ids of the commands that were answered, by outcome. */
  sent: Readonly<Record<'accepted' | 'refused' | 'twin' | 'repeated', readonly Id[]>>;
  /** The visits that failed, and why. */
  failures: readonly Readonly<{ visitId: Id; failure: SyncFailure }>[];
  /** The time to wait before the next round, as the server asked, in milliseconds. */
  retryAfterMs: number | null;
}>;

export type Round = {
  readonly syncing: Syncing;
  readonly sent: Sent;
  readonly failures: { visitId: Id; failure: SyncFailure }[];
  unreachable: number;
  retryAfterMs: number | null;
  isRevoked: boolean;
  /** The errors of the store about single visits: the first is thrown once the others had their turn. */
  readonly storeErrors: unknown[];
  readonly cursor: Cursor;
};

/** The place up to which the visits of the user were listed. */
export type Cursor = Readonly<{ read: () => Promise<string | null>; write: (cursor: string) => Promise<void> }>;

/** The outcomes of a round before anything is sent. */
export const nothingSent = (): Sent => ({ accepted: [], refused: [], twin: [], repeated: [] });

export const beginRound = (syncing: Syncing, cursor: Cursor): Round => ({
  syncing,
  sent: nothingSent(),
  failures: [],
  unreachable: 0,
  retryAfterMs: null,
  isRevoked: false,
  storeErrors: [],
  cursor,
});

/** Thrown to end a round. */
export class RoundEnded extends Error {
  readonly result: SyncReport['result'];
  constructor(result: SyncReport['result']) {
    super(result);
    this.result = result;
  }
}

/** Exchanges one visit, and goes on with the others after an error of the store about it. */
export async function attempt(round: Round, visitId: Id, task: () => Promise<void>): Promise<boolean> {
  try {
    return await exchange(round, visitId, task);
  } catch (error) {
    if (error instanceof RoundEnded || error instanceof LeaseLostError) throw error;
    round.storeErrors.push(error);
    // What a full device has to send is sent all the same.
    if (!isFull(error) && round.storeErrors.length >= MOST_STORE_ERRORS) throw error;
    return false;
  }
}

/** Exchanges one visit; notes its failure, and ends the round if no visit can be exchanged. */
async function exchange(round: Round, visitId: Id, task: () => Promise<void>): Promise<boolean> {
  const { syncing } = round;
  const { heads } = syncing.copies;
  const wasHere = heads.has(visitId);
  try {
    await task();
    await clearFailure(syncing, visitId);
    round.unreachable = 0;
    return true;
  } catch (error) {
    if (!isFailure(error)) throw error;
    if (isRevocation(error)) {
      // The other visits are handed in, too.
      round.isRevoked = true;
      return false;
    }
    endRoundOfAll(round, error);
    round.failures.push({ visitId, failure: await noteFailure(syncing, visitId, error, wasHere) });
    await endRoundIfUnreachable(round, error);
    // Of one that was forgotten meanwhile nothing is wanted.
    return wasHere && !heads.has(visitId);
  }
}

const isRevocation = (error: unknown) => error instanceof RemoteError && error.reason === 'device-revoked';

/** Ends the round for a failure that is no visit's. @throws RoundEnded */
function endRoundOfAll(round: Round, error: unknown): void {
  if (!(error instanceof RemoteError)) return;
  if (error.retryAfterMs !== undefined) round.retryAfterMs = Math.max(round.retryAfterMs ?? 0, error.retryAfterMs);
  if (round.syncing.signal.aborted) throw new RoundEnded('aborted');
  if (isRevocation(error)) throw new RoundEnded('revoked');
  const { kind } = error;
  if (kind === 'unauthenticated' || kind === 'upgrade-required') throw new RoundEnded(kind);
}

/**
 * Ends the round if visits get no answer and the server cannot be reached. One that answers for other things fails at these visits
 * alone, which then keep no other from its turn.
 *
 * @throws RoundEnded
 */
async function endRoundIfUnreachable(round: Round, error: unknown): Promise<void> {
  if (!(error instanceof RemoteError) || error.kind !== 'unavailable' || error.reason !== undefined) return;
  round.unreachable += 1;
  if (round.unreachable < UNREACHABLE) return;
  await assignmentsAfter(round, await round.cursor.read());
  round.unreachable = 0;
}

/** Lists visits of the user after a place. @throws RoundEnded */
export async function assignmentsAfter(round: Round, after: string | null): Promise<RemoteAssignments> {
  const { remote, signal, heard, mayGoOn } = round.syncing;
  mayGoOn();
  try {
    const page = await remote.assignments(after, { signal });
    heard(page.serverTime);
    return page;
  } catch (error) {
    if (!(error instanceof RemoteError)) throw error;
    endRoundOfAll(round, error);
    throw new RoundEnded('offline');
  }
}
