/** The failures of calls: what each says, how it is stored with its visit, when it is tried again, and what it proves. */

import type { Id, Instant } from '../../messages/index.ts';
import { unsentPhotos } from '../copies/confirming.ts';
import { editCopy, updateCopy } from '../copies/copies.ts';
import type { Copy, SyncFailure, Tried } from '../copies/copy.ts';
import type { RemoteError } from '../remote/remote.ts';
import { type Syncing, sendCommands } from './exchange.ts';

const divergences: readonly unknown[] = ['diverged', 'based-on-invalid'];

/** True if the log of the server does not continue the events that are here: one that is shorter than what was seen was restored, too. */
export const isDiverged = ({ reason }: RemoteError): boolean => divergences.includes(reason);

/** True if the server said that the device was revoked. */
export const isRevocation = ({ reason }: RemoteError): boolean => reason === 'device-revoked';

/** True if something answered, be it a proxy; false if there was no answer at all. */
export const isAnswered = ({ kind, status, reason }: RemoteError | SyncFailure): boolean =>
  kind !== 'unavailable' || status !== undefined || reason !== undefined;

/** Clears the failure of a visit that was exchanged: while a command or a photograph waits, what stopped it stays. */
export const clearFailure = ({ copies }: Syncing, visitId: Id): Promise<void> =>
  editCopy(copies, visitId, (copy) =>
    copy.failure === null ||
    copy.queue.some(({ withheld }) => withheld === undefined) ||
    unsentPhotos(copy).some(({ refused }) => refused === undefined)
      ? copy
      : { ...copy, failure: null },
  );

/** Stores the failure of a visit, and answers it. One that was here and is forgotten meanwhile stays so. */
export const noteFailure = (
  { copies, now }: Syncing,
  visitId: Id,
  error: RemoteError,
  wasHere: boolean,
): Promise<SyncFailure> =>
  updateCopy(copies, visitId, (copy) => {
    const { rounds = 0, reached = 0 } = copy.failure ?? {};
    const failure = { ...describeFailure(error), at: now(), rounds: rounds + 1, reached };
    const isForgotten = wasHere && copy.revision === 0 && copy.queue.length === 0;
    return { copy: isForgotten ? copy : { ...copy, failure }, answer: failure };
  });

/** Counts a round in which a visit failed though the server answered other calls. */
export const noteReached = ({ copies }: Syncing, visitId: Id): Promise<SyncFailure | null> =>
  updateCopy(copies, visitId, (copy) => {
    const failure = copy.failure && { ...copy.failure, reached: copy.failure.reached + 1 };
    return { copy: failure === null ? copy : { ...copy, failure }, answer: failure };
  });

export function describeFailure(error: RemoteError): Pick<SyncFailure, 'kind' | 'reason' | 'status' | 'message'> {
  const { message, kind, reason, status } = error;
  if (isDiverged(error)) return { kind: 'diverged', message };
  return { kind, message, ...(reason !== undefined && { reason }), ...(status !== undefined && { status }) };
}

/** The pause before the second try, in milliseconds, by what it grows with each, and the longest one. */
const PAUSE = { firstMs: 60_000, factor: 4, longestMs: 86_400_000 } as const;

/** Counts a try that failed now, and plans the next. */
export function triedAt(at: Instant, before: Tried | undefined): Tried {
  const tries = (before?.tries ?? 0) + 1;
  const pauseMs = Math.min(PAUSE.firstMs * PAUSE.factor ** (tries - 1), PAUSE.longestMs);
  return { at, tries, retryAt: new Date(Date.parse(at) + pauseMs).toISOString() };
}

/** True once the next try is due. A clock that was set back or forward delays it by no more than its pause. */
export const isDue = ({ at, retryAt }: Tried, now: Instant): boolean =>
  Math.abs(Date.parse(now) - Date.parse(at)) >= Date.parse(retryAt) - Date.parse(at);

/**
 * The number of rounds in which a visit fails though the server answers other calls, before one thing of it is withheld: where something
 * answers with a failure, where nothing answers, and where nothing answers to a photograph, which may be on its way over a slow network.
 */
const PATIENCE = { answered: 1, unanswered: 4, photo: 20 } as const;

/** The most things of a visit that are withheld in one round for failures of the server. */
const MOST = 4;

/** The kinds of failure that are the server's word on what was sent. */
const refusals: readonly string[] = ['refused', 'forbidden', 'malformed', 'too-large', 'photos-missing'];

/** True for the server's word on what was sent: not for a call that did not come through, nor for a device that it serves no longer. */
export const isRefusal = (failure: RemoteError): boolean =>
  refusals.includes(failure.kind) && !isRevocation(failure) && !isDiverged(failure);

/** The evidence of a visit in a round. */
export type Evidence = {
  /** The number of rounds in a row in which the visit failed though the server answered other calls. */
  readonly reached: number;
  /** True if the server takes an empty batch of the visit; null until it was asked. */
  isAlive: boolean | null;
  /** The number of things that may still be withheld. */
  left: number;
};

export const beginEvidence = ({ failure }: Copy): Evidence => ({
  reached: failure?.reached ?? 0,
  isAlive: null,
  left: MOST,
});

/** Asks whether the server takes a batch of the visit that has nothing in it. */
export async function isAlive(syncing: Syncing, copy: Copy, evidence: Evidence): Promise<boolean> {
  if (evidence.isAlive === null) {
    evidence.isAlive = (await sendCommands(syncing, copy, copy.events.length, [])).ok;
  }
  return evidence.isAlive;
}

/** True if what failed can be told from the rest of its visit: the visit is exchanged without it, and fails with it. */
export async function mayIsolate(
  syncing: Syncing,
  copy: Copy,
  evidence: Evidence,
  failure: RemoteError,
  what: 'act' | 'photo',
): Promise<boolean> {
  if (syncing.signal.aborted || isRevocation(failure) || isDiverged(failure) || evidence.left === 0) return false;
  const unanswered = what === 'photo' ? PATIENCE.photo : PATIENCE.unanswered;
  const patience = isRefusal(failure) ? 0 : isAnswered(failure) ? PATIENCE.answered : unanswered;
  if (evidence.reached < patience) return false;
  // A server that asked to wait is asked no more.
  return isAskedToWait(failure) ? evidence.isAlive === true : isAlive(syncing, copy, evidence);
}

/** True if the server asked to wait before the next call. */
export const isAskedToWait = ({ retryAfterMs = 0 }: RemoteError): boolean => retryAfterMs > 0;
