/** Room on a full device: some is made, and the write is tried again. */
import type { Id } from '../../messages/index.ts';
import { isStoreError } from '../../stores/errors.ts';

/** True for the error of a store that has no room, of whichever copy of its class. */
export const isFull = (error: unknown): boolean => Object(error).code === 'store-full';

/** True for the error of a store that cannot be written or read now, and may be again: a full one, too. */
export const isFailing = (error: unknown): boolean =>
  ['store-full', 'store-io', 'store-unavailable', 'store-busy'].includes(Object(error).code);

/** True for the error of a store that memory and the journal may stand in for: any but one that a later release wrote. */
export const mayStandIn = (error: unknown): boolean => isStoreError(error) && error.kind !== 'newer-schema';

/** The end of a write: its answer, or the error of a store that has no room. */
export type Written<T> = Readonly<{ isFull: false; value: T }> | Readonly<{ isFull: true; error: unknown }>;

/** Waits for a write. @throws any error but that of a full store */
export async function settleWrite<T>(write: () => Promise<T>): Promise<Written<T>> {
  try {
    return { isFull: false, value: await write() };
  } catch (error) {
    if (!isFull(error)) throw error;
    return { isFull: true, error };
  }
}

/** Runs a write, and once more if there was no room and some was made; not by removing `visitId`, the visit that is written. */
export type Roomy = <T>(write: () => Promise<T>, visitId?: Id) => Promise<T>;

/** Makes room for writes by `free`, which answers false if it can make none; `note` gets true for each write that found no room, else false. */
export function createRoom(free: (writing?: Id) => Promise<boolean>, note: (isFull: boolean) => void): Roomy {
  let isFreeing = false;

  async function makeRoom(writing: Id | undefined): Promise<boolean> {
    if (isFreeing) return false;
    isFreeing = true;
    try {
      return await free(writing);
    } finally {
      isFreeing = false;
    }
  }

  return async (write, writing) => {
    let written = await settleWrite(write);
    note(written.isFull);
    if (written.isFull && (await makeRoom(writing))) {
      written = await settleWrite(write);
      note(written.isFull);
    }
    if (written.isFull) throw written.error;
    return written.value;
  };
}
