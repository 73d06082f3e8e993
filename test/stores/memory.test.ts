import { describe, expect, it } from 'vitest';
import { memoryStore } from '../../src/memory.ts';
import { events, idsOf } from './cases.ts';
import { allBut, conforms } from './suite.ts';

describe('the memory store', () => {
  conforms({
    capabilities: allBut('held', 'transactions', 'handles', 'reopen', 'crash', 'processes', 'immutability'),
    open: () => ({ store: memoryStore() }),
  });

  it('takes ids for events without one from the host', async () => {
    let n = 0;
    const store = memoryStore({ newId: () => `given-${++n}` });
    await store.appendToStream('a', [
      { type: 'T', data: {} },
      { type: 'T', data: {} },
    ]);
    expect(await idsOf(store, 'a')).toEqual(['given-1', 'given-2']);
  });

  it('shares nothing with another', async () => {
    await memoryStore().appendToStream('a', events(1));
    expect(await memoryStore().streamExists('a')).toBe(false);
  });
});
