import { describe, expect, it } from 'vitest';
import { memoryStore } from '../../src/memory.ts';
import { knowsAll } from './assigned-visits.ts';

describe('the visits of each provider, read page by page while they change', () => {
  it('are all known to a phone at rest, as they stand for it', async () => {
    expect(await knowsAll(memoryStore, 60)).toBeGreaterThan(0);
  });
});
