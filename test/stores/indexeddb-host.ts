/** The host of a store in IndexedDB for the store suite: of a browser, or of fake-indexeddb. */
import { type IndexedDbStore, type IndexedDbTransaction, indexedDbStore } from 'auxilio/indexeddb';
import type { StoreCapability, StoreHost } from 'auxilio/testing';
import { deleteDB, openDB } from 'idb';
import { limits } from '../support/limits.ts';

export type Handle = { readonly name: string; readonly store: IndexedDbStore; readonly close: () => Promise<void> };

let count = 0;

export const newName = () => `auxilio-${Date.now()}-${++count}`;

export function inPage(name: string): Handle {
  const store = indexedDbStore({ name, busyTimeoutMs: limits.waitMs });
  return { name, store, close: store.close };
}

/** Notes in the object store of the application. */
const notes = {
  write: (transaction: IndexedDbTransaction, note: string) => {
    transaction.objectStore('application').add(note);
  },
  read: async ({ name }: { readonly name: string }): Promise<readonly string[]> => {
    const database = await openDB(name);
    try {
      return await database.getAll('application');
    } finally {
      database.close();
    }
  },
};

/** The host in this page; the capabilities that need another page or process are not among those. */
export function indexedDbHost(capabilities: readonly StoreCapability[]) {
  const again = ({ name }: Handle) => inPage(name);
  return {
    capabilities,
    open: () => inPage(newName()),
    discard: ({ name }) => deleteDB(name),
    second: again,
    reopen: again,
    notes,
  } satisfies StoreHost<Handle>;
}
