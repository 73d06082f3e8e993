import {
  CommandHandler,
  DeciderCommandHandler,
  type EventStore as EmmettEventStore,
  type Event,
  isExpectedVersionConflictError,
  type ReadEventMetadataWithGlobalPosition,
} from '@event-driven-io/emmett';
import { describe, expect, it } from 'vitest';
import { memoryStore } from '../../src/memory.ts';
import type { EventStore } from '../../src/stores/event-store.ts';
import { opened } from './files.ts';

type Added = Event<'Added', { amount: number }>;
type Add = Readonly<{ type: 'Add'; data: { amount: number } }>;

const decider = {
  decide: ({ data }: Add, sum: number): Added[] => {
    if (sum + data.amount > 10) throw new Error('too much');
    return [{ type: 'Added', data }];
  },
  evolve: (sum: number, { data }: Added) => sum + data.amount,
  initialState: () => 0,
};

const stores: [string, () => EventStore][] = [
  ['memory', () => memoryStore()],
  ['sqlite', () => opened({ file: ':memory:' })],
];

describe.each(stores)('Emmett on the %s store', (_, open) => {
  it('takes it as its event store', async () => {
    const store: EmmettEventStore<ReadEventMetadataWithGlobalPosition> = open();
    const handle = DeciderCommandHandler(decider);
    await handle(store, 'sum-1', { type: 'Add', data: { amount: 3 } });
    const { newState, nextExpectedStreamVersion, createdNewStream } = await handle(store, 'sum-1', [
      { type: 'Add', data: { amount: 2 } },
      { type: 'Add', data: { amount: 4 } },
    ]);
    expect([newState, nextExpectedStreamVersion, createdNewStream]).toEqual([9, 3n, false]);
    await expect(handle(store, 'sum-1', { type: 'Add', data: { amount: 2 } })).rejects.toThrow('too much');
    const { events } = await store.readStream<Added>('sum-1');
    expect(events.map(({ data, metadata }) => [data.amount, metadata.streamPosition, metadata.globalPosition])).toEqual(
      [
        [3, 1n, 1n],
        [2, 2n, 2n],
        [4, 3n, 3n],
      ],
    );
  });

  it('knows its conflicts, and retries them', async () => {
    const store = open();
    await store.appendToStream('sum-1', [{ type: 'Added', data: { amount: 1 } }]);
    const conflict = await store
      .appendToStream('sum-1', [{ type: 'Added', data: { amount: 1 } }], { expectedStreamVersion: 0n })
      .catch((error: unknown) => error);
    expect(isExpectedVersionConflictError(conflict)).toBe(true);

    const handle = CommandHandler<number, Added>({ ...decider, retry: { onVersionConflict: 3 } });
    let calls = 0;
    const { newState } = await handle(store, 'sum-1', async () => {
      calls += 1;
      if (calls === 1) await store.appendToStream('sum-1', [{ type: 'Added', data: { amount: 2 } }]);
      return { type: 'Added', data: { amount: 3 } };
    });
    expect([newState, calls]).toEqual([6, 2]);
  });
});
