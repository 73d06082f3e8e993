import { isVersionConflict } from '../../../stores/errors.ts';
import { type EventStore, type ExpectedStreamVersion, STREAM_DOES_NOT_EXIST } from '../../../stores/event-store.ts';
import { ensure, fail, same } from '../../assert.ts';
import { cases, type TestContext } from '../stage/case.ts';
import { event, events, numbers, readNumbers, turn } from '../stage/events.ts';
import type { AppendRecord } from '../stage/history-checker.ts';
import { batch, listWinners, mustBeClean, persist, race, readFinal } from '../stage/writers.ts';

const RACERS = 12;

/** Races at one expected version, over all handles: exactly one wins, and its batch is stored, whole and alone. */
export async function raceAtVersion(
  handles: readonly EventStore[],
  stream: string,
  before: bigint,
  expected: ExpectedStreamVersion = before,
): Promise<void> {
  const own = (racer: number) =>
    ['first', 'second'].map((part) => ({
      type: 'Raced',
      data: { n: `${racer} ${part}` },
      metadata: { eventId: `${stream} ${before} ${racer} ${part}` },
    }));
  const racers = numbers(0, RACERS - 1).map((racer) => async () => {
    const store = handles[racer % handles.length];
    return store?.appendToStream(stream, own(racer), { expectedStreamVersion: expected });
  });
  const results = await race(racers);
  const winners = listWinners(results);
  same(1, winners.length, `how many of ${RACERS} appends that expect ${expected} of ${stream} won`);
  for (const result of results) {
    if (result.status === 'rejected' && !isVersionConflict(result.reason)) {
      fail('a racer that lost', `expected a conflict, of errorCode 412; got ${String(result.reason)}`);
    }
  }
  for (const store of handles) {
    const read = await readNumbers(store, stream);
    same(Number(before) + 2, read.length, 'how many events the stream holds after the race');
    const written = [`${winners[0]} first`, `${winners[0]} second`];
    same(written, read.slice(-2), 'the last two events, which the winner wrote');
  }
}

/** Writers that read, append and try again: nothing is lost, and each one's order stays. */
export async function appendAll(handles: readonly EventStore[], streams: readonly string[]): Promise<void> {
  const records: AppendRecord[] = [];
  const writers = numbers(0, 5).map((writer) => async () => {
    const store = handles[writer % handles.length];
    if (store === undefined) return;
    for (const n of numbers(0, 5)) {
      const stream = streams[n % streams.length] ?? 'a';
      await persist(store, batch(`w${writer}`, stream, n, 1 + (n % 3)), (record) => records.push(record));
    }
  });
  for (const result of await race(writers)) if (result.status === 'rejected') throw result.reason;
  for (const store of handles) mustBeClean(records, await readFinal(store, streams));
}

async function appendUnrelated(store: EventStore): Promise<void> {
  const appends = numbers(0, 23).map((n) => async () => {
    await store.appendToStream(`own-${n}`, [event(2 * n)], { expectedStreamVersion: STREAM_DOES_NOT_EXIST });
    return store.appendToStream(`own-${n}`, [event(2 * n + 1)], { expectedStreamVersion: 1n });
  });
  for (const [n, result] of (await race(appends)).entries()) {
    const what = `an append to own-${n}, to which nobody else appends`;
    if (result.status === 'rejected') fail(what, `expected it to be accepted; got ${String(result.reason)}`);
    else same(2n, result.value.nextExpectedStreamVersion, what);
    same([2 * n, 2 * n + 1], await readNumbers(store, `own-${n}`), `the events of own-${n}`);
  }
}

async function wholeWithoutExpectation({ store }: TestContext): Promise<void> {
  const results = await race(
    numbers(0, RACERS - 1).map((n) => () => store.appendToStream('a', events(2 * n, 2 * n + 1))),
  );
  const refusals = results.flatMap((result) => (result.status === 'rejected' ? [String(result.reason)] : []));
  ensure(refusals.length === 0, `of ${RACERS} appends that expect nothing`, `expected no refusal; got`, ...refusals);
  const read = await readNumbers(store, 'a');
  const sorted = [...read].sort((one, other) => one - other);
  same(numbers(0, 2 * RACERS - 1), sorted, 'the events of the stream, sorted');
  for (const at of numbers(0, RACERS - 1)) same((read[2 * at] ?? 0) + 1, read[2 * at + 1], 'the second of a batch');
}

export const racing = cases('racing', ['expectations'], {
  'of many creations of one stream exactly one wins': async ({ store }) => {
    for (const round of numbers(0, 4)) await raceAtVersion([store], `new-${round}`, 0n, STREAM_DOES_NOT_EXIST);
  },
  'of many appends at version 0 exactly one wins': ({ store }) => raceAtVersion([store], 'a', 0n),
  'of many appends at one version exactly one wins': async ({ store }) => {
    await store.appendToStream('a', events(1, 2));
    for (const before of [2n, 4n, 6n, 8n, 10n]) await raceAtVersion([store], 'a', before);
  },
  'appends that expect nothing all get in, each whole': wholeWithoutExpectation,
  'writers that try again all get in: no version is missing, and each one’s order stays': ({ store }) =>
    appendAll([store], ['a']),
  'writers over several streams that try again all get in': ({ store }) => appendAll([store], ['a', 'b', 'c']),
  'appends to other streams never fail each other': ({ store }) => appendUnrelated(store),
});

const SIZE = 4;
const BATCHES = 12;

/** Reads a stream again and again while another handle appends batches to it. */
export async function wholeBatches(writer: EventStore, reader: EventStore): Promise<void> {
  let done = false;
  const writing = (async () => {
    for (const n of numbers(0, BATCHES - 1)) {
      await writer.appendToStream('a', events(...numbers(n * SIZE, n * SIZE + SIZE - 1)));
      if (n % 3 === 0) await turn();
    }
  })().finally(() => {
    done = true;
  });
  let reads = 0;
  let seen: readonly string[] = [];
  for (let last = false; !last; ) {
    last = done;
    const read = await reader.readStream('a');
    const texts = read.events.map((event) => `${event.metadata.streamPosition} ${JSON.stringify(event.data)}`);
    const what = `of ${texts.length} events read, how many are of a batch of ${SIZE} that is not whole`;
    same(0, texts.length % SIZE, what);
    same(BigInt(texts.length), read.currentStreamVersion, 'the version that the read answers beside so many events');
    same(texts.length > 0, read.streamExists, 'whether the stream of so many events exists');
    ensure(texts.length >= seen.length, `a read of ${texts.length} events came after one of ${seen.length}`);
    same(seen, texts.slice(0, seen.length), 'what was read before');
    seen = texts;
    reads += 1;
    if (reads % 4 === 0) await turn();
  }
  await writing;
  same(SIZE * BATCHES, seen.length, 'how many events were read in the end');
}

/** Each append is read at once, wherever it was made. */
export async function readsItsWrites(writer: EventStore, reader: EventStore): Promise<void> {
  for (const n of numbers(1, 10)) {
    const { nextExpectedStreamVersion } = await writer.appendToStream('a', events(n));
    const read = await reader.readStream('a');
    same(nextExpectedStreamVersion, read.currentStreamVersion, 'the version read after the append was acknowledged');
    same(n, read.events.length, 'how many events are read after it');
    same(true, await reader.streamExists('a'), 'streamExists after it');
  }
}

export const reading = cases('reading', [], {
  'a reader sees whole batches while they are appended, and what was read stays': ({ store }) =>
    wholeBatches(store, store),
  'an append that was acknowledged is read': ({ store }) => readsItsWrites(store, store),
  'what was read is a prefix of all that is read later': async ({ store }) => {
    let before: readonly unknown[] = [];
    for (const n of numbers(1, 8)) {
      await store.appendToStream('a', events(2 * n, 2 * n + 1));
      await store.appendToStream('b', events(100 + n));
      const { events: read } = await store.readStream('a');
      same(before, read.slice(0, before.length), 'what was read before');
      before = read;
    }
  },
});
