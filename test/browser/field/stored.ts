import type { Page } from 'playwright-core';

/** All that IndexedDB and `localStorage` have on the device, as one text. */
export const kept = (page: Page) =>
  page.evaluate<string>(`(async () => {
    const result = (request) => new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    const found = [JSON.stringify(localStorage)];
    for (const { name } of await indexedDB.databases()) {
      const database = await result(indexedDB.open(name));
      for (const store of database.objectStoreNames)
        found.push(JSON.stringify(await result(database.transaction(store).objectStore(store).getAll())));
      database.close();
    }
    return found.join(' ');
  })()`);
