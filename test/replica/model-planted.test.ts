import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runSchedule, schedules } from './model.ts';
import { plantedErrors } from './planted.ts';

describe('the model finds that', () => {
  it.each(Object.entries(plantedErrors))('%s', async (_, planted) => {
    const { failed } = await fc.check(
      fc.asyncProperty(schedules, async (schedule) => (await runSchedule(schedule, planted)).wrong.length === 0),
      { numRuns: 800, endOnFailure: true, seed: 7 },
    );
    expect(failed).toBe(true);
  });
});
