/** The failures of calls: what each says, how it is stored with its visit, when it is tried again, and what it proves. */
import type { Id, Instant } from '../../messages/index.ts';
import { unsentPhotos } from '../copies/confirming.ts';
import { editCopy, updateCopy } from '../copies/copies.ts';
import type { Copy, SyncFailure, Tried } from '../copies/copy.ts';
import type { RemoteError } from '../remote/remote.ts';
import { type Sending, type Syncing, sendCommands } from './exchange.ts';

const divergences: readonly unknown[] = ['diverged', 'based-on-invalid'];

/** True if the log of the server does not continue the events that are here, or is shorter than they are: it was restored. */
const isDiverged = ({ reason }: RemoteError): boolean => divergences.includes(reason);

/** True if the server said that the device was revoked. */
export const isRevocation = ({ reason }: RemoteError): boolean => reason === 'device-revoked';

/** True if something answered, be it a proxy; false if there was no answer at all. */
export const isAnswered = ({ kind, status, reason }: RemoteError | SyncFailure): boolean =>
  kind !== 'unavailable' || status !== undefined || reason !== undefined;

/** Clears the failure of a visit that was exchanged, unless a command or a photograph of it still waits. */
export const clearFailure = ({ copies }: Syncing, visitId: Id): Promise<void> =>
  editCopy(copies, visitId, (copy) =>
    copy.failure === null ||
    copy.queue.some(({ withheld }) => withheld === undefined) ||
    unsentPhotos(copy).some(({ refused }) => refused === undefined)
      ? copy
      : { ...copy, failure: null },
  );

/** Stores the failure of a visit, and answers it. A visit that was removed from the device meanwhile is not stored again. */
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

/** The pause before the second try, in milliseconds, the factor by which it grows with each, and the longest. */
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
 * The number of rounds in which a visit fails while the server answers other calls, before one act or photograph of it is withheld: after a
 * failure that something answered, without an answer, and without an answer to a photograph, which a slow network may still carry.
 */
const PATIENCE = { answered: 1, unanswered: 4, photo: 20 } as const;

/** The kinds of failure by which the server refuses what was sent. */
const refusals: readonly string[] = ['refused', 'forbidden', 'malformed', 'too-large', 'photos-missing'];

/** True if the server refused what was sent, and neither failed nor refused the device or the log. */
export const isRefusal = (failure: RemoteError): boolean =>
  refusals.includes(failure.kind) && !isRevocation(failure) && !isDiverged(failure);

/** Asks the server whether it takes a batch of the visit that has nothing in it, once. */
export async function isAlive(sending: Sending, copy: Copy): Promise<boolean> {
  sending.isAlive ??= (await sendCommands(sending, copy, copy.events.length, [])).ok;
  return sending.isAlive;
}

/** True if the act or photograph that failed may be withheld: it failed for long enough, and the server takes the visit without it. */
export async function mayIsolate(
  sending: Sending,
  copy: Copy,
  failure: RemoteError,
  what: 'act' | 'photo',
): Promise<boolean> {
  if (sending.signal.aborted || isRevocation(failure) || isDiverged(failure) || sending.left === 0) return false;
  const unanswered = what === 'photo' ? PATIENCE.photo : PATIENCE.unanswered;
  const patience = isRefusal(failure) ? 0 : isAnswered(failure) ? PATIENCE.answered : unanswered;
  if (sending.reached < patience) return false;
  // A server that asked to wait is not called now.
  return isAskedToWait(failure) ? sending.isAlive === true : isAlive(sending, copy);
}

/** True if the server asked to wait before the next call. */
export const isAskedToWait = ({ retryAfterMs = 0 }: RemoteError): boolean => retryAfterMs > 0;
