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

/** All that the encrypted store of a replica has, opened with the key of the device, as one text. */
export const opened = (page: Page) =>
  page.evaluate<string>(`(async () => {
    const result = (request) => new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    const within = async (name, work) => {
      const database = await result(indexedDB.open(name));
      try {
        return await work((store) => database.transaction(store).objectStore(store));
      } finally {
        database.close();
      }
    };
    const { texts } = await within('visits-key', (store) => result(store('application').get('texts')));
    const open = async (sealed, place) => {
      const [iv, additionalData] = [sealed.subarray(1, 13), new TextEncoder().encode(JSON.stringify(place))];
      const bytes = await crypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData }, texts, sealed.subarray(13));
      return new TextDecoder().decode(bytes);
    };
    const kinds = { groups: 'head', records: 'records', blobs: 'bytes', blobSizes: 'size' };
    const sealed = await within('visits', async (store) => {
      const found = [];
      for (const [name, kind] of Object.entries(kinds)) {
        const [keys, values] = await Promise.all([result(store(name).getAllKeys()), result(store(name).getAll())]);
        for (const [nth, key] of keys.entries())
          found.push([values[nth].head ?? values[nth], 'the ' + kind + ' of ' + [key].flat()[0]]);
      }
      return found;
    });
    return (await Promise.all(sealed.map(([bytes, place]) => open(bytes, place)))).join(' ');
  })()`);
