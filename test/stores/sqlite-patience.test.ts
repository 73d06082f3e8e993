import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { sqliteStore } from '../../src/sqlite.ts';
import { event, events, idsOf } from './cases.ts';
import { fileOfThree, opened, storeError, temporaryFile } from './files.ts';

const timer = () => new Promise((resolve) => setTimeout(resolve, 1));
const turn = () => new Promise((resolve) => setImmediate(resolve));

/** Holds the write lock of a file, as another process would. */
function holding(file: string) {
  const other = new Database(file);
  onTestFinished(() => {
    other.close();
  });
  other.exec('BEGIN IMMEDIATE');
  return { release: () => other.exec('ROLLBACK') };
}

/** A store on a file, and the statements that it has run. */
function watched(file: string, busyTimeoutMs = 60_000) {
  const said: string[] = [];
  const database = new Database(file, { verbose: (sql) => said.push(String(sql)) });
  const store = opened({ database, busyTimeoutMs });
  onTestFinished(() => {
    database.close();
  });
  return { store, said, database };
}

describe('while another holds the write lock', () => {
  it('the thread waits 3 ms at a time, whatever the patience, and timers and turns go on', async () => {
    const file = await fileOfThree();
    const { store, said, database } = watched(file);
    expect(database.pragma('busy_timeout', { simple: true })).toBeLessThanOrEqual(50);
    const lock = holding(file);
    said.length = 0;
    let settled = 0;
    const move = { expected: 0, cursor: null };
    const waiting = [
      ...[4, 5, 6].map((n) => store.appendToStream('a', events(n))),
      ...['c', 'd', 'e', 'f', 'g'].map((consumer) => store.commitCheckpoint(consumer, move)),
      store.reset('x'),
    ];
    for (const one of waiting) one.finally(() => settled++);
    let most = 0;
    for (let n = 0; n < 30; n++) {
      const before = said.length;
      await turn();
      most = Math.max(most, said.length - before);
      await timer();
    }
    expect(settled).toBe(0);
    expect(said.length).toBeGreaterThan(1); // it was tried again
    expect(new Set(said)).toEqual(new Set(['BEGIN IMMEDIATE']));
    expect(most).toBeLessThanOrEqual(3); // by the first in line alone, however many wait
    lock.release();
    await Promise.all(waiting);
    expect(await idsOf(store, 'a')).toEqual(['event-1', 'event-2', 'event-4', 'event-5', 'event-6']);
  });

  it('reads go on, and appends that came meanwhile are written in their order', async () => {
    const file = await fileOfThree();
    const { store } = watched(file);
    const lock = holding(file);
    const first = store.appendToStream('a', events(4));
    await timer();
    const second = store.appendToStream('a', events(5));
    expect(await idsOf(store, 'a')).toEqual(['event-1', 'event-2']);
    expect(await store.readFeed()).toHaveLength(3);
    lock.release();
    expect((await first).nextExpectedStreamVersion).toBe(3n);
    expect((await second).nextExpectedStreamVersion).toBe(4n);
  });

  it('all are busy once their time is up, and nothing was written', async () => {
    const file = await fileOfThree();
    const { store } = watched(file, 20);
    const lock = holding(file);
    const results = await Promise.allSettled([
      store.appendToStream('a', events(4)),
      store.commitCheckpoint('c', { expected: 0, cursor: null }),
      store.reset('c'),
    ]);
    for (const result of results) expect(result).toMatchObject({ reason: storeError('busy') });
    lock.release();
    expect((await store.appendToStream('a', [event(4)])).nextExpectedStreamVersion).toBe(3n);
    expect((await store.readCheckpoint('c')).revision).toBe(0);
  });

  it('with a patience of 0 none is waited for', async () => {
    const file = await fileOfThree();
    const { store, said } = watched(file, 0);
    holding(file);
    said.length = 0;
    await expect(store.appendToStream('a', events(4))).rejects.toEqual(storeError('busy'));
    await expect(store.reset('c')).rejects.toEqual(storeError('busy'));
    expect(said.filter((sql) => sql === 'BEGIN IMMEDIATE')).toHaveLength(2);
  });

  it('closing lets those through who wait, and refuses those who come', async () => {
    const file = await fileOfThree();
    const store = sqliteStore({ file });
    const lock = holding(file);
    const [append, move] = [
      store.appendToStream('a', events(4)),
      store.commitCheckpoint('c', { expected: 0, cursor: null }),
    ];
    await timer();
    const closing = store.close();
    await expect(store.readStream('a')).rejects.toEqual(storeError('closed'));
    lock.release();
    await Promise.all([append, move, closing, store.close()]);
    const again = opened({ file });
    expect(await idsOf(again, 'a')).toEqual(['event-1', 'event-2', 'event-4']);
    expect((await again.readCheckpoint('c')).revision).toBe(1);
  });

  it('an effect runs once: what it met is thrown as it is, and the move is not tried again', async () => {
    const store = opened({ file: await fileOfThree() });
    const elsewhere = temporaryFile();
    new Database(elsewhere).exec('CREATE TABLE t (x)');
    holding(elsewhere);
    let runs = 0;
    const effect = () => {
      runs += 1;
      new Database(elsewhere, { timeout: 0 }).exec('INSERT INTO t VALUES (1)');
    };
    const move = store.commitCheckpoint('c', { expected: 0, cursor: null, effect });
    await expect(move).rejects.toMatchObject({ name: 'SqliteError', code: 'SQLITE_BUSY' });
    expect(runs).toBe(1);
    expect((await store.readCheckpoint('c')).revision).toBe(0);
  });
});

describe('a file that another has locked when it is opened', () => {
  /** A file that is not a store yet, and not in WAL mode. */
  function lockedFile() {
    const file = temporaryFile();
    const other = new Database(file);
    other.exec('CREATE TABLE t (x)');
    other.close();
    return { file, ...holding(file) };
  }

  it('is opened by the first calls, whatever they are, once it is not', async () => {
    const { file, release } = lockedFile();
    const store = opened({ file });
    const calls = [store.readStream('a'), store.appendToStream('a', events(1)), store.readRows('p'), store.reset('c')];
    for (let n = 0; n < 5; n++) await timer();
    release();
    await Promise.all(calls);
    expect(await idsOf(store, 'a')).toEqual(['event-1']);
  });

  it('is busy where that takes too long, and the next call tries again', async () => {
    const { file, release } = lockedFile();
    const store = opened({ file, busyTimeoutMs: 30 });
    await expect(store.readStream('a')).rejects.toEqual(storeError('busy'));
    await expect(store.appendToStream('a', events(1))).rejects.toEqual(storeError('busy'));
    release();
    await store.appendToStream('a', events(1));
  });

  it('may be closed before it was opened', async () => {
    const { file, release } = lockedFile();
    const store = sqliteStore({ file });
    await store.close();
    await expect(store.readStream('a')).rejects.toEqual(storeError('closed'));
    release();
  });
});
