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

  it('is told as a story: decisions before what follows from them, and events by name', () => {
    const lines = [
      { at: 61_002, who: '*', text: 'database: now#1 = 2' },
      { at: 61_002, who: 'pg-a', text: 'is killed' },
      { at: 62_000, who: 'pg-a', text: 'is killed' },
    ];
    const failures = [{ check: 'nothing that was told is gone', text: 'console-1 was told; gone: pg.1' }];
    const names = new Map([['pg.1', 'VisitClosed of visit-1']]);
    const decisions = new Map([['database: now#1', 2]]);
    const outcome = { failures, lines, names, decisions, reached: new Set<never>(), hash: '' };
    expect(formatStory(7, outcome).split('\n')).toEqual([
      'Seed 7. Decisions: 1, each marked * before what follows from it.',
      '',
      '01:01.002  *     database: now#1 = 2',
      '01:01.002  pg-a  is killed (2 times)',
      '',
      'What is wrong:',
      '  Broken rule: nothing that was told is gone',
      '    console-1 was told; gone: VisitClosed of visit-1',
    ]);
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
