import type { EventStore, StreamRange } from '../../../stores/event-store.ts';
import { same, sameFields } from '../../assert.ts';
import { cases } from '../stage/case.ts';
import { event, events, NO_STREAM, numbers } from '../stage/events.ts';

type Row = readonly [range: StreamRange, positions: readonly number[]];

const FAR = 2n ** 63n;

/** For a stream of five events: the range, and the positions it holds. */
const RANGES: readonly Row[] = [
  [{}, [1, 2, 3, 4, 5]],
  [{ from: 0n }, [1, 2, 3, 4, 5]],
  [{ from: 1n }, [1, 2, 3, 4, 5]],
  [{ from: 2n }, [2, 3, 4, 5]],
  [{ from: 5n }, [5]],
  [{ from: 6n }, []],
  [{ from: 2n ** 64n }, []],
  [{ to: 0n }, []],
  [{ to: 1n }, [1]],
  [{ to: 4n }, [1, 2, 3, 4]],
  [{ to: 5n }, [1, 2, 3, 4, 5]],
  [{ to: 6n }, [1, 2, 3, 4, 5]],
  [{ to: 2n ** 64n }, [1, 2, 3, 4, 5]],
  [{ maxCount: 0n }, []],
  [{ maxCount: 1n }, [1]],
  [{ maxCount: 4n }, [1, 2, 3, 4]],
  [{ maxCount: 5n }, [1, 2, 3, 4, 5]],
  [{ maxCount: 6n }, [1, 2, 3, 4, 5]],
  [{ maxCount: 2n ** 64n }, [1, 2, 3, 4, 5]],
  [{ from: 3n, to: 3n }, [3]],
  [{ from: 2n, to: 4n }, [2, 3, 4]],
  [{ from: 4n, to: 3n }, []],
  [{ from: 0n, to: 2n }, [1, 2]],
  [{ from: 0n, maxCount: 2n }, [1, 2]],
  [{ from: 1n, maxCount: 2n }, [1, 2]],
  [{ from: 4n, maxCount: 3n }, [4, 5]],
  [{ from: 2n, to: 4n, maxCount: 2n }, [2, 3]],
  [{ from: 2n, to: 3n, maxCount: 9n }, [2, 3]],
  [{ from: FAR, to: FAR, maxCount: FAR }, []],
];

const BACKWARDS: readonly Row[] = [
  [{}, [5, 4, 3, 2, 1]],
  [{ from: 4n }, [5, 4]],
  [{ to: 2n }, [2, 1]],
  [{ from: 2n, to: 4n }, [4, 3, 2]],
  [{ from: 4n, to: 3n }, []],
  [{ maxCount: 0n }, []],
  [{ maxCount: 1n }, [5]],
  [{ maxCount: 9n }, [5, 4, 3, 2, 1]],
  [{ to: 4n, maxCount: 2n }, [4, 3]],
  [{ from: 2n, to: 4n, maxCount: 2n }, [4, 3]],
  [{ from: 5n, maxCount: 2n }, [5]],
  [{ from: 6n }, []],
  [{ to: 0n }, []],
];

const format = (range: StreamRange) =>
  Object.entries(range)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ') || 'everything';

async function appendFive(store: EventStore): Promise<void> {
  for (const n of numbers(1, 5)) {
    await store.appendToStream('a', events(n));
    await store.appendToStream('b', [event(n + 10)]);
  }
}

async function checkRows(store: EventStore, rows: readonly Row[], more: StreamRange = {}): Promise<void> {
  await appendFive(store);
  for (const [range, expected] of rows) {
    const { events: read } = await store.readStream('a', { ...range, ...more });
    const what = `reading ${format({ ...range, ...more })} of five`;
    const numbersRead = read.map(({ data }) => (data as { n: number }).n);
    same(expected, numbersRead, what);
    const positions = read.map(({ metadata }) => metadata.streamPosition);
    same(expected.map(BigInt), positions, `${what}: the positions`);
  }
}

/** Whatever is read, the answer speaks of the whole stream. */
async function checkWhole(store: EventStore, count: number): Promise<void> {
  for (const [range, expected] of RANGES) {
    const read = await store.readStream('a', range);
    const whole = { currentStreamVersion: BigInt(count), streamExists: true };
    sameFields(whole, read, `reading ${format(range)} of ${count}`);
    same(expected.filter((n) => n <= count).length, read.events.length, `reading ${format(range)} of ${count}: events`);
  }
}

export const ranges = cases('ranges', [], {
  'both bounds are inclusive positions, and each narrows the others': ({ store }) => checkRows(store, RANGES),
  'whatever range is read, the version and the existence are the whole stream’s': async ({ store }) => {
    await appendFive(store);
    await checkWhole(store, 5);
  },
  'a range of a stream of one event reports the whole stream': async ({ store }) => {
    await store.appendToStream('a', events(1));
    await checkWhole(store, 1);
  },
  'a range of a missing stream is empty': async ({ store }) => {
    for (const [range] of RANGES) {
      sameFields(NO_STREAM, await store.readStream('a', range), `reading ${format(range)} of a missing stream`);
    }
  },
  'pages of every size make up the whole': async ({ store }) => {
    await store.appendToStream('a', events(...numbers(1, 12)));
    for (const size of numbers(1, 13)) {
      const pages: unknown[] = [];
      for (let from = 1n; from <= 12n; from += BigInt(size)) {
        const page = await store.readStream('a', { from, maxCount: BigInt(size) });
        pages.push(...page.events.map(({ data }) => (data as { n: number }).n));
      }
      same(numbers(1, 12), pages, `pages of ${size}`);
    }
  },
});

export const backwards = cases('backwards', ['ranges'], {
  'the last event comes first, and maxCount counts from the end': ({ store }) =>
    checkRows(store, BACKWARDS, { backwards: true }),
  'backwards: false is forwards': ({ store }) => checkRows(store, RANGES, { backwards: false }),
  'a missing stream is empty from its end too': async ({ store }) => {
    sameFields(NO_STREAM, await store.readStream('a', { backwards: true }), 'a missing stream, backwards');
  },
  'the version and the existence are the whole stream’s': async ({ store }) => {
    await appendFive(store);
    const read = await store.readStream('a', { to: 2n, maxCount: 1n, backwards: true });
    sameFields({ currentStreamVersion: 5n, streamExists: true }, read, 'a range of five, backwards');
  },
});

export const storedRanges = cases('stored', ['ranges', 'backwards'], {
  'readStored takes the ranges that readStream takes': async ({ store }) => {
    await appendFive(store);
    for (const [rows, more] of [
      [RANGES, {}],
      [BACKWARDS, { backwards: true }],
    ] as const) {
      for (const [range, expected] of rows) {
        const stored = await store.readStored('a', { ...range, ...more });
        const positions = stored.map(({ streamPosition }) => streamPosition);
        same(expected.map(BigInt), positions, `readStored, ${format({ ...range, ...more })} of five`);
      }
    }
  },
});
