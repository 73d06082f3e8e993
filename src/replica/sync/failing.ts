/** The failures of calls, what each says, and that of a visit, as it is stored with the visit. */

import type { Id, Instant } from '../../messages/index.ts';
import { unsentPhotos } from '../copies/confirming.ts';
import { editCopy, updateCopy } from '../copies/copies.ts';
import type { SyncFailure, Tried } from '../copies/copy.ts';
import type { RemoteError } from '../remote/remote.ts';
import type { Syncing } from './exchange.ts';

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
    const failure = { ...failureOf(error), at: now(), rounds: rounds + 1, reached };
    const isForgotten = wasHere && copy.revision === 0 && copy.queue.length === 0;
    return { copy: isForgotten ? copy : { ...copy, failure }, answer: failure };
  });

/** Counts a round in which a visit failed though the server answered other calls. */
export const noteReached = ({ copies }: Syncing, visitId: Id): Promise<SyncFailure | null> =>
  updateCopy(copies, visitId, (copy) => {
    const failure = copy.failure && { ...copy.failure, reached: copy.failure.reached + 1 };
    return { copy: failure === null ? copy : { ...copy, failure }, answer: failure };
  });

export function failureOf(error: RemoteError): Pick<SyncFailure, 'kind' | 'reason' | 'status' | 'message'> {
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
