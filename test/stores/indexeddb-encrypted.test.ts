import 'fake-indexeddb/auto';
import { createHash } from 'node:crypto';
import { IDBFactory, IDBObjectStore } from 'fake-indexeddb';
import { deleteDB, openDB } from 'idb';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { indexedDbReplicaStore } from '../../src/indexeddb.ts';
import { openDeviceCipher } from '../../src/stores/indexeddb/device-cipher.ts';
import { sealJournal } from '../../src/stores/indexeddb/journal.ts';

const canary = 'Yorleny Quirós Ñandú';
const photo = new TextEncoder().encode(`the bytes of a photograph of ${canary}`);
const sha256 = createHash('sha256').update(photo).digest('hex');
const strings = { head: `{"text":"${canary}"}`, 'ack/1': canary, [canary]: '\ud800' };

const opened = (options: { encrypted?: boolean } = {}) => indexedDbReplicaStore({ name: 'visits', ...options });

/** Works on the store, and closes it. */
async function using<T>(encrypted: boolean, work: (store: ReturnType<typeof opened>) => Promise<T>): Promise<T> {
  const store = opened({ encrypted });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

const fill = (encrypted: boolean) =>
  using(encrypted, async (store) => {
    await store.writeGroup('visit/1', 0, strings);
    await store.writeGroup('visit/2', 0, { 'no head': 'x' });
    await store.putBlob(sha256, photo);
  });

/** Every key and value of the database, as text in which bytes are Latin letters. */
async function rawText(name = 'visits'): Promise<string> {
  const database = await openDB(name);
  const text = (value: unknown): string => {
    if (value instanceof Uint8Array) return Buffer.from(value).toString('utf8');
    return typeof value === 'object' && value !== null
      ? Object.entries(value)
          .map(([key, one]) => `${key}:${text(one)}`)
          .join()
      : String(value);
  };
  const parts: string[] = [];
  for (const store of [...database.objectStoreNames]) {
    for (const part of [...(await database.getAllKeys(store)), ...(await database.getAll(store))])
      parts.push(text(part));
  }
  database.close();
  return parts.join('\n');
}

/** Changes what is stored under a key. */
async function put(store: string, key: string | readonly string[], change: (value: never) => unknown) {
  const database = await openDB('visits');
  const value: unknown = await database.get(store, key as never);
  await database.put(store, change(value as never), key as never);
  database.close();
}

const deleteKey = () => deleteDB('visits-key');

const content = (encrypted: boolean) =>
  using(encrypted, async (store) => ({
    groups: await store.listGroups(''),
    records: [...(await store.readGroup('visit/1')).records],
    blobs: await store.listBlobs(),
    bytes: await store.readBlob(sha256),
  }));

beforeEach(() => void vi.stubGlobal('indexedDB', new IDBFactory()));
afterEach(() => void vi.unstubAllGlobals());

describe('an encrypted store of a replica, in IndexedDB', () => {
  it('has no text, hash or byte of a photograph in clear', async () => {
    await fill(true);
    const raw = await rawText();
    for (const secret of [canary, 'Quirós', sha256, 'photograph', 'ack/1']) expect(raw).not.toContain(secret);
    expect(raw).toContain('visit/1');
  });

  it('has them in clear without the option: the control', async () => {
    await fill(false);
    const raw = await rawText();
    for (const secret of [canary, sha256, 'photograph', 'ack/1']) expect(raw).toContain(secret);
  });

  it('encrypts what was stored in clear, and loses nothing', async () => {
    await fill(false);
    const before = await content(false);
    expect(await content(true)).toEqual({
      ...before,
      groups: before.groups.map((one) => ({ ...one, revision: expect.any(Number) })),
    });
    const raw = await rawText();
    for (const secret of [canary, sha256, 'photograph', 'ack/1']) expect(raw).not.toContain(secret);
  });

  it('goes on where a page died between two groups that it encrypted', async () => {
    await fill(false);
    await using(true, (store) => store.readGroup('visit/1'));
    const database = await openDB('visits');
    await database.delete('lastRevision', 'sealed');
    await database.put('groups', { revision: 40, head: null }, 'visit/3');
    await database.put('records', canary, ['visit/3', 'k']);
    database.close();
    await using(true, async (store) => {
      expect((await store.readGroup('visit/3')).records).toEqual(new Map([['k', canary]]));
      expect((await store.readGroup('visit/1')).records).toEqual(new Map(Object.entries(strings)));
      expect(await store.readBlob(sha256)).toEqual(photo);
    });
    expect(await rawText()).not.toContain(canary);
  });

  it('says once that there is no room, and leaves no request without a reader', async () => {
    const unread: unknown[] = [];
    const note = (reason: unknown) => unread.push(reason);
    process.on('unhandledRejection', note);
    onTestFinished(() => void process.off('unhandledRejection', note));
    await fill(true);
    const full = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError');
    });
    await using(true, async (store) => {
      const { revision } = await store.readGroup('visit/1');
      await expect(store.writeGroup('visit/1', revision, { head: 'x' })).rejects.toMatchObject({ name: 'StoreError' });
      full.mockRestore();
      expect((await store.readGroup('visit/1')).records).toEqual(new Map(Object.entries(strings)));
    });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(unread).toEqual([]);
  });

  it('is refused without the option, and nothing is changed', async () => {
    await fill(true);
    await using(false, async (store) => {
      await expect(store.readGroup('visit/1')).rejects.toMatchObject({
        ...{ code: 'store-newer-schema', message: expect.stringContaining('{ encrypted: true }') },
      });
      await expect(store.writeGroup('visit/9', 0, {})).rejects.toMatchObject({ code: 'store-newer-schema' });
    });
    expect(await content(true)).toMatchObject({ bytes: photo });
  });

  it('shows one content to two tabs that open it at once, in clear until then', async () => {
    await fill(false);
    const tabs = [opened({ encrypted: true }), opened({ encrypted: true })] as const;
    const read = await Promise.all(tabs.map((tab) => tab.readGroup('visit/1')));
    expect(read.map(({ records }) => records)).toEqual([new Map(Object.entries(strings)), read[0]?.records]);
    const revision = Math.max(...read.map((one) => one.revision));
    const now = await tabs[0].readGroup('visit/1');
    expect(now.revision).toBeGreaterThanOrEqual(revision);
    await tabs[1].writeGroup('visit/1', now.revision, { more: 'x' });
    await expect(tabs[0].writeGroup('visit/1', now.revision, { more: 'y' })).rejects.toMatchObject({
      code: 'replica-conflict',
    });
    expect((await tabs[0].readGroup('visit/1')).records.get('more')).toBe('x');
    expect(tabs.map((tab) => tab.dataLoss?.())).toEqual([null, null]);
    await Promise.all(tabs.map((tab) => tab.close()));
  });

  it('takes the database from a tab that does not encrypt: it writes nothing in clear any more', async () => {
    await fill(false);
    const older = opened();
    expect((await older.readGroup('visit/1')).records.get('ack/1')).toBe(canary);
    await content(true);
    await expect(older.writeGroup('visit/9', 0, { head: canary })).rejects.toMatchObject({ code: 'store-closed' });
    expect(await rawText()).not.toContain(canary);
  });

  it('takes one of two writes of two tabs at once', async () => {
    await fill(true);
    const tabs = [opened({ encrypted: true }), opened({ encrypted: true })] as const;
    const [{ revision }] = await Promise.all([tabs[0].readGroup('visit/1'), tabs[1].readGroup('visit/1')]);
    const writes = await Promise.allSettled(tabs.map((tab, n) => tab.writeGroup('visit/1', revision, { won: `${n}` })));
    expect(writes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const won = writes.findIndex(({ status }) => status === 'fulfilled');
    expect((await tabs[0].readGroup('visit/1')).records.get('won')).toBe(`${won}`);
    await Promise.all(tabs.map((tab) => tab.close()));
  });

  it('refuses a ciphertext that was moved elsewhere, changed or cut', async () => {
    await fill(true);
    const database = await openDB('visits');
    const [head, other] = [await database.get('groups', 'visit/1'), await database.get('groups', 'visit/2')];
    const body: Uint8Array = await database.get('records', ['visit/1', '']);
    database.close();
    await put('groups', 'visit/2', () => ({ ...other, head: head.head }));
    await put('records', ['visit/2', ''], () => body);
    await using(true, async (store) => {
      await expect(store.listGroups('visit/2')).rejects.toMatchObject({ code: 'store-corrupt' });
      await expect(store.readGroup('visit/2')).rejects.toMatchObject({ code: 'store-corrupt' });
      expect((await store.readGroup('visit/1')).records.get('ack/1')).toBe(canary);
    });
    for (const damaged of [body.slice(0, -1), body.map((byte, n) => byte ^ Number(n === 20)), new Uint8Array(), 'x']) {
      await put('records', ['visit/1', ''], () => damaged);
      await using(true, (store) => expect(store.readGroup('visit/1')).rejects.toMatchObject({ code: 'store-corrupt' }));
    }
  });

  it('reports the loss of its key as a loss of data, empties what nothing opens, and goes on', async () => {
    await fill(true);
    await deleteKey();
    await using(true, async (store) => {
      expect(await store.listGroups('')).toEqual([]);
      expect(store.dataLoss?.()).toContain('key of this device');
      expect(await store.listBlobs()).toEqual([]);
      await store.writeGroup('visit/1', 0, { again: 'x' });
    });
    await using(true, async (store) => {
      expect((await store.readGroup('visit/1')).records).toEqual(new Map([['again', 'x']]));
      expect(store.dataLoss?.()).toBeNull();
    });
  });

  it('loses nothing where the mark of its key alone is damaged', async () => {
    await fill(true);
    await put('lastRevision', 'sealed', () => Uint8Array.of(1, 2, 3));
    await using(true, async (store) => {
      expect(await store.readBlob(sha256)).toEqual(photo);
      expect((await store.readGroup('visit/1')).records.get('ack/1')).toBe(canary);
      expect(store.dataLoss?.()).toBeNull();
    });
  });

  it('finds its key in a bucket of storage, if the browser has removed its databases', async () => {
    const bucket = new IDBFactory();
    const open = vi.fn(async () => ({ indexedDB: bucket }));
    vi.stubGlobal('navigator', { storageBuckets: { open } });
    const cipher = openDeviceCipher('visits');
    const sealed = await cipher.seal(photo, 'a place');
    vi.stubGlobal('indexedDB', new IDBFactory());
    const again = openDeviceCipher('visits');
    expect(await again.open(sealed, 'a place')).toEqual(photo);
    expect(await again.nameOf('a')).toBe(await cipher.nameOf('a'));
    // From then on, the bucket is not asked.
    open.mockClear();
    expect(await openDeviceCipher('visits').open(sealed, 'a place')).toEqual(photo);
    expect(open).not.toHaveBeenCalled();
  });

  it('makes a key where the bucket cannot be opened', async () => {
    const open = () => Promise.reject(new Error('denied'));
    vi.stubGlobal('navigator', { storageBuckets: { open } });
    const sealed = await openDeviceCipher('visits').seal(photo, 'a place');
    expect(await openDeviceCipher('visits').open(sealed, 'a place')).toEqual(photo);
  });

  it('has keys that no script can read', async () => {
    const generated = vi.spyOn(crypto.subtle, 'generateKey');
    await openDeviceCipher('visits').nameOf('a');
    for (const { value } of generated.mock.results) {
      await expect(crypto.subtle.exportKey('raw', await value)).rejects.toThrow();
    }
    expect(generated).toHaveBeenCalledTimes(2);
    generated.mockRestore();
  });

  it.each([1, 'yes', null])('is asked for by true, not %j', (encrypted) => {
    expect(() => opened({ encrypted } as never)).toThrow(expect.objectContaining({ code: 'store-invalid' }));
  });
});

describe('the encrypted journal of what waits', () => {
  const memoryJournal = () => {
    const entries = new Map<string, string>();
    return {
      entries,
      read: async (prefix: string) => new Map([...entries].filter(([key]) => key.startsWith(prefix))),
      write: async (changes: object) => {
        for (const [key, text] of Object.entries(changes)) {
          if (text === null) entries.delete(key);
          else entries.set(key, text as string);
        }
      },
    };
  };

  it('has no text in clear, and reads what was written in clear before', async () => {
    const file = memoryJournal();
    await file.write({ 'act/0': '{"old":true}' });
    const journal = sealJournal(file, openDeviceCipher('visits'));
    await journal.write({ 'act/1': canary, 'act/0': '{"old":true}', 'act/2': 'x' });
    await journal.write({ 'act/2': null });
    expect([...file.entries.values()].join()).not.toContain(canary);
    await file.write({ 'act/3': '{"clear":true}' });
    expect(Object.fromEntries(await journal.read('act/'))).toEqual({
      ...{ 'act/0': '{"old":true}', 'act/1': canary, 'act/3': '{"clear":true}' },
    });
  });

  it('passes over an entry whose key is lost, or that was moved', async () => {
    const file = memoryJournal();
    await sealJournal(file, openDeviceCipher('visits')).write({ 'act/1': canary, 'act/2': 'b' });
    await file.write({ 'act/3': file.entries.get('act/1') });
    expect([...(await sealJournal(file, openDeviceCipher('visits')).read('')).keys()]).toEqual(['act/1', 'act/2']);
    await deleteKey();
    expect(await sealJournal(file, openDeviceCipher('visits')).read('')).toEqual(new Map());
  });
});
