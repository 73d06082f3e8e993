import type { CheckpointUpdate, EventStore, FeedCursor, FeedEvent } from '../../../stores/event-store.ts';
import { ensure, refuses, same, sameFields } from '../../assert.ts';
import { cases, needing } from '../stage/case.ts';
import { during, events, idsOf, numbers, turn } from '../stage/events.ts';
import { listWinners, race } from '../stage/writers.ts';
import { follow } from './feed.ts';
import { ODD_NAMES, PLAIN_NAMES } from './names.ts';
import { INVALID } from './refusals.ts';
import { row } from './rows.ts';

export const BEGINNING = { cursor: null, revision: 0, parked: [] };

/** Appends that many events, and gives the place after each. */
export async function appendPlaces(store: EventStore, count: number): Promise<readonly FeedCursor[]> {
  for (const n of numbers(1, count)) await store.appendToStream(n % 2 === 0 ? 'a' : 'b', events(n));
  return (await follow(store)).map(({ cursor }) => cursor);
}

/** Moves a consumer from wherever it stands. */
export async function moveTo(
  store: EventStore,
  consumer: string,
  cursor: FeedCursor | null | undefined,
  more: Partial<CheckpointUpdate> = {},
): Promise<void> {
  const { revision } = await store.readCheckpoint(consumer);
  await store.commitCheckpoint(consumer, { expected: revision, cursor: cursor ?? null, ...more });
}

export const parked = (streamName: string, from: bigint, reason = 'why') => ({ streamName, from, reason });

async function readParked(store: EventStore, consumer: string) {
  const { parked: found } = await store.readCheckpoint(consumer);
  return [...found].sort((one, other) => (one.streamName < other.streamName ? -1 : 1));
}

/** An effect, and how often it ran. */
export function countRuns() {
  let ran = 0;
  const effect = () => {
    ran += 1;
  };
  return { effect, runs: () => ran };
}

/** Each move parks a stream of its own and takes the one before back, while another reads where the consumer stands. */
async function readWhole(store: EventStore): Promise<void> {
  const moving = async () => {
    for (const n of numbers(1, 20)) {
      const swap = { park: [parked(`s-${n}`, 1n)], unpark: [`s-${n - 1}`], rows: [row('p', 'k', { n })] };
      await store.commitCheckpoint('c', { expected: n - 1, cursor: null, ...swap });
      await turn();
    }
  };
  const written = async () => ((await store.readRow('p', 'k'))?.body as { n: number } | undefined)?.n ?? 0;
  await during(moving(), async () => {
    const rowFirst = await written();
    const { revision, parked: found } = await store.readCheckpoint('c');
    const rowLast = await written();
    const seen = `the row of move ${rowFirst}, then the checkpoint of move ${revision}, then the row of move ${rowLast}`;
    ensure(rowFirst <= revision && revision <= rowLast, seen);
    same(revision === 0 ? [] : [parked(`s-${revision}`, 1n)], found, `what is parked at the revision ${revision}`);
  });
}

/** A move that another has overtaken is refused, says so, and leaves nothing. */
async function checkOvertaken(store: EventStore): Promise<void> {
  const [first, second] = await appendPlaces(store, 3);
  await moveTo(store, 'c', first, { park: [parked('a', 1n)] });
  await moveTo(store, 'c', first);
  const before = await store.readCheckpoint('c');
  for (const expected of [0, 1, 3, -1]) {
    const { effect, runs } = countRuns();
    const late = { expected, cursor: second ?? null, park: [parked('b', 1n)], unpark: ['a'], effect };
    const move = store.commitCheckpoint('c', { ...late, rows: [row('c', 'k', {})] });
    const said = { name: 'CheckpointConflictError', code: 'checkpoint-conflict', errorCode: 409 };
    const what = `a move that expects the revision ${expected} of a checkpoint at 2`;
    await refuses(move, { ...said, consumer: 'c', expected, actual: 2 }, what);
    same(false, runs() > 0, 'whether its effect ran');
    same(before, await store.readCheckpoint('c'), 'the checkpoint afterwards');
    same([], await store.readRows('c'), 'the rows afterwards');
  }
}

export async function raceMovers(handles: readonly EventStore[]): Promise<void> {
  const [writer] = handles;
  if (writer === undefined) return;
  const [first] = await appendPlaces(writer, 2);
  const { effect, runs } = countRuns();
  const racers = numbers(0, 7).map((n) => async () => {
    const move = { expected: 0, cursor: first ?? null, rows: [row('c', `mover-${n}`, {})], effect };
    await handles[n % handles.length]?.commitCheckpoint('c', move);
  });
  const won = listWinners(await race(racers));
  same(1, won.length, 'how many of 8 moves of one revision were accepted');
  for (const store of handles) {
    const keys = (await store.readRows('c')).map(({ key }) => key);
    same([`mover-${won[0]}`], keys, 'whose rows are there');
    sameFields({ cursor: first, revision: 1 }, await store.readCheckpoint('c'), 'where the consumer stands');
  }
  same(1, runs(), 'how many effects ran');
}

/** Handles events one page at a time, and stops now and then between the handling and the move. */
async function atLeastOnce(store: EventStore): Promise<void> {
  await appendPlaces(store, 12);
  const handled: FeedEvent[] = [];
  for (let turns = 0; turns < 40; turns += 1) {
    const { cursor, revision } = await store.readCheckpoint('c');
    const page = await store.readFeed({ after: cursor, maxCount: 3 });
    if (page.length === 0) break;
    handled.push(...page);
    if (turns % 3 === 1) continue;
    await store.commitCheckpoint('c', { expected: revision, cursor: page.at(-1)?.cursor ?? cursor });
  }
  const inOrder = [...new Set(idsOf(handled))];
  const all = numbers(1, 12).map((n) => `event-${n}`);
  same(all, inOrder, 'the events in the order in which each came first');
  ensure(handled.length > 12, 'no event came again, though its page was never acknowledged');
}

export const consumers = cases('consumers', ['feed', 'rows'], {
  'a new consumer stands at the beginning, with nothing parked': async ({ store }) => {
    sameFields(BEGINNING, await store.readCheckpoint('c'), 'the checkpoint of a new consumer');
  },
  'a consumer stands where it was moved, and counts its moves': async ({ store }) => {
    let revision = 0;
    for (const cursor of [null, ...(await appendPlaces(store, 4))]) {
      for (const what of ['a move', 'a move to the same place']) {
        await store.commitCheckpoint('c', { expected: revision, cursor });
        revision += 1;
        sameFields({ cursor, revision, parked: [] }, await store.readCheckpoint('c'), `the checkpoint after ${what}`);
      }
    }
  },
  'a checkpoint is read whole while it is moved': ({ store }) => readWhole(store),
  'a move that another has overtaken is refused and leaves nothing': ({ store }) => checkOvertaken(store),
  'of many moves of one revision exactly one is made': ({ store }) => raceMovers([store]),
  'a move does not go back': async ({ store }) => {
    const [first, second] = await appendPlaces(store, 2);
    await moveTo(store, 'c', second);
    for (const back of [first ?? null, null]) {
      const move = { expected: 1, cursor: back, rows: [row('c', 'k', {})] };
      await refuses(() => store.commitCheckpoint('c', move), INVALID, `a move back to ${back}`);
    }
    sameFields({ cursor: second, revision: 1, parked: [] }, await store.readCheckpoint('c'), 'the checkpoint');
    same([], await store.readRows('c'), 'the rows');
  },
  'consumers do not know of each other, whatever they are called': async ({ store }) => {
    const [first] = await appendPlaces(store, 1);
    const names = [...PLAIN_NAMES, ...ODD_NAMES];
    for (const [n, name] of names.entries()) {
      sameFields(BEGINNING, await store.readCheckpoint(name), `the checkpoint of ${name} before it was moved`);
      await moveTo(store, name, first, { park: [parked(`stream-${n}`, BigInt(n + 1))] });
    }
    for (const [n, name] of names.entries()) {
      const found = { cursor: first, revision: 1, parked: [parked(`stream-${n}`, BigInt(n + 1))] };
      sameFields(found, await store.readCheckpoint(name), `the checkpoint of ${name}`);
    }
  },
  'rows are written with the move, replaced and removed': async ({ store }) => {
    const [first, second] = await appendPlaces(store, 2);
    await moveTo(store, 'c', first, {
      rows: [row('p', 'k', { n: 1 }), row('q', 'k', { n: 2 }), row('p', 'l', { n: 3 })],
    });
    same({ key: 'k', body: { n: 2 } }, await store.readRow('q', 'k'), 'a row of another projection');
    await moveTo(store, 'c', second, { rows: [row('p', 'k', { n: 4 }), row('p', 'l', null)] });
    same([{ key: 'k', body: { n: 4 } }], await store.readRows('p'), 'the rows');
  },
  'streams that are parked stay so until they are unparked': async ({ store }) => {
    const [first, second] = await appendPlaces(store, 2);
    const large = 2n ** 53n - 1n;
    await moveTo(store, 'c', first, { park: [parked('a', 3n, 'broken'), parked('b', large, '')] });
    same([parked('a', 3n, 'broken'), parked('b', large, '')], await readParked(store, 'c'), 'those parked');
    await moveTo(store, 'c', second);
    same(2, (await readParked(store, 'c')).length, 'how many are parked after a move that says nothing of them');
    await moveTo(store, 'c', second, { park: [parked('ab', 1n)], unpark: ['none'] });
    await moveTo(store, 'c', second, { unpark: ['a', 'B'] });
    const rest = [parked('ab', 1n), parked('b', large, '')];
    same(rest, await readParked(store, 'c'), 'those parked after one was unparked');
  },
  'a stream that is parked again keeps its place and its reason': async ({ store }) => {
    await moveTo(store, 'c', null, { park: [parked('a', 3n, 'first')] });
    await moveTo(store, 'c', null, { park: [parked('a', 5n, 'second')] });
    await moveTo(store, 'c', null, { park: [parked('b', 1n, 'one'), parked('b', 2n, 'other')] });
    same([parked('a', 3n, 'first'), parked('b', 1n, 'one')], await readParked(store, 'c'), 'those parked');
    await moveTo(store, 'c', null, { park: [parked('a', 7n, 'again')], unpark: ['a'] });
    const after = [parked('a', 7n, 'again'), parked('b', 1n, 'one')];
    same(after, await readParked(store, 'c'), 'one unparked and parked again');
  },
  'names and reasons of streams that are parked are any texts': async ({ store }) => {
    const texts = [...PLAIN_NAMES, '', ...ODD_NAMES];
    const park = texts.map((text, n) => parked(text, BigInt(n), text));
    await moveTo(store, 'c', null, { park });
    const found = new Map((await store.readCheckpoint('c')).parked.map((one) => [one.streamName, one]));
    for (const one of park) same(one, found.get(one.streamName), 'one of those parked');
    same(park.length, found.size, 'how many are parked');
    const [kept = ''] = ODD_NAMES;
    await moveTo(store, 'c', null, { unpark: texts.filter((text) => text !== kept) });
    const left = (await readParked(store, 'c')).map(({ streamName }) => streamName);
    same([kept], left, 'those left once others were unparked');
  },
  'an event whose page was not acknowledged comes again: at least once': ({ store }) => atLeastOnce(store),
  'reset sends a consumer back to the beginning without its rows, and no other': async ({ store }) => {
    const [first] = await appendPlaces(store, 1);
    for (const name of ['p', 'q', 'p-']) {
      await moveTo(store, name, first, { rows: [row(name, 'k', { name })], park: [parked('a', 1n)] });
    }
    await store.reset('p');
    sameFields({ cursor: null, parked: [] }, await store.readCheckpoint('p'), 'the checkpoint of p');
    same([], await store.readRows('p'), 'the rows of p');
    for (const name of ['q', 'p-']) {
      const found = { cursor: first, revision: 1, parked: [parked('a', 1n)] };
      sameFields(found, await store.readCheckpoint(name), `the checkpoint of ${name}`);
      same([{ key: 'k', body: { name } }], await store.readRows(name), `the rows of ${name}`);
    }
    await moveTo(store, 'p', first);
    sameFields({ cursor: first, parked: [] }, await store.readCheckpoint('p'), 'the checkpoint of p, moved again');
    same(1, (await store.readFeed()).length, 'how many events there are, which are no affair of reset');
  },
  'a move that was begun before a reset is a conflict': async ({ store }) => {
    const [first, second] = await appendPlaces(store, 2);
    const moves = [
      { cursor: null, revision: 0 },
      { cursor: first ?? null, revision: 1 },
    ];
    for (const { cursor, revision } of moves) {
      const name = `c-${revision}`;
      if (revision > 0) await moveTo(store, name, cursor);
      await store.reset(name);
      const late = { expected: revision, cursor: second ?? null, rows: [row(name, 'k', {})] };
      const said = { code: 'checkpoint-conflict', errorCode: 409, expected: revision };
      await refuses(() => store.commitCheckpoint(name, late), said, `a move at revision ${revision}, reset meanwhile`);
      same([], await store.readRows(name), 'the rows afterwards');
    }
    for (const isLate of [false, true]) {
      const name = `late-${isLate}`;
      await moveTo(store, name, first);
      const move = { expected: 1, cursor: second ?? null, rows: [row(name, 'k', {})] };
      const moving = async () => {
        if (isLate) await turn();
        await store.commitCheckpoint(name, move);
      };
      await race([() => store.reset(name), moving]);
      same([], await store.readRows(name), 'the rows after a reset that raced with a move');
      sameFields({ cursor: null }, await store.readCheckpoint(name), 'where it stands then');
    }
  },
  'what a reader does to a checkpoint, no other reader sees': needing(['isolation'], async ({ store }) => {
    await moveTo(store, 'c', null, { park: [parked('a', 1n)] });
    const read = await store.readCheckpoint('c');
    (read.parked as unknown[]).push(parked('b', 1n));
    Object.assign(read.parked[0] ?? {}, { from: 9n });
    same([parked('a', 1n)], (await store.readCheckpoint('c')).parked, 'those parked');
  }),
});
