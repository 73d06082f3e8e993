import { isStoreError, StoreError, type StoreErrorKind } from '../errors.ts';

/** The kinds by the names of the errors of a browser. */
const KINDS: ReadonlyMap<string, StoreErrorKind> = new Map([
  ['QuotaExceededError', 'full'],
  ['VersionError', 'newer-schema'],
  ['InvalidStateError', 'unavailable'],
  ['TimeoutError', 'busy'],
  ['ReadOnlyError', 'read-only'],
  ['AbortError', 'unavailable'],
  ['SecurityError', 'unavailable'],
  ['TransactionInactiveError', 'unavailable'],
  ['UnknownError', 'io'],
  // Errors that the requests of this store never meet in object stores that it made.
  ['NotFoundError', 'corrupt'],
  ['DataError', 'corrupt'],
  ['NotReadableError', 'corrupt'],
  ['EncodingError', 'corrupt'],
]);

/** The error of the port for one of the browser; any other is returned unchanged. */
export function mapIndexedDbError(error: unknown): unknown {
  if (isStoreError(error)) return error;
  const { name, message } = (error ?? {}) as { name?: unknown; message?: unknown };
  const found = KINDS.get(String(name));
  if (found === undefined) return error;
  // Of Chromium, before anything is written: a value of more than 127 MiB.
  const kind = found !== 'full' && /too large/i.test(String(message)) ? 'invalid' : found;
  return new StoreError(kind, `IndexedDB: ${name}: ${message}`, { cause: error });
}

/** The error of the port for a database that could not be opened: nothing is in doubt. */
export function mapOpeningError(error: unknown): unknown {
  const mapped = mapIndexedDbError(error);
  if (!isStoreError(mapped) || mapped.kind === 'full' || mapped.kind === 'newer-schema') return mapped;
  return new StoreError('unavailable', mapped.message, { cause: error });
}

export const isAbort = (error: unknown) => (error as { name?: unknown } | null)?.name === 'AbortError';
