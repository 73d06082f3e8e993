import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { listCells, type Part, parts, runtimes } from '../../scripts/runtimes/plan.ts';
import {
  compareResults,
  describeCell,
  drawTable,
  fillBetween,
  listRows,
  type Result,
  summarize,
} from '../../scripts/runtimes/table.ts';

const page = readFileSync('docs/runtimes.md', 'utf8');
const [, matrix = ''] = /<!-- the matrix -->(.*)<!-- the end of the matrix -->/s.exec(page) ?? [];
const lines = matrix.split('\n').filter((line) => line.startsWith('| '));
const cellsOf = (line = '') =>
  line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());

describe('the table of docs/runtimes.md', () => {
  it('has a column for each runtime of the matrix, with its version', () => {
    expect(cellsOf(lines[0])).toEqual(['entry', ...runtimes.map(({ name }) => name)]);
    const [, ...versions] = cellsOf(lines[2]);
    runtimes.forEach(({ name }, n) => {
      const [major = ''] = /[\d.]+/.exec(name) ?? [];
      expect(versions[n]).toMatch(new RegExp(`^${major || String.raw`\d`}[.\\d-]*$`));
    });
  });

  it('has a row for each part and each driver of SQLite, in which every cell passed that the matrix has', () => {
    const rows = listRows(runtimes);
    expect(lines.slice(3).map((line) => cellsOf(line)[0])).toEqual(rows.map(({ label }) => label));
    rows.forEach(({ part, driver }, n) => {
      const [, ...cells] = cellsOf(lines[n + 3]);
      runtimes.forEach((runtime, column) => {
        const isThere = listCells(part, runtime).some((cell) => cell.driver === driver);
        expect(cells[column]).toMatch(isThere ? /^(yes|\d+\.\d+\.\d+)$/ : /^–$/);
      });
    });
  });

  it('covers every entry of the package', () => {
    const { exports } = JSON.parse(readFileSync('package.json', 'utf8'));
    const entries = Object.keys(exports).map((path) => path.replace(/^\./, 'auxilio'));
    expect(Object.values(parts).flat().sort()).toEqual(entries.filter((one) => !one.endsWith('.json')).sort());
  });

  it('has its sentence in the README', () => {
    expect(readFileSync('README.md', 'utf8')).toContain(`<!-- runtimes -->${summarize(runtimes)}<!-- /runtimes -->`);
  });
});

describe('the results of a run', () => {
  const [node, other] = runtimes as [(typeof runtimes)[0], (typeof runtimes)[1]];
  const result = (runtime: typeof node, fields: Omit<Result, 'cell'>, part: Part = 'core'): Result => ({
    cell: { part, runtime },
    ...fields,
  });

  it('fail where a part reports something else than elsewhere', () => {
    const results = [
      result(node, { report: 'a' }),
      result(other, { report: 'b' }),
      result(other, { report: 'c' }, 'wire'),
    ];
    expect(compareResults(results).map(({ error }) => error)).toEqual([
      undefined,
      `reports b, where ${node.name} reports a`,
      undefined,
    ]);
  });

  it('are shown as failed, not run, or not for that runtime', () => {
    const row = { label: '', part: 'core' } as const;
    const shown = [[result(node, { report: 'a' })], [result(node, { error: 'x' })], []].map((results) =>
      describeCell(row, node, results),
    );
    expect(shown).toEqual(['yes', '**failed**', 'not run']);
    expect(describeCell({ label: '', part: 'indexeddb' }, node, [])).toBe('–');
    expect(drawTable(runtimes, new Map(), [])).toContain('**not installed**');
  });

  it('are written between the marks of a page, which it has once', () => {
    expect(fillBetween('a <1>old<2> b', '<1>', '<2>', 'new')).toBe('a <1>new<2> b');
    for (const other of ['a', '<2><1>', '<1><1><2>'])
      expect(() => fillBetween(other, '<1>', '<2>', '')).toThrow('The page has no <1> … <2>');
  });
});
