import type { Bar, Found, Table } from './bench.ts';
import { digits } from './interleave.ts';

function tableText({ head, rows }: Table): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const rule = `|${head.map((_, column) => (column === 0 ? '---' : '--:')).join('|')}|`;
  return [line(head), rule, ...rows.map(line)].join('\n');
}

function barText({ what, figure, unit = '', bar, is }: Bar): string {
  const holds = is === 'at most' ? figure <= bar : figure >= bar;
  return `- ${what}: **${digits(figure)}${unit}**, to be ${is} ${digits(bar)}${unit}${holds ? '' : ' (**not met**)'}`;
}

/** Renders the result of a benchmark as a section of the page. */
export function textOf({ tables, bars, notes = [] }: Found): string {
  return [...tables.map(tableText), bars.map(barText).join('\n'), ...notes].filter((part) => part !== '').join('\n\n');
}

/** A page with another text between the marks of a benchmark. */
export function pageWith(page: string, name: string, text: string): string {
  const [begin, end] = [`<!-- bench ${name} -->`, `<!-- end ${name} -->`];
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from < 0 || to < from) throw new RangeError(`The page has no place for ${name}`);
  return `${page.slice(0, from + begin.length)}\n${text}\n${page.slice(to)}`;
}
