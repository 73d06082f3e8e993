import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runSchedule, schedules } from './model.ts';

/** The least that 300 schedules must bring about, or the law says little. */
const floors = {
  answered: 350,
  inDoubt: 40,
  undone: 30,
  kills: 150,
  accepted: 120,
  reported: 180,
  photos: 5,
  restores: 150,
  requeued: 50,
  refusals: 100,
  deletions: 150,
  namedLost: 5,
};

describe('phones, network and server', () => {
  it('lose nothing, double nothing and invent nothing', async () => {
    const total: Record<string, number> = {};
    await fc.assert(
      fc.asyncProperty(schedules, async (schedule) => {
        const { wrong, seen } = await runSchedule(schedule);
        expect(wrong).toEqual([]);
        for (const [what, count] of Object.entries(seen)) total[what] = (total[what] ?? 0) + count;
      }),
      // The seed is fixed, so that what the schedules bring about is; scripts/replica-model.ts takes others.
      { numRuns: 300, seed: 20261130 },
    );
    for (const [what, floor] of Object.entries(floors)) expect.soft(total[what], what).toBeGreaterThanOrEqual(floor);
  });
});

it('an act that was undone does not come back from the journal to a tab that reads it meanwhile', async () => {
  const act = { kind: 'act', tab: 0, skip: 0, despite: false } as const;
  const { wrong } = await runSchedule({
    seed: 2023406943,
    start: 0,
    steps: [
      { kind: 'kill', tab: 0, after: 3, isDone: false },
      { kind: 'refetch', tab: 2 },
      act,
      { kind: 'sync', tab: 0, fault: 'none', waits: true },
      { kind: 'undo', tab: 1 },
      act,
      { kind: 'sync', tab: 1, fault: 'none', waits: false },
      { kind: 'undo', tab: 0 },
      act,
      act,
      { kind: 'center', which: 0 },
      act,
      { kind: 'kill', tab: 0, after: 0, isDone: false },
    ],
  });
  expect(wrong).toEqual([]);
});
