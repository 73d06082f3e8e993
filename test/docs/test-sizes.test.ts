import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { countSizes, shownSizes } from '../../scripts/test-sizes.ts';

const cellsOf = (row: string) => row.split('|').map((cell) => cell.trim());
const linesOf = (row: string) => Number(cellsOf(row)[3]?.replaceAll(',', ''));

it('the sizes of the tests are what the page says, within 25 %', () => {
  const shown = shownSizes(readFileSync('docs/how-it-is-tested.md', 'utf8'));
  const rows = shown.split('\n').filter((row) => /\d/.test(row) && row.startsWith('|'));
  const present = countSizes();
  expect(rows.map((row) => cellsOf(row)[1])).toEqual(present.map((row) => cellsOf(row)[1]));
  const moved = present.filter((row, index) => Math.abs(linesOf(row) / linesOf(rows[index] ?? '') - 1) > 0.25);
  expect(moved).toEqual([]);
  expect(shown).toMatch(/^\*\d{4}-\d{2}-\d{2}: /m);
});

it('there are more lines of tests than of the library', () => {
  const [library = '', ...kinds] = countSizes();
  expect(linesOf(kinds.at(-1) ?? '')).toBeGreaterThan(linesOf(library));
});
