import { isVersionConflict } from '../../../stores/errors.ts';
import {
  type EventStore,
  type ExpectedStreamVersion,
  NO_CONCURRENCY_CHECK,
  STREAM_DOES_NOT_EXIST,
  STREAM_EXISTS,
} from '../../../stores/event-store.ts';
import { ensure, errorOf, refuses, same } from '../../assert.ts';
import { cases, needing } from '../stage/case.ts';
import { appendSlowly, during, event, events, readNumbers } from '../stage/events.ts';

type Expectation = ExpectedStreamVersion | undefined;
type Row = readonly [expected: Expectation, holdsOnMissing: boolean, holdsOnThree: boolean];
type Judged = Readonly<{ expected: Expectation; streamName: string; holds: boolean; actual: bigint }>;

/** Each expectation, and whether it holds on a missing stream and on one of three events. */
const EXPECTATIONS: readonly Row[] = [
  [undefined, true, true],
  [NO_CONCURRENCY_CHECK, true, true],
  [STREAM_EXISTS, false, true],
  [STREAM_DOES_NOT_EXIST, true, false],
  [0n, true, false],
  [1n, false, false],
  [2n, false, false],
  [3n, false, true],
  [4n, false, false],
  [103n, false, false],
];

/** The same for each of two streams: one that is missing, and `stream-1`, of three events. */
const JUDGED = EXPECTATIONS.flatMap(([expected, missing, ofThree]): Judged[] => [
  { expected, streamName: 'missing', holds: missing, actual: 0n },
  { expected, streamName: 'stream-1', holds: ofThree, actual: 3n },
]);

const OUT_OF_REACH = [-1n, 2n ** 63n, 2n ** 64n + 3n];

const expecting = (expected: Expectation) => (expected === undefined ? {} : { expectedStreamVersion: expected });

/** Asserts that `work` is refused as a conflict. */
export async function conflicts(work: Promise<unknown>, what: string): Promise<unknown> {
  const error = await errorOf(work, what);
  ensure(isVersionConflict(error), what, `expected a conflict, of errorCode 412; got ${String(error)}`);
  return error;
}

async function checkAppend(store: EventStore, name: string, expected: Expectation, holds: boolean): Promise<void> {
  const before = await store.readStream(name);
  const n = 1000 + Number(name.replace(/\D/g, ''));
  const append = store.appendToStream(name, events(n, n + 1), expecting(expected));
  const what = `an append that expects ${expected} of a stream at ${before.currentStreamVersion}`;
  if (holds) {
    same(before.currentStreamVersion + 2n, (await append).nextExpectedStreamVersion, what);
    same(before.currentStreamVersion + 2n, (await store.readStream(name)).currentStreamVersion, `${what}: read`);
    return;
  }
  await conflicts(append, what);
  same(before, await store.readStream(name), `${what}: the stream afterwards`);
}

async function appendThree(store: EventStore, name: string): Promise<void> {
  const n = 10 * Number(name.replace(/\D/g, ''));
  await store.appendToStream(name, events(n, n + 1, n + 2));
}

export const expectations = cases('expectations', [], {
  'each expectation of an append to a missing stream': async ({ store }) => {
    for (const [n, [expected, holds]] of EXPECTATIONS.entries()) {
      await checkAppend(store, `stream-${10 * (n + 1)}`, expected, holds);
    }
  },
  'each expectation of an append to a stream of three events': async ({ store }) => {
    for (const [n, [expected, , holds]] of EXPECTATIONS.entries()) {
      const name = `stream-${10 * (n + 1)}`;
      await appendThree(store, name);
      await checkAppend(store, name, expected, holds);
    }
  },
  'an expectation that no stream can meet is a conflict': async ({ store }) => {
    for (const [n, expected] of OUT_OF_REACH.entries()) {
      await checkAppend(store, `stream-${10 * (n + 1)}`, expected, false);
    }
    await appendThree(store, 'stream-200');
    for (const expected of OUT_OF_REACH) await checkAppend(store, 'stream-200', expected, false);
  },
  'a read judges each expectation, on the whole stream': async ({ store }) => {
    await appendThree(store, 'stream-1');
    for (const { expected, streamName, holds, actual } of JUDGED) {
      const read = async () => store.readStream(streamName, expecting(expected));
      const what = `a read of ${streamName} that expects ${expected}`;
      if (holds) same(Number(actual), (await read()).events.length, what);
      else await conflicts(read(), what);
    }
  },
  'a read that is as expected shows what was expected, while others append': async ({ store }) => {
    await during(appendSlowly(store, 'a'), async () => {
      const { currentStreamVersion: version } = await store.readStream('a');
      const read = await store.readStream('a', expecting(version)).catch(() => undefined);
      if (read) same(Number(version), read.events.length, `how many events a read shows that expects ${version}`);
    });
  },
  'an empty append is judged as well': async ({ store }) => {
    await store.appendToStream('a', events(1));
    await conflicts(store.appendToStream('a', [], { expectedStreamVersion: 0n }), 'an empty append that expects 0');
    await conflicts(
      store.appendToStream('b', [], { expectedStreamVersion: STREAM_EXISTS }),
      'an empty append that expects a stream',
    );
    const answer = await store.appendToStream('a', [], { expectedStreamVersion: 1n });
    same(1n, answer.nextExpectedStreamVersion, 'an empty append that expects what there is');
  },
  'a conflict leaves nothing behind: neither an event nor a gap': async ({ store }) => {
    await store.appendToStream('a', events(1));
    await conflicts(store.appendToStream('a', events(2, 3), { expectedStreamVersion: 7n }), 'an append at 7 of 1');
    await conflicts(store.appendToStream('b', events(4), { expectedStreamVersion: STREAM_EXISTS }), 'one of none');
    same(false, await store.streamExists('b'), 'whether the refused append made its stream');
    same([1], await readNumbers(store, 'a'), 'the events of the stream');
    const answer = await store.appendToStream('a', events(5), { expectedStreamVersion: 1n });
    same(2n, answer.nextExpectedStreamVersion, 'the version of the next append');
    same([1, 5], await readNumbers(store, 'a'), 'the events of the stream');
  },
  'what was refused in a conflict may be appended after it': async ({ store }) => {
    await store.appendToStream('a', events(1));
    await conflicts(store.appendToStream('a', events(2, 3), { expectedStreamVersion: 0n }), 'an append at 0 of 1');
    await store.appendToStream('a', events(2, 3), { expectedStreamVersion: 1n });
    same([1, 2, 3], await readNumbers(store, 'a'), 'the events of the stream');
  },
  'a read of a part is judged on the whole stream as well': needing(['ranges'], async ({ store }) => {
    await appendThree(store, 'stream-1');
    for (const range of [{ from: 2n, maxCount: 1n }, { to: 1n }, { maxCount: 0n }, { from: 9n }]) {
      for (const { expected, streamName, holds, actual } of JUDGED) {
        const read = async () => store.readStream(streamName, { ...range, ...expecting(expected) });
        const what = `a read of a part of ${streamName} that expects ${expected}`;
        if (holds) same(actual, (await read()).currentStreamVersion, what);
        else await conflicts(read(), what);
      }
    }
  }),
});

export const conflictDetails = cases('conflicts', ['expectations'], {
  'a refused append says the stream, what was expected and what there is': async ({ store }) => {
    await appendThree(store, 'stream-1');
    for (const { expected, streamName, holds, actual } of JUDGED) {
      if (holds) continue;
      const said = { name: 'VersionConflictError', code: 'version-conflict', errorCode: 412 };
      const append = store.appendToStream(streamName, events(9), expecting(expected));
      const what = `the conflict of an append to ${streamName} that expects ${expected}`;
      await refuses(append, { ...said, streamName, expected, actual }, what);
    }
  },
  'a refused read says the same': async ({ store }) => {
    await appendThree(store, 'stream-1');
    const said = { code: 'version-conflict', errorCode: 412, streamName: 'stream-1', expected: 7n, actual: 3n };
    await refuses(store.readStream('stream-1', { expectedStreamVersion: 7n }), said, 'a read that expects 7');
  },
  'an append that lost a race says the same': async ({ store }) => {
    await store.appendToStream('a', events(1));
    const racers = [2, 3, 4, 5].map((n) => store.appendToStream('a', [event(n)], { expectedStreamVersion: 1n }));
    const lost = (await Promise.allSettled(racers)).filter((result) => result.status === 'rejected');
    same(3, lost.length, 'how many of four appends at one version lost');
    for (const { reason } of lost) {
      const { errorCode, streamName, expected, actual } = reason;
      same([412, 'a', 1n, 2n], [errorCode, streamName, expected, actual], 'code, stream, expected and actual');
    }
  },
});
