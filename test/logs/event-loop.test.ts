import { describe, expect, it } from 'vitest';
import { auditLog } from '../../src/logs/index.ts';
import { reportHtmlStream } from '../../src/report/index.ts';
import { simulate } from '../../src/testing/index.ts';
import { parseLog } from '../../src/wire/index.ts';
import { LEAST_TASKS, tasksDuring } from '../support/tasks.ts';

const logs = (visits: number) => [...simulate({ visits, seed: 7 })].map(({ events }) => events);
const lines = (visits: number) => logs(visits).flatMap((events) => events.map((event) => JSON.stringify(event)));

async function drain(items: AsyncIterable<unknown>): Promise<number> {
  let count = 0;
  for await (const _ of items) count += 1;
  return count;
}

describe('while long work runs over lines in memory, other tasks run, too', () => {
  it('auditLog', async () => {
    const given = lines(200);
    expect(await tasksDuring(() => drain(auditLog(given)))).toBeGreaterThan(LEAST_TASKS);
  });

  it('parseLog', async () => {
    const given = lines(400);
    expect(await tasksDuring(() => drain(parseLog(given)))).toBeGreaterThan(LEAST_TASKS);
  });

  it('reportHtmlStream', async () => {
    const given = logs(60);
    expect(await tasksDuring(() => drain(reportHtmlStream(given)))).toBeGreaterThan(LEAST_TASKS);
  });
});

it('a signal that a timer aborts ends auditLog, with its reason', async () => {
  const reason = new Error('not now');
  const ending = new AbortController();
  setTimeout(() => ending.abort(reason), 1);
  let read = 0;
  const given = lines(200);
  function* counted() {
    for (const line of given) {
      read += 1;
      yield line;
    }
  }
  await expect(drain(auditLog(counted(), { signal: ending.signal }))).rejects.toBe(reason);
  expect(read).toBeLessThan(given.length);
});
