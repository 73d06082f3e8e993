/** The tables of a run: entry by runtime, for `docs/runtimes.md`, the README and the terminal. */
import type { SqliteDriver } from '../../src/sqlite.ts';
import { type Cell, listCells, type Part, parts, type Runtime } from './plan.ts';

/** The result of a cell: what its program reported, or why it failed, and the version of the driver. */
export type Result = Readonly<{ cell: Cell; report?: string; error?: string; driverVersion?: string | undefined }>;

type Row = Readonly<{ label: string; part: Part; driver?: SqliteDriver }>;

/** The rows: each part, and each driver of SQLite. */
export function listRows(runtimes: readonly Runtime[]): readonly Row[] {
  return (Object.keys(parts) as Part[]).flatMap((part): Row[] => {
    const cells = runtimes.flatMap((runtime) => listCells(part, runtime));
    const label = parts[part].map((entry) => `\`${entry}\``).join(', ');
    if (part !== 'sqlite') return cells.length > 0 ? [{ label, part }] : [];
    return [...new Set(cells.flatMap(({ driver = [] }) => driver))].map((driver) => ({
      ...{ label: `${label} by \`${driver}\``, part, driver },
    }));
  });
}

/** The text of a cell: passed, not for this runtime, or failed. */
export function describeCell(row: Row, runtime: Runtime, results: readonly Result[]): string {
  const isWanted = ({ part, driver }: Cell) => part === row.part && driver === row.driver;
  if (!listCells(row.part, runtime).some(isWanted)) return '–';
  const result = results.find(({ cell }) => cell.runtime.name === runtime.name && isWanted(cell));
  if (result === undefined) return 'not run';
  if (result.report === undefined) return '**failed**';
  return result.driverVersion ?? 'yes';
}

/** Fails the results that differ from the first one of their part: the same work has one result, wherever it is done. */
export function compareResults(results: readonly Result[]): readonly Result[] {
  return results.map((result) => {
    const first = results.find(({ cell, report }) => cell.part === result.cell.part && report !== undefined);
    if (result.report === undefined || result.report === first?.report) return result;
    const where = first?.cell.runtime.name;
    return { cell: result.cell, error: `reports ${result.report}, where ${where} reports ${first?.report}` };
  });
}

const toLine = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;

/** The table, with the version of each runtime, and what each part did. */
export function drawTable(
  runtimes: readonly Runtime[],
  versions: ReadonlyMap<string, string>,
  results: readonly Result[],
): string {
  const rows = listRows(runtimes);
  const lines = rows.map((row) => [row.label, ...runtimes.map((runtime) => describeCell(row, runtime, results))]);
  const done = (Object.keys(parts) as Part[]).flatMap((part) => {
    const report = results.find((one) => one.cell.part === part && one.report !== undefined)?.report;
    return report === undefined ? [] : [`- ${part}: ${report}`];
  });
  return [
    toLine(['entry', ...runtimes.map(({ name }) => name)]),
    toLine(['---', ...runtimes.map(() => '---')]),
    toLine(['version', ...runtimes.map(({ name }) => versions.get(name) ?? '**not installed**')]),
    ...lines.map(toLine),
    '',
    'Each part did the same work with the same result in all of its cells:',
    '',
    ...done,
  ].join('\n');
}

/** The sentence of the README. */
export function summarize(runtimes: readonly Runtime[]): string {
  const majors = runtimes.flatMap(({ name }) => /^Node (\d+)$/.exec(name)?.[1] ?? []);
  const others = runtimes.map(({ name }) => name).filter((name) => !name.startsWith('Node'));
  const last = others.at(-1);
  return `It runs on Node ${majors.join(', ')}, ${others.slice(0, -1).join(', ')} and ${last}.`;
}

/** Replaces what stands between two marks, each of which a page has once. */
export function fillBetween(page: string, begin: string, end: string, text: string): string {
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from < 0 || to < from || page.indexOf(begin, from + 1) >= 0) throw new Error(`The page has no ${begin} … ${end}`);
  return page.slice(0, from + begin.length) + text + page.slice(to);
}
