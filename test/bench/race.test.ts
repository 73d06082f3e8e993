import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { benches } from '../../scripts/bench/benches.ts';
import { digits, median, race, takenBy } from '../../scripts/bench/interleave.ts';
import { pageWith, textOf } from '../../scripts/bench/report-writer.ts';

describe('a race', () => {
  it('lets everybody run once a round, each round beginning with another', async () => {
    const runs: string[] = [];
    const runner = (name: string) => ({ name, run: () => runs.push(name) });
    const taken = await race([runner('a'), runner('b'), runner('c')], 2, 1);
    expect(runs.join('')).toBe('abcbcacab');
    expect(taken.map(({ name }) => name)).toEqual(['a', 'b', 'c']);
  });

  it('waits for those who take their time, and tells the median and the least', async () => {
    const slow = () => new Promise((resolve) => setTimeout(resolve, 5));
    const { medianMs, leastMs } = takenBy(await race([{ name: 'slow', run: slow }], 3), 'slow');
    expect(leastMs).toBeGreaterThan(4);
    expect(medianMs).toBeGreaterThanOrEqual(leastMs);
    expect(() => takenBy([], 'slow')).toThrow('Nobody called slow');
  });

  it.each([
    [[3, 1, 2], 2],
    [[4, 1, 2, 3], 3],
    [[], Number.NaN],
  ])('has a median of %j', (figures, middle) => {
    expect(median(figures)).toBe(middle);
  });
});

describe('the page', () => {
  it('holds bars against the figures of the run', () => {
    const text = textOf({
      tables: [{ head: ['', 'µs'], rows: [['replay', '0.5']] }],
      bars: [
        { what: 'one', figure: 1.234, unit: ' µs', bar: 2, is: 'at most' },
        { what: 'two', figure: 1.234, bar: 2, is: 'at least' },
      ],
    });
    expect(text).toBe(
      '|  | µs |\n|---|--:|\n| replay | 0.5 |\n\n- one: **1.23 µs**, to be at most 2 µs\n- two: **1.23**, to be at least 2 (**not met**)',
    );
  });

  it('has a place for every benchmark, once', () => {
    const page = readFileSync('docs/performance.md', 'utf8');
    for (const { name } of benches)
      expect(pageWith(page, name, 'text')).toContain(`<!-- bench ${name} -->\ntext\n<!-- end ${name} -->`);
    expect(() => pageWith(page, 'another', 'text')).toThrow('no place for another');
    expect(new Set(benches.map(({ name }) => name)).size).toBe(benches.length);
  });

  it.each([
    [0.12345, '0.123'],
    [12345.6, '12,346'],
    [1, '1'],
    [Number.NaN, '–'],
  ])('tells %d in the digits that count', (figure, text) => {
    expect(digits(figure)).toBe(text);
  });
});
