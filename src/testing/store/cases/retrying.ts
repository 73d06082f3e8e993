import type { EventStore, FeedEvent, RetryingStream } from '../../../stores/event-store.ts';
import { ascii, ensure, refuses, same, sameFields } from '../../assert.ts';
import { cases, needing } from '../stage/case.ts';
import { event, events, idsOf, numbers } from '../stage/events.ts';
import { appendPlaces, moveTo, parked } from './consumers.ts';
import { follow, shownEvent } from './feed.ts';
import { ODD_NAMES, PLAIN_NAMES } from './names.ts';
import { INVALID } from './refusals.ts';
import { row } from './rows.ts';

export const AT = '2026-03-17T15:00:00.000Z';

export const retried = (streamName: string, from: bigint, more: Partial<RetryingStream> = {}): RetryingStream => ({
  ...{ streamName, from, reason: 'why', since: AT, handledBefore: 0 },
  ...more,
});

/**
 * Returns an event of the part without its cursor, which is the same place in the global stream, but may know less of what is before it.
 */
const withoutCursor = ({ cursor: _, ...event }: FeedEvent) => event;
const sameEvents = (expected: readonly FeedEvent[], found: readonly FeedEvent[], what: string) =>
  same(expected.map(withoutCursor), found.map(withoutCursor), what);

/** Appends to two streams in turn, and asks for the part of one of them in every way. */
async function partOfStream(store: EventStore): Promise<void> {
  const names = ['ab', 'A', 'a'];
  for (const n of numbers(1, 12)) await store.appendToStream(names[(n - 1) % 3] ?? '', [event(n, { text: 'ñandú' })]);
  const all = await follow(store);
  const whole = all.filter(({ streamName }) => streamName === 'a');
  same(['a@1', 'a@2', 'a@3', 'a@4'], whole.map(shownEvent), 'what the feed shows of the stream');
  const part = await store.readFeed({ streamName: 'a' });
  sameEvents(whole, part, 'the part of the stream');
  for (const { cursor, globalPosition } of part) {
    const later = all.slice(all.findIndex((event) => event.globalPosition === globalPosition) + 1);
    sameEvents(later, await store.readFeed({ after: cursor }), `the feed after the place ${cursor} of the part`);
  }
  for (const from of [0n, 1n, 2n, 4n, 5n]) {
    const expected = whole.filter(({ streamPosition }) => streamPosition >= from);
    sameEvents(
      expected,
      await store.readFeed({ streamName: 'a', fromVersion: from }),
      `the part from version ${from} on`,
    );
  }
  for (const { cursor } of all) {
    const later = whole.filter((one) => one.cursor > cursor);
    sameEvents(later, await store.readFeed({ streamName: 'a', after: cursor }), `the part after the place ${cursor}`);
    const fromThird = later.filter(({ streamPosition }) => streamPosition >= 3n);
    const read = await store.readFeed({ streamName: 'a', after: cursor, fromVersion: 3n });
    sameEvents(fromThird, read, `its part from version 3 on`);
  }
  const two = await store.readFeed({ streamName: 'a', fromVersion: 2n, maxCount: 2 });
  sameEvents(whole.slice(1, 3), two, 'two from version 2');
  same([], await store.readFeed({ streamName: 'none' }), 'the part of a stream that is missing');
}

export const streamFeed = cases('streamFeed', ['feed'], {
  'the part of one stream is what the feed shows of it': ({ store }) => partOfStream(store),
  'an invalid part of a stream is refused': async ({ store }) => {
    const none = [{ streamName: 3 }, { streamName: 'a', fromVersion: -1n }, { streamName: 'a', fromVersion: 1 }];
    for (const range of none) {
      await refuses(() => store.readFeed(range as never), INVALID, `the range ${String(Object.values(range))}`);
    }
  },
  'a stream of any name has a part of its own': needing(['names'], async ({ store }) => {
    const names = ['', ...PLAIN_NAMES, ...ODD_NAMES];
    for (const [n, name] of names.entries()) await store.appendToStream(name, events(n));
    for (const [n, name] of names.entries()) {
      const found = await store.readFeed({ streamName: name });
      same([`event-${n}`], idsOf(found), `the part of the stream "${ascii(name)}"`);
    }
  }),
});

export const lag = cases('lag', ['feed'], {
  'what stands after a place is counted': async ({ store }) => {
    same({ events: 0, held: null }, await store.readLag(null), 'an empty feed');
    const all = await appendPlaces(store, 5);
    same({ events: 5, held: null }, await store.readLag(null), 'all of it');
    for (const [n, place] of all.entries()) {
      same({ events: 4 - n, held: null }, await store.readLag(place), `what stands after event ${n + 1}`);
    }
    await store.appendToStream('c', events(...numbers(11, 1110)));
    same({ events: 1100, held: null }, await store.readLag(all[4] ?? null), 'what was appended at once after it');
  },
  'an invalid place is refused': async ({ store }) => {
    await refuses(() => store.readLag('yesterday'), INVALID, 'readLag after yesterday');
  },
  'what is committed and not shown yet is counted, and said to be held': needing(['held'], async (stage) => {
    const { store } = stage;
    await store.appendToStream('a', events(1));
    const [first] = await follow(store);
    const held = await stage.hold('slow', events(10));
    await store.appendToStream('a', events(2, 3));
    const after = first?.cursor ?? null;
    const shown = (await store.readFeed({ after })).length;
    const meanwhile = await store.readLag(after);
    same(2, meanwhile.events, 'how many events are counted while a transaction is open');
    same(2 - shown, meanwhile.held?.events ?? 0, 'how many of them are said to be held');
    await held.rollback();
    same({ events: 2, held: null }, await store.readLag(after), 'the lag once it has ended');
  }),
});

export const retrying = cases('retrying', ['feed', 'rows', 'consumers'], {
  'streams to try again are kept apart from those that are parked': async ({ store }) => {
    const [first] = await appendPlaces(store, 2);
    const [one, two] = [retried('a', 2n ** 40n, { handledBefore: 7 }), retried('b', 1n, { since: null })];
    await moveTo(store, 'c', first, { retry: [one, two], park: [{ ...parked('d', 2n), since: AT }, parked('e', 1n)] });
    const found = await store.readCheckpoint('c');
    same([one, two], [...found.retrying].sort(byName), 'those that are tried again');
    same([{ ...parked('d', 2n), since: AT }, parked('e', 1n)], [...found.parked].sort(byName), 'those that are parked');
    await moveTo(store, 'd', first, { retry: ODD_NAMES.map((name) => retried(name, 1n)) });
    const names = new Set((await store.readCheckpoint('d')).retrying.map(({ streamName }) => ascii(streamName)));
    const missing = ODD_NAMES.filter((name) => !names.has(ascii(name)));
    same([], missing, 'which names of streams to try again are missing');
  },
  'a stream to retry keeps its place until it is taken back': async ({ store }) => {
    await moveTo(store, 'c', null, { retry: [retried('a', 3n)], park: [parked('b', 1n)] });
    await moveTo(store, 'c', null);
    await moveTo(store, 'c', null, { retry: [retried('a', 4n), retried('b', 2n)], park: [parked('a', 5n)] });
    const kept = { retrying: [retried('a', 3n)], parked: [parked('b', 1n)] };
    sameFields(kept, await store.readCheckpoint('c'), 'what waits');
    await moveTo(store, 'c', null, { unpark: ['a', 'b'], retry: [retried('b', 2n)], park: [parked('a', 3n)] });
    const swapped = { retrying: [retried('b', 2n)], parked: [parked('a', 3n)] };
    sameFields(swapped, await store.readCheckpoint('c'), 'what waits, each taken back and parked the other way');
  },
  'what was handled is counted up, with the move or not at all': async ({ store }) => {
    const [first, second] = await appendPlaces(store, 2);
    same(0, (await store.readCheckpoint('c')).handled, 'how much a new consumer has handled');
    await moveTo(store, 'c', first, { handled: 3 });
    await moveTo(store, 'c', first);
    const late = { expected: 1, cursor: second ?? null, handled: 5 };
    await store.commitCheckpoint('c', late).catch(() => undefined);
    same(3, (await store.readCheckpoint('c')).handled, 'how much it has handled');
    await moveTo(store, 'c', second, { handled: 2 });
    same(5, (await store.readCheckpoint('c')).handled, 'how much it has handled in the end');
  },
  'reset forgets both': async ({ store }) => {
    await moveTo(store, 'c', null, { retry: [retried('a', 1n)], handled: 4 });
    await store.reset('c');
    sameFields({ retrying: [], parked: [], handled: 0 }, await store.readCheckpoint('c'), 'the checkpoint after reset');
  },
  'invalid streams to retry, counts and reasons are refused': async ({ store }) => {
    const long = 'x'.repeat(4097);
    const moves = [
      { retry: [retried('a', 1n, { since: 'yesterday' })] },
      { retry: [retried('a', 1n, { handledBefore: -1 })] },
      { retry: [retried('a', 1 as never)] },
      { retry: [retried('a', 1n, { reason: long })] },
      { park: [parked('a', 1n, long)] },
      { park: [{ ...parked('a', 1n), since: 'yesterday' }] },
      { handled: -1 },
      { handled: 0.5 },
    ];
    for (const [n, move] of moves.entries()) {
      const rows = [row('c', 'k', {})];
      await refuses(() => moveTo(store, 'c', null, { ...move, rows }), INVALID, `the move number ${n}`);
    }
    ensure((await store.readRows('c')).length === 0, 'a move was refused, and its rows are there');
    const reason = long.slice(1);
    await moveTo(store, 'c', null, { park: [parked('a', 1n, reason)], retry: [retried('b', 1n, { reason })] });
    const { parked: waiting, retrying: again } = await store.readCheckpoint('c');
    const reasons = [...waiting, ...again].map((one) => one.reason);
    same([reason, reason], reasons, 'the longest reasons');
  },
});

function byName(one: { streamName: string }, other: { streamName: string }): number {
  return one.streamName < other.streamName ? -1 : 1;
}
