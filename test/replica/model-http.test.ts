import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '../support/runs.ts';
import { overHttp } from './http-application.ts';
import { runSchedule, schedules } from './model.ts';

describe('phones, network and the example application over HTTP', () => {
  it('lose nothing, double nothing and invent nothing', async () => {
    const total: Record<string, number> = {};
    const property = fc.asyncProperty(schedules, async (schedule) => {
      const { wrong, seen } = await runSchedule(schedule, { remote: overHttp });
      expect(wrong).toEqual([]);
      for (const [what, count] of Object.entries(seen)) total[what] = (total[what] ?? 0) + count;
    });
    await fc.assert(property, { numRuns: runs(60), seed: 20261201 });
    for (const what of ['answered', 'kills', 'accepted', 'reported'])
      expect(total[what], what).toBeGreaterThan(runs(5));
  });
});
