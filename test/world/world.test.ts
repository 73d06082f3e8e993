import { describe, expect, it } from 'vitest';
import { forgetCheckpoint } from './microtasks.ts';
import { runWorld } from './run.ts';
import { formatStory } from './story.ts';

/** A few seeds; 1,000 are a long run. */
const seeds = [1, 2, 3];

describe('the world under a seed', () => {
  it.each(seeds)('%i: what was told holds, and all comes to rest', async (seed) => {
    const outcome = await runWorld({ seed });
    expect(outcome.failures, formatStory(seed, outcome)).toEqual([]);
    expect(outcome.decisions.size).toBeGreaterThan(20);
  });

  it('does the same again, from the seed as from its decisions, and without the checkpoint of V8', async () => {
    const first = await runWorld({ seed: 4 });
    expect((await runWorld({ seed: 4 })).hash).toBe(first.hash);
    expect((await runWorld({ seed: 4, decisions: first.decisions })).hash).toBe(first.hash);
    const remember = forgetCheckpoint();
    try {
      expect((await runWorld({ seed: 4 })).hash).toBe(first.hash);
    } finally {
      remember();
    }
  });

  it('is at rest where nothing happens', async () => {
    const { failures, decisions, reached } = await runWorld({ seed: 5, decisions: new Map() });
    expect(failures).toEqual([]);
    expect(decisions.size).toBe(0);
    // Two servers share the consumers, and two tabs a disk: they meet without any fault.
    expect([...reached].sort()).toEqual([
      'an event delivered again',
      'two servers move one checkpoint at once',
      'two tabs of a phone write one visit at once',
    ]);
  });
});
