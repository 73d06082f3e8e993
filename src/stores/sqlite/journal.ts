/** The journal of a replica in Node: a second file beside that of the database. */
import { closeSync, existsSync, fdatasyncSync, fstatSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs';
import { pause, storeRuntime } from '../../util/runtime.ts';
import { StoreError } from '../errors.ts';
import { openJournalFile } from '../journal-file.ts';
import { checkKeys, type ReplicaJournal } from '../replica-store.ts';
import { readCode } from './adapters.ts';
import { openFile } from './database.ts';
import type { SqliteDriver } from './driver.ts';

/** The pause between two tries to have the lock, in milliseconds. */
const PAUSE_MS = 3;

/**
 * Creates the journal in the file of a database with `-acts` after it, which the first call opens or creates. Processes write it one at a
 * time: each locks an empty database, `-acts.lock`, whose lock ends with its process.
 */
export function fileJournal(
  file: string,
  driver: SqliteDriver | undefined,
  busyTimeoutMs: number,
): ReplicaJournal & Readonly<{ close: () => Promise<void> }> {
  let opened: ReturnType<typeof open> | undefined;
  let isClosed = false;
  let last: Promise<unknown> = Promise.resolve();

  function open() {
    const descriptor = openOrCreate(`${file}-acts`);
    const lock = openFile(`${file}-acts.lock`, driver);
    lock.pragma('busy_timeout = 0');
    const journal = openJournalFile({
      size: () => fstatSync(descriptor).size,
      read: (bytes, at) => void readSync(descriptor, bytes, 0, bytes.length, at),
      write(bytes, at) {
        if (writeSync(descriptor, bytes, 0, bytes.length, at) === bytes.length) return;
        throw Object.assign(new Error('The file was not written whole'), { code: 'ENOSPC' });
      },
      resize: (size) => ftruncateSync(descriptor, size),
      flush: () => fdatasyncSync(descriptor),
    });
    return { descriptor, lock, journal };
  }

  async function withLock<T>(work: (journal: NonNullable<typeof opened>['journal']) => T): Promise<T> {
    if (isClosed) throw new StoreError('closed', 'The store is closed');
    try {
      opened ??= open();
      const { lock, journal } = opened;
      await acquireLock(lock);
      try {
        return work(journal);
      } finally {
        lock.exec('ROLLBACK');
      }
    } catch (error) {
      throw mapFileError(error);
    }
  }

  async function acquireLock(lock: NonNullable<typeof opened>['lock']): Promise<void> {
    for (const until = storeRuntime.monotonicMs() + busyTimeoutMs; ; await pause(PAUSE_MS, storeRuntime)) {
      try {
        lock.exec('BEGIN EXCLUSIVE');
        return;
      } catch (error) {
        if (!readCode(error)?.startsWith('SQLITE_BUSY') || storeRuntime.monotonicMs() > until) throw error;
      }
    }
  }

  /** Calls of one process follow each other: they have one lock. */
  function enqueue<T>(work: () => Promise<T>): Promise<T> {
    const turn = last.then(work);
    last = turn.catch(() => undefined);
    return turn;
  }

  return {
    read: (prefix) =>
      enqueue(async () => {
        if (!existsSync(`${file}-acts`)) return new Map();
        return withLock((journal) => new Map([...journal.read()].filter(([key]) => key.startsWith(prefix))));
      }),
    write: (changes) =>
      enqueue(() =>
        withLock((journal) => {
          journal.allocate();
          const isWritten = journal.write(Object.fromEntries(checkKeys(changes)));
          if (!isWritten) throw new StoreError('full', 'The journal has no room');
        }),
      ),
    close: () =>
      enqueue(async () => {
        isClosed = true;
        if (opened === undefined) return;
        closeSync(opened.descriptor);
        opened.lock.close();
        opened = undefined;
      }),
  };
}

function openOrCreate(file: string): number {
  try {
    return openSync(file, 'r+');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return openSync(file, 'w+', 0o600);
  }
}

function mapFileError(error: unknown): unknown {
  const { message } = error as Error;
  const code = readCode(error);
  if (code?.startsWith('store-')) return error;
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return new StoreError('full', `The journal: ${message}`, { cause: error });
  if (code?.startsWith('SQLITE_BUSY')) return new StoreError('busy', `The journal: ${message}`, { cause: error });
  return new StoreError('io', `The journal: ${message}`, { cause: error });
}
