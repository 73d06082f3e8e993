import { expect } from 'vitest';
import type { EventStore, StreamRange } from '../../src/stores/port.ts';
import { cases, event, events } from './cases.ts';

/** For a stream of five events: the range, and the positions it holds. */
const RANGES: readonly (readonly [StreamRange, number[]])[] = [
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
  [{ from: 2n ** 63n, to: 2n ** 63n, maxCount: 2n ** 63n }, []],
];

async function fiveAmongOthers(store: EventStore): Promise<void> {
  for (const n of [1, 2, 3, 4, 5]) {
    await store.appendToStream('a', events(n));
    await store.appendToStream('b', [event(n + 10, { n: n + 10 })]);
  }
}

export const ranges = cases('ranges', {
  'both bounds are inclusive positions, and each narrows the others': async (store) => {
    await fiveAmongOthers(store);
    for (const [range, expected] of RANGES) {
      const read = await store.readStream('a', range);
      expect([range, read.events.map(({ data }) => (data as { n: number }).n)]).toEqual([range, expected]);
      expect(read.events.map(({ metadata }) => metadata.streamPosition)).toEqual(expected.map(BigInt));
      const stored = await store.readStored('a', range);
      expect(stored.map(({ streamPosition }) => streamPosition)).toEqual(expected.map(BigInt));
    }
  },
  'whatever range is read, the version and the existence are the whole stream’s': async (store) => {
    await fiveAmongOthers(store);
    for (const [range] of RANGES) {
      const { currentStreamVersion, streamExists } = await store.readStream('a', range);
      expect([range, currentStreamVersion, streamExists]).toEqual([range, 5n, true]);
    }
  },
  'also of a stream of one event, which most ranges leave out': async (store) => {
    await store.appendToStream('a', events(1));
    for (const [range, expected] of RANGES) {
      const { currentStreamVersion, streamExists, events: read } = await store.readStream('a', range);
      expect([range, currentStreamVersion, streamExists]).toEqual([range, 1n, true]);
      expect(read).toHaveLength(expected.includes(1) ? 1 : 0);
    }
  },
  'a range of a missing stream is empty': async (store) => {
    for (const [range] of RANGES) expect((await store.readStream('a', range)).events).toEqual([]);
  },
  'a range that is negative, or no bigint, is refused': async (store) => {
    await store.appendToStream('a', events(1));
    for (const name of ['from', 'to', 'maxCount']) {
      for (const value of [-1n, 1, '1', null]) {
        const range = { [name]: value } as StreamRange;
        await expect(store.readStream('a', range)).rejects.toMatchObject({ code: 'store-invalid' });
        await expect(store.readStored('a', range)).rejects.toMatchObject({ code: 'store-invalid' });
      }
    }
  },
});
