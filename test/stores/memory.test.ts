import { describe, expect, it } from 'vitest';
import { copyMemoryStore, memoryStore } from '../../src/memory.ts';
import { events } from './cases.ts';
import { allBut, conforms } from './suite.ts';

describe('the memory store', () => {
  conforms({
    capabilities: allBut('held', 'transactions', 'handles', 'reopen', 'crash', 'processes', 'immutability'),
    open: () => ({ store: memoryStore() }),
    copy: ({ store }) => ({ store: copyMemoryStore(store) }),
  });

  it('shares nothing with another', async () => {
    await memoryStore().appendToStream('a', events(1));
    expect(await memoryStore().streamExists('a')).toBe(false);
  });
});
