import 'fake-indexeddb/auto';
import { indexedDbStore } from 'auxilio/indexeddb';
import { forceCloseDatabase } from 'fake-indexeddb';
import { deleteDB, type IDBPDatabase, openDB } from 'idb';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { connect, STEPS, type Step } from '../../src/stores/indexeddb/connection.ts';
import { forgetLog } from '../../src/stores/indexeddb/fresh-log.ts';
import { limits } from '../support/limits.ts';
import { event, events, idsOf } from './cases.ts';
import { storeError } from './files.ts';
import { newName } from './indexeddb-host.ts';

/** The globals that fake-indexeddb sets. */
const { IDBDatabase, IDBObjectStore, indexedDB } = globalThis as unknown as {
  IDBDatabase: { prototype: { transaction(...parameters: never[]): unknown } };
  IDBObjectStore: { prototype: { add(this: unknown, value: unknown): EventTarget; transaction: unknown } };
  indexedDB: { databases(): Promise<{ name: string }[]>; open(): unknown; deleteDatabase(name: string): unknown };
};

type Options = Partial<Parameters<typeof indexedDbStore>[0]>;

/** A store that is closed after the test. */
function opened(options: Options = {}) {
  const store = indexedDbStore({ name: newName(), ...options });
  onTestFinished(() => store.close());
  return store;
}

async function raw(name: string, version?: number): Promise<IDBPDatabase> {
  const database = await openDB(name, version);
  onTestFinished(() => database.close());
  return database;
}

/** Keeps a transaction open that writes to the events, until it is released. */
function locked(database: IDBPDatabase): { release: () => Promise<void> } {
  const transaction = database.transaction('events', 'readwrite');
  let kept = true;
  const keep = async () => {
    while (kept) await transaction.store.get(0);
  };
  const keeping = keep();
  return {
    release: async () => {
      kept = false;
      await keeping;
      await transaction.done;
    },
  };
}

/** A step that the test makes. */
const addNotes: Step = (database) => void database.createObjectStore('notes' as never);

describe('the name of a database, and the options', () => {
  it.each([
    ['no name', {}, 'indexedDbStore takes { name }'],
    ['an empty name', { name: '' }, 'indexedDbStore takes { name }'],
    ['no time to wait', { name: 'a', busyTimeoutMs: 0 }, 'busyTimeoutMs is a whole number of 1 or more'],
    ['a callback that is none', { name: 'a', onClose: 1 }, 'onClose is a function'],
    ['an unknown option', { name: 'a', onclose: 1 }, 'Did you mean onClose?'],
  ])('%s: refused', (_, options, message) => {
    expect(() => indexedDbStore(options as never)).toThrow(message);
  });

  it('any text names a database, and no two names the same one', async () => {
    const names = ['\u0000', '\u0000\u0000', '__proto__', '🔧', 'a/b', ' '].map((name) => `${newName()}${name}`);
    for (const [n, name] of names.entries()) await opened({ name }).appendToStream('a', events(n));
    for (const [n, name] of names.entries()) expect(await idsOf(opened({ name }), 'a')).toEqual([`event-${n}`]);
  });

  it.each([undefined, null])('without IndexedDB (%s) the calls are refused', async (none) => {
    vi.stubGlobal('indexedDB', none);
    onTestFinished(() => void vi.unstubAllGlobals());
    await expect(opened().streamExists('a')).rejects.toEqual(storeError('unavailable'));
  });
});

describe('a database that cannot be opened', () => {
  it.each([
    ['UnknownError', 'unavailable'],
    ['InvalidStateError', 'unavailable'],
    ['SecurityError', 'unavailable'],
    ['QuotaExceededError', 'full'],
  ])('by %s: %s, and the next call tries again', async (name, kind) => {
    const store = opened();
    const opening = vi.spyOn(indexedDB, 'open').mockImplementation(() => {
      throw new DOMException('planted', name);
    });
    await expect(store.streamExists('a')).rejects.toMatchObject({ kind, cause: { name } });
    opening.mockRestore();
    expect(await store.streamExists('a')).toBe(false);
  });
});

describe('durability', () => {
  it('every transaction that writes is strict', async () => {
    const begin = vi.spyOn(IDBDatabase.prototype, 'transaction');
    onTestFinished(() => begin.mockRestore());
    const store = opened();
    await store.appendToStream('a', events(1), { rows: [{ projection: 'p', key: 'k', body: {} }] });
    await store.commitCheckpoint('c', { expected: 0, cursor: null });
    await store.startGeneration('p', 'b');
    await store.promoteGeneration('p', { builder: 'b', expected: 1, current: 0 });
    await store.reset('p');
    const written = begin.mock.results.map(({ value }) => value as { mode: string; durability: string });
    expect(written.filter(({ mode }) => mode === 'readwrite').map(({ durability }) => durability)).toEqual(
      Array.from({ length: 5 }, () => 'strict'),
    );
  });
});

describe('the log of Chromium', () => {
  /** A page that has written nothing yet. */
  function inBrowser(userAgent: string) {
    vi.stubGlobal('navigator', { userAgent });
    forgetLog();
    onTestFinished(() => {
      vi.unstubAllGlobals();
      forgetLog();
    });
    const deleting = vi.spyOn(indexedDB, 'deleteDatabase');
    onTestFinished(() => deleting.mockRestore());
    return deleting;
  }

  it('is begun once for a page, before its first write, by any of its stores', async () => {
    const deleting = inBrowser(
      'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0',
    );
    const stores = [opened(), opened()];
    await Promise.all(stores.map((store) => store.appendToStream('a', events(1))));
    expect(deleting.mock.calls).toEqual([['auxilio-scratch']]);
    await stores[0]?.appendToStream('a', events(2));
    expect(deleting).toHaveBeenCalledTimes(1);
  });

  it('is begun after the first read, for which nothing waits', async () => {
    const deleting = inBrowser('Chromium/156');
    expect(await opened().streamExists('a')).toBe(false);
    expect(deleting).toHaveBeenCalledTimes(0);
    await vi.waitFor(() => expect(deleting).toHaveBeenCalledTimes(1), limits.waitMs);
  });

  it('is that of the last session where none can be begun: a write goes on', async () => {
    const deleting = inBrowser('Chrome/156').mockImplementation(() => {
      throw new DOMException('planted', 'QuotaExceededError');
    });
    const store = opened();
    await store.appendToStream('a', events(1));
    expect(deleting).toHaveBeenCalledTimes(1);
    expect(await idsOf(store, 'a')).toEqual(['event-1']);
  });

  it('is no matter of other browsers', async () => {
    const deleting = inBrowser(
      'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) CriOS/120.0 Mobile Safari/604.1',
    );
    await opened().appendToStream('a', events(1));
    expect(deleting).toHaveBeenCalledTimes(0);
  });
});

describe('a store that was closed', () => {
  it('ends the calls that were made before, and refuses later ones', async () => {
    const name = newName();
    const store = opened({ name });
    const appended = store.appendToStream('a', events(1));
    const closed = [store.close(), store.close()];
    await expect(store.streamExists('a')).rejects.toEqual(storeError('closed'));
    expect((await appended).nextExpectedStreamVersion).toBe(1n);
    await Promise.all(closed);
    await deleteDB(name); // no connection is left that would block it
  });

  it('was never opened: nothing is created', async () => {
    const name = newName();
    await opened({ name }).close();
    expect((await indexedDB.databases()).map((one) => one.name)).not.toContain(name);
  });
});

describe('an upgrade', () => {
  const upgraded = async (name: string, steps: readonly Step[]) => {
    const connection = connect({ name, busyTimeoutMs: limits.waitMs, onClose: undefined }, steps);
    await connection.read(['events'], (transaction) => transaction.objectStore('events').count());
    await connection.close();
  };
  const names = async (name: string) => [...(await raw(name)).objectStoreNames];

  it('takes each step that the database has yet to take, in order, and the events stay', async () => {
    const name = newName();
    await opened({ name }).appendToStream('a', events(1));
    const taken: number[] = [];
    const later: Step[] = [addNotes, (database) => void database.createObjectStore(`last-${taken.length}` as never)];
    const steps = [...STEPS, ...later].map(
      (step, n): Step =>
        (database) => {
          step(database);
          taken.push(n + 1);
        },
    );
    await upgraded(name, steps.slice(0, 2));
    for (const _ of [1, 2]) await upgraded(name, steps);
    expect(taken).toEqual([2, 3]);
    expect(await names(name)).toEqual(expect.arrayContaining(['last-1', 'notes']));
    expect(await (await raw(name)).count('events')).toBe(1);
    await expect(opened({ name }).readStream('a')).rejects.toEqual(storeError('newer-schema'));
  });

  it('that is interrupted leaves the database as it was, and is repeated', async () => {
    const name = newName();
    await opened({ name }).appendToStream('a', events(1));
    const interrupted: Step = (database) => {
      addNotes(database);
      throw new Error('planted');
    };
    await expect(upgraded(name, [...STEPS, interrupted])).rejects.toEqual(storeError('unavailable'));
    expect(await idsOf(opened({ name }), 'a')).toEqual(['event-1']);
    await upgraded(name, [...STEPS, addNotes]);
    expect(await names(name)).toContain('notes');
  });
});

describe('another tab', () => {
  it('upgrades the database: the store closes, says so, and lets it', async () => {
    const name = newName();
    const reasons: unknown[] = [];
    const store = opened({ name, onClose: (reason) => reasons.push(reason) });
    await store.appendToStream('a', events(1));
    await raw(name, STEPS.length + 1);
    expect(reasons).toEqual([storeError('closed')]);
    await expect(store.readStream('a')).rejects.toThrow(`upgrades the database "${name}" to version 2`);
    await expect(opened({ name }).readStream('a')).rejects.toEqual(storeError('newer-schema'));
  });

  it('deletes the database: the store closes, says so, and does not create it again', async () => {
    const name = newName();
    const reasons: unknown[] = [];
    const store = opened({ name, onClose: (reason) => reasons.push(reason) });
    await store.appendToStream('a', events(1));
    await deleteDB(name);
    expect(reasons).toEqual([storeError('closed')]);
    await expect(store.appendToStream('a', events(2))).rejects.toThrow('was deleted while it was open');
    expect((await indexedDB.databases()).map((one) => one.name)).not.toContain(name);
    expect(await opened({ name }).streamExists('a')).toBe(false);
  });

  it('has an older version open and keeps it: the calls are refused, and go through once it is closed', async () => {
    const name = newName();
    await opened({ name }).streamExists('a');
    const older = await raw(name);
    const newer = connect({ name, busyTimeoutMs: 30, onClose: undefined }, [...STEPS, addNotes]);
    onTestFinished(() => newer.close());
    const count = () => newer.read(['events'], (transaction) => transaction.objectStore('events').count());
    await expect(count()).rejects.toThrow('Another tab has an older version');
    await expect(count()).rejects.toEqual(storeError('busy'));
    older.close();
    expect(await vi.waitFor(count, limits.waitMs)).toBe(0);
  });

  it('keeps a transaction open: a write is refused in time and leaves nothing, and a later one goes through', async () => {
    const name = newName();
    const store = opened({ name, busyTimeoutMs: 200 });
    await vi.waitFor(() => store.appendToStream('a', events(1)), limits.waitMs);
    const { release } = locked(await raw(name));
    await expect(store.appendToStream('a', events(2))).rejects.toEqual(storeError('busy'));
    await expect(store.readStream('a')).rejects.toThrow('was locked for 200 ms');
    await release();
    await vi.waitFor(() => store.appendToStream('a', events(3)), limits.waitMs);
    expect(await idsOf(store, 'a')).toEqual(['event-1', 'event-3']);
  });
});

describe('the browser', () => {
  it('closes the database: the store says so, and refuses every call', async () => {
    const begin = vi.spyOn(IDBDatabase.prototype, 'transaction');
    onTestFinished(() => begin.mockRestore());
    const reasons: unknown[] = [];
    const store = opened({ onClose: (reason) => reasons.push(reason) });
    await store.appendToStream('a', events(1));
    forceCloseDatabase(begin.mock.contexts[0] as never);
    await vi.waitFor(() => expect(reasons).toEqual([storeError('unavailable')]), limits.waitMs);
    await expect(store.readStream('a')).rejects.toThrow('The browser closed the database');
  });

  it.each([
    ['QuotaExceededError', 'full'],
    ['UnknownError', 'io'],
    ['TransactionInactiveError', 'unavailable'],
  ])('fails a write with %s: %s, nothing was written, and the store goes on', async (name, kind) => {
    const store = opened();
    await store.appendToStream('a', events(1));
    const failing = vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(() => {
      throw new DOMException('planted', name);
    });
    await expect(store.appendToStream('a', events(2, 3))).rejects.toMatchObject({
      ...{ kind, code: `store-${kind}` },
      cause: { name },
    });
    failing.mockRestore();
    await store.appendToStream('a', events(2), { expectedStreamVersion: 1n });
    expect(await idsOf(store, 'a')).toEqual(['event-1', 'event-2']);
  });

  it('fails the commit for want of room: full, and nothing was written', async () => {
    const store = opened();
    await store.appendToStream('a', events(1));
    const add = IDBObjectStore.prototype.add;
    const failing = vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(function (
      this: { transaction: { _abort(name: string): void } },
      value: unknown,
    ) {
      const request = add.call(this, value);
      request.addEventListener('success', () => this.transaction._abort('QuotaExceededError'));
      return request;
    } as never);
    await expect(store.appendToStream('a', events(2))).rejects.toEqual(storeError('full'));
    failing.mockRestore();
    expect(await idsOf(store, 'a')).toEqual(['event-1']);
  });
});

describe('what is stored', () => {
  it('by another application: corrupt, in any call', async () => {
    const name = newName();
    const database = await openDB(name, STEPS.length, { upgrade: (one) => void one.createObjectStore('events') });
    database.close();
    const store = opened({ name });
    await expect(store.streamExists('a')).rejects.toThrow('is not of auxilio');
    await expect(store.appendToStream('a', events(1))).rejects.toEqual(storeError('corrupt'));
  });

  it.each([
    ['another text', (one: object) => ({ ...one, text: 7 })],
    ['no id', (one: object) => ({ ...one, id: undefined })],
    ['another version', (one: object) => ({ ...one, version: 5 })],
    ['half a version', (one: object) => ({ ...one, version: 1.5 })],
    ['no version before the first', (one: object) => ({ ...one, version: 0 })],
  ])('is an event with %s: corrupt', async (_, change) => {
    const name = newName();
    const store = opened({ name });
    await store.appendToStream('a', [event(1), event(2)]);
    const database = await raw(name);
    await database.put('events', change(await database.get('events', 1)));
    await expect(store.readStream('a')).rejects.toEqual(storeError('corrupt'));
  });

  it('is kept when an effect aborts the transaction: invalid, and nothing was written', async () => {
    const store = opened();
    const effect = (transaction: unknown) => (transaction as { abort(): void }).abort();
    const committed = store.commitCheckpoint('c', { expected: 0, cursor: null, effect });
    await expect(committed).rejects.toThrow('The effect ended the transaction');
    expect((await store.readCheckpoint('c')).revision).toBe(0);
  });

  it('is whole when an effect commits the transaction, which was its last part', async () => {
    const store = opened();
    const effect = (transaction: unknown) => (transaction as { commit(): void }).commit();
    const rows = [{ projection: 'p', key: 'k', body: { n: 1 } }];
    await store.commitCheckpoint('c', { expected: 0, cursor: null, rows, effect });
    expect((await store.readCheckpoint('c')).revision).toBe(1);
    expect(await store.readRow('p', 'k')).toEqual({ key: 'k', body: { n: 1 } });
  });

  it('is nothing of a commit whose effect failed later, in a request of its own', async () => {
    const store = opened();
    const effect = (transaction: {
      objectStore(name: 'application'): { add(value: unknown, key: string): unknown };
    }) => {
      transaction.objectStore('application').add(1, 'taken');
      transaction.objectStore('application').add(2, 'taken');
    };
    await expect(store.commitCheckpoint('c', { expected: 0, cursor: null, effect })).rejects.toMatchObject({
      name: 'ConstraintError',
    });
    expect((await store.readCheckpoint('c')).revision).toBe(0);
  });
});
