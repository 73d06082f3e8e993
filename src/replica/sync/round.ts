/** The state of a round of syncing: a visit that fails stops no other, and a failure that concerns all visits ends the round. */
import type { Id } from '../../messages/index.ts';
import type { ReplicaProblem, SyncFailure } from '../copies/copy.ts';
import type { ReplicaVerdict } from '../copies/verdict.ts';
import { isFull } from '../device/room.ts';
import type { Answered } from '../remote/answers.ts';
import type { RemoteAssignments, RemoteError } from '../remote/remote.ts';
import type { Exchanged, Sent, Syncing } from './exchange.ts';
import { clearFailure, isAnswered, isAskedToWait, isRevocation, noteFailure, noteReached } from './failing.ts';

/** The number of visits in a row that may fail as unavailable before the server is asked for something else. */
const UNAVAILABLE = 3;

/** The number of visits at which the store may fail before the round ends: so many say that the store fails. */
const MOST_STORE_ERRORS = 10;

/** The answer to a sync. @since 0.5.0 */
export type SyncReport = Readonly<{
  /**
   * `done`: all that could be exchanged was, though single visits may have failed, and acts or photographs may be withheld: see
   * `verdict`; `busy`: another tab syncs; `offline`, the server cannot be reached; `unavailable`, it answers with failures, or asked to
   * wait; `unauthenticated`, `upgrade-required`, `aborted`: it ended early, and what was not sent still waits. `revoked`: the device was
   * revoked; what waited was handed in as far as the server takes it, and what was synced is removed.
   */
  result: 'done' | 'busy' | 'offline' | 'unavailable' | 'unauthenticated' | 'upgrade-required' | 'aborted' | 'revoked';
  /** The verdict after the round on all that was recorded here, as `status` has it. */
  verdict: ReplicaVerdict;
  /** The acts that are withheld after the round, and the photographs that were refused or lost. */
  problems: readonly ReplicaProblem[];
  /** The ids of the commands that were answered, by outcome. */
  sent: Readonly<Record<'accepted' | 'refused' | 'twin' | 'repeated', readonly Id[]>>;
  /** The visits that failed, and why. */
  failures: readonly Readonly<{ visitId: Id; failure: SyncFailure }>[];
  /** The time to wait before the next round, as the server asked, in milliseconds. */
  retryAfterMs: number | null;
}>;

/** The report as a round knows it, before the verdict; `isReached` if the server gave an answer that can be used. */
export type RoundReport = Omit<SyncReport, 'verdict' | 'problems'> & Readonly<{ isReached: boolean }>;

export type Round = {
  readonly syncing: Syncing;
  readonly sent: Sent;
  readonly failures: Map<Id, SyncFailure>;
  /** The number of visits in a row that failed as unavailable. */
  unavailable: number;
  /** True once the server gave an answer that can be used. */
  isReached: boolean;
  retryAfterMs: number | null;
  isRevoked: boolean;
  /** The result with which the round ended early; null while it goes on. */
  ended: SyncReport['result'] | null;
  /** The failure of the list of visits, after which waiting acts are still sent. */
  unlisted: RemoteError | null;
  /** The errors of the store about single visits. The first is thrown at the end of the round. */
  readonly storeErrors: unknown[];
  readonly cursor: Cursor;
};

/** The place up to which the visits of the user were listed. */
export type Cursor = Readonly<{ read: () => Promise<string | null>; write: (cursor: string) => Promise<void> }>;

/** The outcomes of a round before anything is sent. */
export const nothingSent = (): Sent => ({ accepted: [], refused: [], twin: [], repeated: [] });

export function beginRound(syncing: Syncing, cursor: Cursor): Round {
  const round: Round = {
    syncing: {
      ...syncing,
      heard: (serverTime) => {
        round.isReached = true;
        syncing.heard(serverTime);
      },
    },
    sent: nothingSent(),
    failures: new Map(),
    unavailable: 0,
    isReached: false,
    retryAfterMs: null,
    isRevoked: false,
    ended: null,
    unlisted: null,
    storeErrors: [],
    cursor,
  };
  return round;
}

/** Counts, at the end of a round, that visits failed though the server answered other calls. */
export async function endFailures({ syncing, failures, isReached }: Round): Promise<void> {
  if (!isReached) return;
  for (const visitId of [...failures.keys()]) {
    const failure = await noteReached(syncing, visitId);
    if (failure !== null) failures.set(visitId, failure);
  }
}

/** Exchanges one visit, unless the round has ended; answers true if it was exchanged. An error of the store about it is kept for the end. */
export async function attempt(
  round: Round,
  visitId: Id,
  task: (syncing: Syncing) => Promise<Exchanged>,
): Promise<boolean> {
  if (round.ended !== null) return false;
  const { syncing } = round;
  const { heads } = syncing.copies;
  const wasHere = heads.has(visitId);
  try {
    const exchanged = await task(syncing);
    if (exchanged.end === 'overtaken') {
      endRound(round, 'busy');
      return false;
    }
    if (exchanged.end === 'failed') {
      await noteFailed(round, visitId, exchanged.failure, wasHere);
      // A visit that was removed from the device meanwhile is not fetched again.
      return wasHere && !heads.has(visitId);
    }
    await clearFailure(syncing, visitId);
    round.unavailable = 0;
    return true;
  } catch (error) {
    round.storeErrors.push(error);
    // A full device still sends the acts of all visits.
    if (!isFull(error) && round.storeErrors.length >= MOST_STORE_ERRORS) throw error;
    return false;
  }
}

/** Notes the failure of a visit, and ends the round if no visit can be exchanged. */
async function noteFailed(round: Round, visitId: Id, failure: RemoteError, wasHere: boolean): Promise<void> {
  const { syncing } = round;
  if (isRevocation(failure)) {
    // The other visits are still handed in.
    round.isRevoked = true;
    return;
  }
  if (await endForAll(round, failure)) return;
  round.failures.set(visitId, await noteFailure(syncing, visitId, failure, wasHere));
  if (isAskedToWait(failure)) {
    noteWait(round, failure);
    endRound(round, 'unavailable');
    return;
  }
  if (failure.kind !== 'unavailable') return;
  round.unavailable += 1;
  if (round.unavailable < UNAVAILABLE) return;
  // A server that answers the list of visits fails at these visits alone: the others have their turn.
  const listed = await listVisits(round, await round.cursor.read());
  if (listed?.ok) round.unavailable = 0;
  else if (listed !== null) round.ended ??= isAnswered(listed.failure) ? 'unavailable' : 'offline';
}

/** Ends the round for a failure that concerns all visits: one of the session or the version, if the server answers the list so, too. */
async function endForAll(round: Round, failure: RemoteError): Promise<boolean> {
  const { kind } = failure;
  if (round.syncing.signal.aborted) endRound(round, 'aborted');
  else if (kind === 'unauthenticated' || kind === 'upgrade-required') {
    const listed = await listVisits(round, await round.cursor.read());
    if (listed?.ok === false) round.ended ??= kind;
  }
  return round.ended !== null;
}

function noteWait(round: Round, { retryAfterMs }: RemoteError): void {
  if (retryAfterMs !== undefined) round.retryAfterMs = Math.max(round.retryAfterMs ?? 0, retryAfterMs);
}

/** Ends the round with a result, unless another tab has taken it over. */
function endRound(round: Round, result: SyncReport['result']): void {
  if (round.ended !== 'busy') round.ended = result;
}

/** Lists visits of the user after a place; null if another tab has taken over the round. A failure that any call would have ends it. */
export async function listVisits(round: Round, after: string | null): Promise<Answered<RemoteAssignments> | null> {
  const { server, signal, heard, mayGoOn } = round.syncing;
  if (!mayGoOn()) {
    endRound(round, 'busy');
    return null;
  }
  const answered = await server.assignments(after, { signal });
  if (answered.ok) {
    heard(answered.value.serverTime);
    return answered;
  }
  const { failure } = answered;
  const { kind } = failure;
  noteWait(round, failure);
  if (signal.aborted) endRound(round, 'aborted');
  else if (isRevocation(failure)) round.isRevoked = true;
  else if (kind === 'unauthenticated' || kind === 'upgrade-required') endRound(round, kind);
  else if (isAskedToWait(failure)) endRound(round, 'unavailable');
  return answered;
}
