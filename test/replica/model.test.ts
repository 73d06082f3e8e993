import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runSchedule, schedules } from './model.ts';
import { plantedErrors } from './planted.ts';

describe('phones, network and server', () => {
  it('lose nothing, double nothing and invent nothing', async () => {
    await fc.assert(
      fc.asyncProperty(schedules, async (schedule) => {
        expect(await runSchedule(schedule)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});

describe('the model finds that', () => {
  it.each(Object.entries(plantedErrors))('%s', async (_, planted) => {
    const { failed } = await fc.check(
      fc.asyncProperty(schedules, async (schedule) => (await runSchedule(schedule, planted)).length === 0),
      { numRuns: 400, endOnFailure: true, seed: 7 },
    );
    expect(failed).toBe(true);
  });
});
