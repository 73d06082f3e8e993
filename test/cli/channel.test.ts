import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { channelOf } from '../../src/cli/log/channel.ts';
import { type AuditWorker, auditRanges } from '../../src/cli/log/scheduler.ts';
import { collect } from '../logs/support.ts';

describe('a channel', () => {
  it('has who makes values wait once they take its room, until some are taken', async () => {
    const channel = channelOf<number>(10, (value) => value);
    let put = 0;
    const making = (async () => {
      for (const value of [4, 4, 4, 8]) {
        await channel.put(value);
        put += 1;
      }
      channel.close();
    })();
    await turn();
    expect(put).toBe(2);
    const values = channel.values();
    expect((await values.next()).value).toBe(4);
    await turn();
    expect(put).toBe(3);
    expect(await collect(values)).toEqual([4, 4, 8]);
    await making;
  });

  it('lets go of who waits when it is closed', async () => {
    const channel = channelOf<number>(1, (value) => value);
    const waiting = channel.put(5);
    channel.close(new Error('the disk is gone'));
    await waiting;
    await expect(collect(channel.values())).rejects.toThrow('the disk is gone');
  });
});

describe('hands', () => {
  const ranges = [
    { from: 0, to: 1 },
    { from: 1, to: 2 },
  ];
  const watch = async () => ({ advance: () => {}, reach: () => {}, stop: () => {} });
  const survey = async () => ({ lines: 0, visits: new Map() });

  /** How many batches of that size the second range is done with while the first has not begun. */
  async function doneAhead(count: number, size: number): Promise<number> {
    let done = 0;
    let begin = () => {};
    const begun = new Promise<void>((resolve) => (begin = resolve));
    const hand: AuditWorker<{ size: number }> = {
      survey,
      audit: async ({ range }, put) => {
        if (range.from === 0) return begun;
        for (let batch = 0; batch < count; batch += 1) {
          await put({ size });
          done += 1;
        }
      },
    };
    const all = collect(auditRanges(ranges, [hand, hand], watch));
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
});
