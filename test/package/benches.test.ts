import { expect, it } from 'vitest';
import { cold } from '../../scripts/bench/cold.ts';
import { size } from '../../scripts/bench/size.ts';

it.each([
  [cold, 8],
  [size, 12],
])('the benchmark $name runs, and finds a figure for all it measures', async ({ run }, rows) => {
  const { tables, bars } = await run('quick');
  const cells = tables.flatMap((table) => table.rows.flatMap(([, ...figures]) => figures));
  expect(tables.flatMap((table) => table.rows)).toHaveLength(rows);
  expect(cells.filter((cell) => !/^-?[\d.,]+$/.test(cell))).toEqual([]);
  expect(bars.filter(({ figure }) => !Number.isFinite(figure))).toEqual([]);
});
