import { StoreError, type StoreErrorKind } from '../errors.ts';

/* By SQLSTATE, the longest prefix first. After each of these errors the server rolls the transaction back and keeps running. */
const KINDS: readonly (readonly [prefix: string, kind: StoreErrorKind])[] = [
  ['53100', 'full'], // disk_full
  ['25006', 'read-only'], // read_only_sql_transaction
  ['57014', 'busy'], // query_canceled: the statement timeout
  ['55P03', 'busy'], // lock_not_available: the lock timeout
  ['40', 'busy'], // serialization_failure, deadlock_detected
  ['22', 'invalid'], // a number or a text that no column holds
  ['54000', 'invalid'], // a name too long for an index
  ['XX001', 'corrupt'], // data_corrupted
  ['XX002', 'corrupt'], // index_corrupted
  ['42501', 'unavailable'], // insufficient_privilege
  ['42P01', 'unavailable'], // undefined_table
  ['42883', 'unavailable'], // undefined_function
  ['3F000', 'unavailable'], // invalid_schema_name
  ['55', 'unavailable'], // object_not_in_prerequisite_state
  // Errors that the statements of this store get only from tables that are not as the store created them.
  ['42', 'corrupt'], // undefined_column, datatype_mismatch, wrong_object_type, duplicate_table
  ['0A000', 'corrupt'], // feature_not_supported: a cached plan whose result has another type now
  ['23502', 'corrupt'], // not_null_violation: a column that is not this store's
  ['58P01', 'corrupt'], // undefined_file
  ['58', 'io'], // system_error
  ['XX', 'corrupt'], // internal_error
  ['53', 'unavailable'], // insufficient_resources
];

/** Codes of lost races, which a retry resolves: unique_violation, serialization_failure, deadlock_detected. */
const RACES = ['23505', '40001', '40P01'];

/** There was no answer in time; the driver may still be waiting for it. */
export class TimeoutError extends Error {
  override readonly name = 'TimeoutError';
}

/** Nothing was sent, since the connection was lost before. */
export class ConnectionLostError extends Error {
  override readonly name = 'ConnectionLostError';
}

/** True if the same call may succeed when it is retried. */
export function isRetryable(error: unknown): boolean {
  return RACES.includes(String((error as { code?: unknown }).code));
}

/** True if the connection is lost: the server or the network ended it, or there was no answer. */
export function isLost(error: unknown): boolean {
  const { severity, code } = error as { severity?: unknown; code?: unknown };
  if (typeof severity !== 'string' || typeof code !== 'string') return true;
  return severity === 'FATAL' || severity === 'PANIC' || /^(08|57P)/.test(code);
}

/** True if nothing was sent: the connection was lost before, or the driver found it closed. */
function isUnsent(error: unknown): boolean {
  return error instanceof ConnectionLostError || /not queryable/.test(String((error as { message?: unknown }).message));
}

/** Maps an error of the driver to one of the port; with `writing`, a lost connection leaves the write in doubt. */
export function mapDriverError(error: unknown, writing: boolean): unknown {
  const message = `Postgres: ${errorMessage(error)}`;
  if (isLost(error)) {
    const inDoubt = writing && !isUnsent(error);
    return new StoreError(inDoubt ? 'io' : 'unavailable', message, { cause: error });
  }
  const code = String((error as { code?: unknown }).code);
  const kind = KINDS.find(([prefix]) => code.startsWith(prefix))?.[1];
  return kind === undefined ? error : new StoreError(kind, message, { cause: error });
}

/** Returns the message of any thrown value, or its code, since some network errors have no message. */
export function errorMessage(error: unknown): string {
  try {
    const { message, code } = (error ?? {}) as { message?: unknown; code?: unknown };
    return String(message || code || error);
  } catch {
    return 'the error cannot be shown';
  }
}
