import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { type AuditWorker, auditRanges } from '../../src/cli/log/scheduler.ts';
import { collect } from '../logs/support.ts';

describe('the workers of a log', () => {
  const ranges = [
    { from: 0, to: 1 },
    { from: 1, to: 2 },
  ];
  const watch = () => ({ advance: () => {}, reach: () => {}, stop: () => {} });
  const index = async () => ({ lines: 0, visits: new Map(), unattributed: 0 });

  /** The number of batches of that size that the second range finishes before the first begins. */
  async function doneAhead(count: number, size: number): Promise<number> {
    let done = 0;
    let begin = () => {};
    const begun = new Promise<void>((resolve) => (begin = resolve));
    const worker: AuditWorker<{ size: number }> = {
      index,
      audit: async ({ range }, put) => {
        if (range.from === 0) return begun;
        for (let batch = 0; batch < count; batch += 1) {
          await put({ size });
          done += 1;
        }
      },
    };
    const all = collect(auditRanges(ranges, [worker, worker], watch));
    for (let turns = 0; turns < 10; turns += 1) await turn();
    const ahead = done;
    begin();
    expect(await all).toHaveLength(count);
    return ahead;
  }

  it('go on to the end of a later range where there is little to say of it', async () => {
    expect(await doneAhead(500, 1_000)).toBe(500);
  });

  it('wait for the earlier range where there is much', async () => {
    expect(await doneAhead(500, 1 << 20)).toBe(15);
  });

  it('are let go where one of them fails, or the reader leaves', async () => {
    const failing: AuditWorker<{ size: number }> = {
      index,
      audit: async ({ range }, put) => {
        if (range.from === 0) throw new Error('the disk is gone');
        await put({ size: 1 << 25 });
      },
    };
    await expect(collect(auditRanges(ranges, [failing, failing], watch))).rejects.toThrow('the disk is gone');
    let isLetGo = false;
    const waiting: AuditWorker<{ size: number }> = {
      index,
      audit: async (_, put) => {
        try {
          for (;;) await put({ size: 1 << 25 });
        } finally {
          isLetGo = true;
        }
      },
    };
    for await (const _ of auditRanges(ranges, [waiting], watch)) break;
    await turn();
    expect(isLetGo).toBe(true);
  });
});
