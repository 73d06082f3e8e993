import { describe, expect, it } from 'vitest';
import { memoryStore } from '../../src/stores/memory.ts';
import { storeCases } from './suite.ts';

describe('the memory store', () => {
  it.each(storeCases)('$title', async ({ run }) => {
    await run(memoryStore());
  });

  it('takes ids for events without one from the host', async () => {
    let n = 0;
    const store = memoryStore({ newId: () => `given-${++n}` });
    await store.appendToStream('a', [
      { type: 'T', data: {} },
      { type: 'T', data: {} },
    ]);
    const { events } = await store.readStream('a');
    expect(events.map(({ metadata }) => metadata.messageId)).toEqual(['given-1', 'given-2']);
  });

  it('shares nothing with another', async () => {
    await memoryStore().appendToStream('a', [{ type: 'T', data: {}, metadata: { eventId: 'i' } }]);
    expect(await memoryStore().streamExists('a')).toBe(false);
  });
});
