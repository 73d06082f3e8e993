/** The failure of a visit, as it is stored with the visit. */
import type { Id } from '../../messages/index.ts';
import { DivergedError, unsentPhotos } from '../copies/confirming.ts';
import type { SyncFailure } from '../copies/copy.ts';
import { RemoteError } from '../remote/remote.ts';
import type { Syncing } from './exchange.ts';

const divergences: readonly unknown[] = ['diverged', 'based-on-invalid'];

/** True for an error that is a failure of the visit at the server, not one of the store. */
export const isFailure = (error: unknown): error is RemoteError | DivergedError =>
  error instanceof RemoteError || error instanceof DivergedError;

/** Clears the failure of a visit that was exchanged: while a command or a photograph waits, what stopped it stays. */
export const clearFailure = ({ copies }: Syncing, visitId: Id): Promise<void> =>
  copies.edit(visitId, (copy) =>
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
  error: RemoteError | DivergedError,
  wasHere: boolean,
): Promise<SyncFailure> =>
  copies.update(visitId, (copy) => {
    const failure = { ...failureOf(error), at: now(), rounds: (copy.failure?.rounds ?? 0) + 1 };
    const isForgotten = wasHere && copy.revision === 0 && copy.queue.length === 0;
    return { copy: isForgotten ? copy : { ...copy, failure }, answer: failure };
  });

export function failureOf(error: RemoteError | DivergedError): Omit<SyncFailure, 'at' | 'rounds'> {
  const { message } = error;
  const { kind, reason } = error as Partial<RemoteError>;
  // A log that is shorter than the part of it that was seen was restored, too.
  if (kind === undefined || divergences.includes(reason)) return { kind: 'diverged', message };
  return { kind, message, ...(reason !== undefined && { reason }) };
}
