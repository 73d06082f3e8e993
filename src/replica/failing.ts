/** The failure of a visit, as it is stored with the visit. */
import type { Id } from '../messages/index.ts';
import { DivergedError } from './confirming.ts';
import type { SyncFailure } from './copy.ts';
import type { Syncing } from './exchange.ts';
import { RemoteError } from './remote.ts';

const divergences: readonly unknown[] = ['diverged', 'based-on-invalid'];

/** True for an error that is a failure of the visit at the server, not one of the store. */
export const isFailure = (error: unknown): error is RemoteError | DivergedError =>
  error instanceof RemoteError || error instanceof DivergedError;

/** Stores the failure of a visit, or clears it: while something waits, what stopped it stays. */
export function noteFailure(
  { copies, now }: Syncing,
  visitId: Id,
  error: RemoteError | DivergedError | null,
): Promise<SyncFailure | null> {
  return copies.update(visitId, (copy) => {
    if (error === null) {
      const isClear = copy.failure === null || copy.queue.some(({ withheld }) => withheld === undefined);
      return { copy: isClear ? copy : { ...copy, failure: null }, answer: null };
    }
    const rounds = (copy.failure?.rounds ?? 0) + 1;
    const failure = { ...failureOf(error), at: now(), rounds };
    return { copy: { ...copy, failure }, answer: failure };
  });
}

export function failureOf(error: RemoteError | DivergedError): Omit<SyncFailure, 'at' | 'rounds'> {
  const { message } = error;
  const { kind, reason } = error as Partial<RemoteError>;
  // A log that is shorter than the part of it that was seen was restored, too.
  if (kind === undefined || divergences.includes(reason)) return { kind: 'diverged', message };
  return { kind, message, ...(reason !== undefined && { reason }) };
}
