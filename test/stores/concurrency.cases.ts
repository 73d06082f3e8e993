import { expect } from 'vitest';
import {
  type EventStore,
  type ExpectedStreamVersion,
  NO_CONCURRENCY_CHECK,
  STREAM_DOES_NOT_EXIST,
  STREAM_EXISTS,
} from '../../src/stores/port.ts';
import { cases, dataOf, event, events, idsOf } from './cases.ts';

/** Each expectation, and whether it holds on a missing stream and on one of three events. */
const EXPECTATIONS: readonly (readonly [ExpectedStreamVersion | undefined, missing: boolean, ofThree: boolean])[] = [
  [undefined, true, true],
  [NO_CONCURRENCY_CHECK, true, true],
  [STREAM_EXISTS, false, true],
  [STREAM_DOES_NOT_EXIST, true, false],
  [0n, true, false],
  [1n, false, false],
  [2n, false, false],
  [3n, false, true],
  [4n, false, false],
  [-1n, false, false],
  [2n ** 64n + 3n, false, false],
];

const expecting = (expected: ExpectedStreamVersion | undefined) =>
  expected === undefined ? {} : { expectedStreamVersion: expected };

async function checkAppend(store: EventStore, expected: ExpectedStreamVersion | undefined, holds: boolean, n: number) {
  const name = `stream-${n}`;
  const before = await store.readStream(name);
  const append = store.appendToStream(name, events(n, n + 1), expecting(expected));
  if (holds) {
    expect((await append).nextExpectedStreamVersion).toBe(before.currentStreamVersion + 2n);
    return;
  }
  await expect(append).rejects.toMatchObject({
    name: 'VersionConflictError',
    errorCode: 412,
    code: 'version-conflict',
    streamName: name,
    expected,
    actual: before.currentStreamVersion,
  });
  expect(await store.readStream(name)).toEqual(before);
}

export const concurrency = cases('expected version', {
  'each expectation on a missing stream': async (store) => {
    let n = 100;
    for (const [expected, holds] of EXPECTATIONS) {
      await checkAppend(store, expected, holds, n);
      n += 100;
    }
  },
  'each expectation on a stream of three': async (store) => {
    let n = 100;
    for (const [expected, , holds] of EXPECTATIONS) {
      await store.appendToStream(`stream-${n}`, events(n + 10, n + 11, n + 12));
      await checkAppend(store, expected, holds, n);
      n += 100;
    }
  },
  'a read judges each expectation, on the whole stream': async (store) => {
    await store.appendToStream('three', events(1, 2, 3));
    for (const [expected, missing, ofThree] of EXPECTATIONS) {
      for (const [name, holds] of [
        ['missing', missing],
        ['three', ofThree],
      ] as const) {
        const read = store.readStream(name, { from: 2n, maxCount: 1n, ...expecting(expected) });
        if (holds) await expect(read).resolves.toBeDefined();
        else await expect(read).rejects.toMatchObject({ errorCode: 412, expected });
      }
    }
  },
  'an expectation that is none is refused as such': async (store) => {
    for (const wrong of ['ANY', 1, null, '0']) {
      const options = { expectedStreamVersion: wrong as unknown as bigint };
      await expect(store.appendToStream('a', events(1), options)).rejects.toMatchObject({ code: 'store-invalid' });
      await expect(store.readStream('a', options)).rejects.toMatchObject({ code: 'store-invalid' });
    }
    expect(await store.streamExists('a')).toBe(false);
  },
  'a conflict leaves nothing behind: neither an event nor an id nor a gap': async (store) => {
    await store.appendToStream('a', events(1));
    await expect(store.appendToStream('a', events(2, 3), { expectedStreamVersion: 7n })).rejects.toThrow();
    expect(await idsOf(store, 'a')).toEqual(['event-1']);
    const { nextExpectedStreamVersion } = await store.appendToStream('b', [event(2, { other: true })]);
    expect(nextExpectedStreamVersion).toBe(1n);
    await store.appendToStream('a', events(3), { expectedStreamVersion: 1n });
    expect(await idsOf(store, 'a')).toEqual(['event-1', 'event-3']);
  },
  'of many creations of one stream exactly one wins': async (store) => {
    const racers = Array.from({ length: 20 }, (_, n) =>
      store.appendToStream('a', events(2 * n, 2 * n + 1), { expectedStreamVersion: STREAM_DOES_NOT_EXIST }),
    );
    await checkOneWinner(store, await Promise.allSettled(racers), 0n);
  },
  'of many appends at one version exactly one wins': async (store) => {
    await store.appendToStream('a', events(1000));
    const racers = Array.from({ length: 20 }, (_, n) =>
      store.appendToStream('a', events(2 * n, 2 * n + 1), { expectedStreamVersion: 1n }),
    );
    await checkOneWinner(store, await Promise.allSettled(racers), 1n);
  },
  'many appends without an expectation all get in, each whole': async (store) => {
    const racers = Array.from({ length: 20 }, (_, n) => store.appendToStream('a', events(2 * n, 2 * n + 1)));
    const versions = (await Promise.all(racers)).map(({ nextExpectedStreamVersion }) => nextExpectedStreamVersion);
    expect(new Set(versions).size).toBe(20);
    const numbers = (await dataOf(store, 'a')).map((data) => (data as { n: number }).n);
    expect([...numbers].sort((one, other) => one - other)).toEqual(Array.from({ length: 40 }, (_, n) => n));
    for (let i = 0; i < 40; i += 2) expect(numbers[i + 1]).toBe((numbers[i] ?? Number.NaN) + 1);
  },
});

async function checkOneWinner(store: EventStore, results: PromiseSettledResult<unknown>[], before: bigint) {
  const winner = results.findIndex(({ status }) => status === 'fulfilled');
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  for (const result of results) if (result.status === 'rejected') expect(result.reason.errorCode).toBe(412);
  const { events: read, currentStreamVersion } = await store.readStream('a');
  expect(currentStreamVersion).toBe(before + 2n);
  expect(read.slice(-2).map(({ data }) => data)).toEqual([{ n: 2 * winner }, { n: 2 * winner + 1 }]);
}
