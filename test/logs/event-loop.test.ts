import { describe, expect, it, vi } from 'vitest';
import { auditLog, auditSheet, countVisits, linesOf, readSheet } from '../../src/logs.ts';
import { reportHtmlStream } from '../../src/report.ts';
import { simulate } from '../../src/testing.ts';
import { parseLog } from '../../src/wire.ts';
import { divisionsOf, LEAST_TASKS, tasksDuring } from '../support/tasks.ts';
import { arrivals, good, header } from './sheet-support.ts';

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

describe('work over a file in memory is divided', () => {
  const rows = Array.from({ length: 40 }, () => good);

  it('linesOf, wherever 64 kB are read of a whole text, and of whole bytes', async () => {
    const text = 'a line of a log\n'.repeat(1 << 16);
    expect(await divisionsOf(() => drain(linesOf(text)))).toBeGreaterThanOrEqual(16);
    expect(await divisionsOf(() => drain(linesOf(new TextEncoder().encode(text))))).toBeGreaterThanOrEqual(16);
  });

  it('countVisits, at each line', async () => {
    const given = lines(1);
    expect(await divisionsOf(() => countVisits(given))).toBeGreaterThanOrEqual(given.length);
  });

  it('readSheet, at each row, also of an array', async () => {
    const csv = [header, ...rows].join('\n');
    expect(await divisionsOf(() => drain(readSheet(csv, arrivals)))).toBeGreaterThanOrEqual(40);
    const array = JSON.stringify(
      rows.map(() => ({ Visita: 'V-1', Hora: '17/03/2026 08:05', Acto: 'Llegada', Quién: 'P-1' })),
    );
    const mapping = { ...arrivals, format: 'json' } as const;
    expect(await divisionsOf(() => drain(readSheet(array, mapping)))).toBeGreaterThanOrEqual(40);
  });

  it('reportHtmlStream, without the client of HTTP that Node loads in one piece with a Response', async () => {
    const response = vi.spyOn(globalThis, 'Response');
    await drain(reportHtmlStream(logs(1)));
    expect(response).not.toHaveBeenCalled();
    response.mockRestore();
  });

  it('the index of reportHtmlStream, at each of its parts', async () => {
    let parts = 0;
    for await (const part of reportHtmlStream(logs(2))) parts += part.startsWith('<section>') ? 1 : 0;
    expect(parts).toBeGreaterThanOrEqual(5);
  });
});

describe('after the signal', () => {
  const reason = new Error('not now');

  /** Items of which the tenth aborts the signal, and the number of those that were read. */
  function endingAtTenth<T>(items: readonly T[]) {
    const ending = new AbortController();
    const counts = { read: 0 };
    function* counted() {
      for (const item of items) {
        counts.read += 1;
        if (counts.read === 10) ending.abort(reason);
        yield item;
      }
    }
    return { items: counted(), counts, signal: ending.signal };
  }

  it('auditLog reads no further line', async () => {
    const { items, counts, signal } = endingAtTenth(lines(2));
    await expect(drain(auditLog(items, { signal }))).rejects.toBe(reason);
    expect(counts.read).toBe(10);
  });

  it('auditSheet reads no further row', async () => {
    const { items, counts, signal } = endingAtTenth([header, ...Array(1000).fill(good)].map((row) => `${row}\n`));
    await expect(drain(auditSheet(items, arrivals, { signal }))).rejects.toBe(reason);
    expect(counts.read).toBeLessThan(300);
  });

  it('reportHtmlStream reads no further log, and writes no further part', async () => {
    const { items, counts, signal } = endingAtTenth(logs(20));
    await expect(drain(reportHtmlStream(items, { signal }))).rejects.toBe(reason);
    expect(counts.read).toBe(10);
    const ending = new AbortController();
    const parts = reportHtmlStream(logs(2), { signal: ending.signal });
    expect((await parts.next()).done).toBe(false);
    ending.abort(reason);
    await expect(parts.next()).rejects.toBe(reason);
  });
});
