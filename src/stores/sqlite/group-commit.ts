import type { AppendToStreamResult } from '../event-store.ts';
import { inWriteTransaction, refuseInTransaction } from './database.ts';
import type { SqliteDatabase } from './driver.ts';
import type { LockQueue } from './patience.ts';

/** Runs work on a database that is open, and speaks of errors as the port does. */
export type Guard = <T>(work: () => T) => T;

/** Kept, for a host's tests may replace the clock. */
const nextTurn = globalThis.setImmediate;

/** An append that can be carried out with others. */
type Append = Readonly<{
  /** Within a transaction: throws what speaks against the append before anything is written, and answers with the rest. */
  check: () => () => AppendToStreamResult;
  /** Without a transaction, in one statement; undefined, and nothing written, where it takes more than one. */
  tryFastPath: () => AppendToStreamResult | undefined;
}>;

type Waiting = Readonly<{
  append: Append;
  resolve: (answer: AppendToStreamResult) => void;
  reject: (error: unknown) => void;
}>;

type Result = Readonly<{ answer: AppendToStreamResult } | { error: unknown }>;

/** Carries out appends: `append` lets one wait, `writeWaiting` carries out at once all that wait. */
export type Appends = Readonly<{
  append: (append: Append) => Promise<AppendToStreamResult>;
  writeWaiting: () => void;
}>;

/**
 * Writes all appends that are asked for in one turn of the event loop in one transaction, so that one wait for the disk
 * serves them all: with eight clients twice as many commands a second. Each is answered as if it had been alone, in the order
 * in which they were asked for.
 */
export function together(database: SqliteDatabase, guard: Guard, locks: LockQueue): Appends {
  let waiting: Waiting[] = [];

  function wait(append: Append): Promise<AppendToStreamResult> {
    refuseInTransaction(database);
    return new Promise((resolve, reject) => {
      waiting.push({ append, resolve, reject });
      if (waiting.length === 1) nextTurn(writeWaiting);
    });
  }

  function writeWaiting(): void {
    const group = waiting;
    waiting = [];
    if (group.length > 1) void writeTogether(group);
    else for (const one of group) void writeAlone(one);
  }

  /** If the transaction was rolled back, since one of them could not be written, each tries alone. */
  async function writeTogether(group: readonly Waiting[]): Promise<void> {
    let hasBegun = false;
    const write = () => {
      hasBegun = true;
      return group.map(({ append }) => checkedAndWritten(append, guard));
    };
    try {
      const results = await locks.run(
        () => guard(() => inWriteTransaction(database, write)),
        () => !hasBegun,
      );
      group.forEach((one, index) => {
        settle(one, results[index] as Result);
      });
    } catch (error) {
      // What it waited for in vain to begin, the others need not wait for again.
      for (const one of group) {
        if (hasBegun) void writeAlone(one);
        else one.reject(error);
      }
    }
  }

  async function writeAlone({ append, resolve, reject }: Waiting): Promise<void> {
    try {
      resolve(
        await locks.run(() =>
          guard(() => append.tryFastPath() ?? inWriteTransaction(database, () => append.check()())),
        ),
      );
    } catch (error) {
      reject(error);
    }
  }

  return { append: wait, writeWaiting };
}

function checkedAndWritten({ check }: Append, guard: Guard): Result {
  let write: () => AppendToStreamResult;
  try {
    write = guard(check);
  } catch (error) {
    return { error };
  }
  return { answer: write() };
}

function settle({ resolve, reject }: Waiting, result: Result): void {
  if ('answer' in result) resolve(result.answer);
  else reject(result.error);
}
