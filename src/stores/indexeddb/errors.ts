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
  if (!isStoreError(mapped) || mapped.kind === 'full') return mapped;
  if (mapped.kind === 'newer-schema') {
    const message = `${mapped.message} (a later release has written it, or { encrypted: true })`;
    return new StoreError('newer-schema', message, { cause: error });
  }
  return new StoreError('unavailable', mapped.message, { cause: error });
}

export const isAbort = (error: unknown) => (error as { name?: unknown } | null)?.name === 'AbortError';

/** The bytes that are written to find out if there is room. */
const PROBE_BYTES = 65_536;
const PROBE = 'auxilio-room';

type Writable = { write(bytes: Uint8Array): Promise<void>; close(): Promise<void> };
type Directory = {
  getFileHandle(name: string, options: { create: true }): Promise<{ createWritable(): Promise<Writable> }>;
  removeEntry(name: string): Promise<void>;
};
type Browser = { navigator?: { storage?: { getDirectory?(): Promise<Directory> } } };

/**
 * True if the disk is full. Chromium reports that as an unknown error, closes the connection, and does not open the database again;
 * its estimate of the quota does not show it. So a file is written to OPFS.
 */
export async function isDiskFull(): Promise<boolean> {
  const { storage } = (globalThis as Browser).navigator ?? {};
  if (storage?.getDirectory === undefined) return false;
  try {
    const directory = await storage.getDirectory();
    const writable = await (await directory.getFileHandle(PROBE, { create: true })).createWritable();
    await writable.write(new Uint8Array(PROBE_BYTES));
    await writable.close();
    await directory.removeEntry(PROBE);
    return false;
  } catch (error) {
    // Chromium has the second name for it where the file cannot even be created.
    return ['QuotaExceededError', 'InvalidStateError'].includes((error as Error).name);
  }
}
