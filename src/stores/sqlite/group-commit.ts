import { storeRuntime } from '../../util/runtime.ts';
import type { AppendToStreamResult } from '../event-store.ts';
import type { SqliteDatabase } from './adapters.ts';
import { assertNoTransaction, runInTransaction } from './database.ts';
import type { Guard, LockQueue } from './lock-queue.ts';

/** An append that can share a transaction with others. */
type Append = Readonly<{
  /** Checks the append within a transaction, before anything is written; returns the function that writes it. */
  check: () => () => AppendToStreamResult;
  /** Writes the append in one statement without a transaction; undefined, with nothing written, if that cannot be done. */
  tryFastPath: () => AppendToStreamResult | undefined;
}>;

type PendingAppend = Readonly<{
  append: Append;
  resolve: (answer: AppendToStreamResult) => void;
  reject: (error: unknown) => void;
}>;

type Result = Readonly<{ answer: AppendToStreamResult } | { error: unknown }>;

/** Commits appends in groups: `append` adds one to the next group, `flush` writes the pending ones at once. */
export type GroupCommit = Readonly<{
  append: (append: Append) => Promise<AppendToStreamResult>;
  flush: () => void;
}>;

/**
 * Writes all appends of one turn of the event loop in one transaction, so that one wait for the disk serves them all: with
 * eight clients twice as many commands a second. Each succeeds or fails as it would alone, in the order of the calls.
 */
export function groupCommit(database: SqliteDatabase, guard: Guard, locks: LockQueue): GroupCommit {
  let pending: PendingAppend[] = [];

  function append(append: Append): Promise<AppendToStreamResult> {
    assertNoTransaction(database);
    return new Promise((resolve, reject) => {
      pending.push({ append, resolve, reject });
      if (pending.length === 1) storeRuntime.nextTurn(flush);
    });
  }

  function flush(): void {
    const group = pending;
    pending = [];
    if (group.length > 1) void writeGroup(group);
    else for (const one of group) void writeAlone(one);
  }

  /** Writes a group in one transaction; if it was rolled back because one of them could not be written, each alone. */
  async function writeGroup(group: readonly PendingAppend[]): Promise<void> {
    let hasBegun = false;
    const writeAll = () => {
      hasBegun = true;
      return group.map(({ append }) => checkAndWrite(append, guard));
    };
    const commit = () => guard(() => runInTransaction(database, writeAll));
    try {
      const results = await locks.run(commit, () => !hasBegun);
      group.forEach((one, index) => {
        settle(one, results[index] as Result);
      });
    } catch (error) {
      // If the transaction could not begin, the others need not wait for the lock again.
      for (const one of group) {
        if (hasBegun) void writeAlone(one);
        else one.reject(error);
      }
    }
  }

  async function writeAlone({ append, resolve, reject }: PendingAppend): Promise<void> {
    const write = () => append.tryFastPath() ?? runInTransaction(database, () => append.check()());
    try {
      resolve(await locks.run(() => guard(write)));
    } catch (error) {
      reject(error);
    }
  }

  return { append, flush };
}

/** Settles one append in a group: an error of its check is its own, one of the write is thrown and rolls the group back. */
function checkAndWrite({ check }: Append, guard: Guard): Result {
  let write: () => AppendToStreamResult;
  try {
    write = guard(check);
  } catch (error) {
    return { error };
  }
  return { answer: write() };
}

function settle({ resolve, reject }: PendingAppend, result: Result): void {
  if ('answer' in result) resolve(result.answer);
  else reject(result.error);
}
