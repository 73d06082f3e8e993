import Database from 'better-sqlite3';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { type AppendToStreamOptions, type EventShape, memoryStore } from '../../src/memory.ts';
import { runs } from '../support/runs.ts';
import { event, events, idsOf } from './cases.ts';
import { fileOfThree, opened, storeError, temporaryFile } from './files.ts';

type Append = readonly [streamName: string, events: EventShape[], options: AppendToStreamOptions];

/** A store, and the statements that it ran since it was opened. */
function watched() {
  const said: string[] = [];
  const database = new Database(temporaryFile(), { verbose: (sql) => said.push(String(sql)) });
  const store = opened({ database });
  said.length = 0;
  return { database, store, count: (start: string) => said.filter((sql) => sql.startsWith(start)).length };
}

const append = fc.tuple(
  fc.constantFrom('a', 'b'),
  fc
    .array(fc.nat(9), { maxLength: 3 })
    .chain((ids) => fc.nat(1).map((version) => ids.map((id) => event(id, { id, version })))),
  fc.record({
    expectedStreamVersion: fc.oneof(
      fc.bigInt(0n, 4n),
      fc.constantFrom('STREAM_DOES_NOT_EXIST', 'STREAM_EXISTS', 'NO_CONCURRENCY_CHECK'),
    ),
    rows: fc.array(
      fc.record({ projection: fc.constant('p'), key: fc.constantFrom('k', 'l'), body: fc.record({ n: fc.nat(9) }) }),
      { maxLength: 1 },
    ),
  }),
) satisfies fc.Arbitrary<Append>;

describe('appends of one turn', () => {
  it('are one transaction, and wait for the disk once', async () => {
    const { store, count } = watched();
    const answers = await Promise.all(
      [1, 2, 3, 4].map((n) =>
        store.appendToStream(`s-${n}`, events(n), { expectedStreamVersion: 'STREAM_DOES_NOT_EXIST' }),
      ),
    );
    expect(answers.map(({ lastEventGlobalPosition }) => lastEventGlobalPosition)).toEqual([1n, 2n, 3n, 4n]);
    expect([count('BEGIN IMMEDIATE'), count('COMMIT'), count('INSERT')]).toEqual([1, 1, 4]);
  });

  it('are one transaction though one of them is refused', async () => {
    const { store, count } = watched();
    const created = { expectedStreamVersion: 'STREAM_DOES_NOT_EXIST' } as const;
    const appends = [1, 2, 3].map((n) => store.appendToStream(`s-${Math.max(2, n)}`, events(n), created));
    const answers = await Promise.allSettled(appends);
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect([count('BEGIN IMMEDIATE'), count('COMMIT'), count('INSERT')]).toEqual([1, 1, 2]);
  });

  it('that come alone, one event at a known version, are one statement', async () => {
    const { store, count } = watched();
    await store.appendToStream('a', events(1), { expectedStreamVersion: 'STREAM_DOES_NOT_EXIST' });
    const answer = await store.appendToStream('a', events(2), { expectedStreamVersion: 1n });
    expect(answer).toEqual({
      nextExpectedStreamVersion: 2n,
      createdNewStream: false,
      lastEventGlobalPosition: 2n,
      repeated: false,
    });
    expect([count('BEGIN'), count('SELECT'), count('INSERT')]).toEqual([0, 0, 2]);
  });

  it('are answered, and leave what they would have left, as if each had waited for the one before', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(append, { minLength: 1, maxLength: 5 }), { maxLength: 5 }), async (turns) => {
        const [store, other] = [opened({ file: ':memory:' }), memoryStore()];
        for (const turn of turns) {
          const together = await Promise.allSettled(turn.map((one) => store.appendToStream(...one)));
          const oneByOne: PromiseSettledResult<unknown>[] = [];
          for (const one of turn) oneByOne.push(...(await Promise.allSettled([other.appendToStream(...one)])));
          expect(together).toEqual(oneByOne);
        }
        for (const name of ['a', 'b']) expect(await store.readStored(name)).toEqual(await other.readStored(name));
        expect(await store.readRows('p')).toEqual(await other.readRows('p'));
      }),
      { seed: 1, numRuns: runs(300) },
    );
  });

  it('do not fail with one that cannot be written', async () => {
    const database = new Database(temporaryFile());
    const store = opened({ database });
    database.exec(`CREATE TRIGGER host BEFORE INSERT ON auxilio_events WHEN NEW.event_id = 'event-3'
      BEGIN SELECT RAISE(ABORT, 'the host refuses'); END`);
    const appends = [store.appendToStream('a', events(1)), store.appendToStream('a', events(2, 3))];
    const settled = await Promise.allSettled([...appends, store.appendToStream('a', events(4))]);
    expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(settled[1]).toMatchObject({ reason: { message: 'the host refuses' } });
    expect(await idsOf(store, 'a')).toEqual(['event-1', 'event-4']);
    expect((await store.readFeed()).map(({ globalPosition }) => globalPosition)).toEqual([1n, 2n]);
    database.close();
  });

  it('wait once for another writer, and are all told if that was in vain', async () => {
    const said: string[] = [];
    const file = await fileOfThree();
    const [database, other] = [new Database(file, { verbose: (sql) => said.push(String(sql)) }), new Database(file)];
    const store = opened({ database, busyTimeoutMs: 20 });
    said.length = 0;
    other.exec('BEGIN IMMEDIATE');
    const appends = [4, 5, 6].map((n) => store.appendToStream('a', events(n)));
    for (const { status, ...rest } of await Promise.allSettled(appends)) {
      expect([status, rest]).toEqual(['rejected', { reason: storeError('busy') }]);
    }
    expect(new Set(said)).toEqual(new Set(['BEGIN IMMEDIATE'])); // one transaction, tried again, and no append by itself
    other.exec('ROLLBACK');
    other.close();
    expect((await store.appendToStream('a', events(4))).nextExpectedStreamVersion).toBe(3n);
    database.close();
  });

  it('are written before the store closes, and refused where the host closed the database', async () => {
    const file = await fileOfThree();
    const closing = opened({ file });
    const waiting = [closing.appendToStream('a', events(4)), closing.appendToStream('c', events(5))];
    await closing.close();
    expect((await Promise.all(waiting)).map(({ lastEventGlobalPosition }) => lastEventGlobalPosition)).toEqual([
      4n,
      5n,
    ]);
    const database = new Database(file);
    const store = opened({ database });
    const lost = [store.appendToStream('a', events(6)), store.appendToStream('a', events(7))];
    database.close();
    for (const { status, ...rest } of await Promise.allSettled(lost)) {
      expect([status, rest]).toEqual(['rejected', { reason: storeError('closed') }]);
    }
    expect(await idsOf(opened({ file }), 'a')).toEqual(['event-1', 'event-2', 'event-4']);
  });

  it('are refused within a transaction of the host, begun before or after they were asked for', async () => {
    const { database, store } = watched();
    database.exec('BEGIN');
    const during = store.appendToStream('a', events(1));
    database.exec('COMMIT');
    await expect(during).rejects.toEqual(storeError('in-transaction'));
    for (const count of [1, 2]) {
      const before = Array.from({ length: count }, (_, n) =>
        store.appendToStream(`s-${n}`, events(n), { expectedStreamVersion: 'STREAM_DOES_NOT_EXIST' }),
      );
      database.exec('BEGIN');
      for (const { status, ...rest } of await Promise.allSettled(before)) {
        expect([status, rest]).toEqual(['rejected', { reason: storeError('in-transaction') }]);
      }
      database.exec('ROLLBACK');
    }
    expect(await store.readFeed()).toEqual([]);
    database.close();
  });

  it('are written under a clock that a test has replaced', async () => {
    const store = opened({ file: ':memory:' });
    vi.useFakeTimers();
    try {
      await store.appendToStream('a', events(1));
    } finally {
      vi.useRealTimers();
    }
    expect(await idsOf(store, 'a')).toEqual(['event-1']);
  });
});
