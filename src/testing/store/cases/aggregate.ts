import { same, sameFields } from '../../assert.ts';
import { cases, needing } from '../stage/case.ts';
import { appendSlowly, during, events } from '../stage/events.ts';
import { conflicts } from './expectations.ts';

type Folded = { readonly data: object; readonly metadata: { readonly streamPosition: bigint } };

const fold = {
  evolve: (state: string, { data, metadata }: Folded) =>
    `${state}${(data as { n: number }).n}@${metadata.streamPosition} `,
  initialState: () => '> ',
};

export const aggregate = cases('aggregate', [], {
  'the events are folded in their order, with their metadata': async ({ store }) => {
    await store.appendToStream('a', events(1, 2, 3));
    const found = { state: '> 1@1 2@2 3@3 ', currentStreamVersion: 3n, streamExists: true };
    sameFields(found, await store.aggregateStream('a', fold), 'the fold of three events');
  },
  'the version is that of the events which were folded, while others append': async ({ store }) => {
    const counting = { evolve: (count: bigint) => count + 1n, initialState: () => 0n };
    await during(appendSlowly(store, 'a'), async () => {
      const { state, currentStreamVersion } = await store.aggregateStream('a', counting);
      same(state, currentStreamVersion, 'the version beside so many folded events');
    });
  },
  'a missing stream folds to the initial state, and is not made': async ({ store }) => {
    const nothing = { state: '> ', currentStreamVersion: 0n, streamExists: false };
    sameFields(nothing, await store.aggregateStream('a', fold), 'the fold of a missing stream');
    same(false, await store.streamExists('a'), 'streamExists after it');
  },
  'each fold asks for a new initial state': async ({ store }) => {
    await store.appendToStream('a', events(1, 2));
    const pushing = {
      evolve: (state: number[], { data }: Folded) => {
        state.push((data as { n: number }).n);
        return state;
      },
      initialState: () => [],
    };
    for (const _ of [1, 2]) same([1, 2], (await store.aggregateStream('a', pushing)).state, 'the state');
  },
  'a fold may begin with the last event': needing(['ranges', 'backwards'], async ({ store }) => {
    await store.appendToStream('a', events(1, 2, 3));
    const read = { backwards: true, maxCount: 2n };
    same('> 3@3 2@2 ', (await store.aggregateStream('a', { ...fold, read })).state, 'the fold of the last two');
  }),
  'a range folds only its events, and the version is the whole stream’s': needing(
    ['ranges', 'expectations'],
    async ({ store }) => {
      await store.appendToStream('a', events(1, 2, 3));
      const whole = { currentStreamVersion: 3n, streamExists: true };
      for (const [read, state] of [
        [{ from: 2n, to: 2n }, '> 2@2 '],
        [{ from: 4n }, '> '],
      ] as const) {
        const folded = await store.aggregateStream('a', { ...fold, read });
        sameFields({ ...whole, state }, folded, `the fold from ${read.from}`);
      }
    },
  ),
  'it is judged by the version that it expects': needing(['ranges', 'expectations'], async ({ store }) => {
    await store.appendToStream('a', events(1));
    const folding = store.aggregateStream('a', { ...fold, read: { expectedStreamVersion: 7n } });
    await conflicts(folding, 'a fold that expects 7 of 1');
  }),
});
