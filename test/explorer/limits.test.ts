import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { explore } from '../../src/testing/explore/explore.ts';
import type { Progress } from '../../src/testing/explore/search-graph.ts';
import { plainActs } from './support.ts';

describe('the limits of an exploration', () => {
  it('stops at about so many states, says so, and takes nothing unseen for a fault', async () => {
    const { complete, states, stuck, cannotEnd, cannotComplete } = await explore({ limit: 2_000, paths: 0 });
    expect(complete).toBe(false);
    expect(states).toBeGreaterThan(2_000);
    expect(states).toBeLessThan(2_200);
    expect([stuck.total, cannotEnd.total, cannotComplete.total]).toEqual([0, 0, 0]);
  });

  it('tells how far it is, and lets other work go on', async () => {
    const heard: Progress[] = [];
    let ticks = 0;
    const timer = setInterval(() => {
      ticks += 1;
    }, 0);
    await explore({ limit: 15_000, paths: 0, onProgress: (progress) => heard.push(progress) });
    clearInterval(timer);
    expect(heard.length).toBeGreaterThan(1);
    expect(heard.at(-1)?.states).toBeGreaterThan(15_000);
    expect(heard.map(({ depth }) => depth)).toEqual(heard.map(({ depth }) => depth).sort((one, other) => one - other));
    expect(ticks).toBeGreaterThan(0);
  });

  it('answers the same twice', async () => {
    const options = { acts: [...plainActs, 'GiveInstruction', 'CloseVisit'] as const, limit: 5_000, paths: 100 };
    expect(await explore(options)).toEqual(await explore(options));
  });

  it('explores nothing but what it is told to', async () => {
    const { states, depth, leftOut } = await explore({ acts: ['AssignVisit', 'RecordArrival'] });
    expect([states, depth, leftOut.length]).toEqual([3, 2, 50]);
  });

  it('runs where there is no Node.js', () => {
    const folder = 'src/testing/explore';
    const sources = readdirSync(folder).map((file) => readFileSync(`${folder}/${file}`, 'utf8'));
    expect(sources.length).toBeGreaterThan(10);
    expect(sources.filter((source) => /'node:|\bprocess\b|\bBuffer\b|setImmediate|fast-check/.test(source))).toEqual(
      [],
    );
  });
});
