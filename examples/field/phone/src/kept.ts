/**
 * Small texts that survive when the browser is killed: it writes `localStorage` to the disk some seconds later, IndexedDB at once. The
 * screens read `localStorage`, which answers without waiting.
 */
const [name, table] = ['phone', 'texts'];

async function inTable<T>(mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const opening = indexedDB.open(name, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(table);
  const database = await resultOf(opening);
  try {
    const transaction = database.transaction(table, mode, { durability: 'strict' });
    const result = await resultOf(act(transaction.objectStore(table)));
    if (mode === 'readwrite') await committed(transaction);
    return result;
  } finally {
    database.close();
  }
}

const resultOf = <T>(request: IDBRequest<T>) =>
  new Promise<T>((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

const committed = (transaction: IDBTransaction) =>
  new Promise<void>((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
  });

function setLocally(key: string, text: string | null): void {
  if (text === null) localStorage.removeItem(key);
  else localStorage.setItem(key, text);
}

/** Keeps a text, or with null removes it; resolves when it is on the disk. */
export async function keep(key: string, text: string | null): Promise<void> {
  setLocally(key, text);
  // A browser that has no room or no IndexedDB here keeps it less safely.
  await inTable('readwrite', (store) => store.put(text, key)).catch(console.error);
}

/** Brings texts in `localStorage` to what was kept last. */
export async function restoreKept(keys: readonly string[]): Promise<void> {
  for (const key of keys) {
    const text: string | null | undefined = await inTable('readonly', (store) => store.get(key));
    if (text === undefined) await keep(key, localStorage.getItem(key));
    else if (text !== localStorage.getItem(key)) setLocally(key, text);
  }
}
