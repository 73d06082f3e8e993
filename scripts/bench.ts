/**
 * Everything that is measured, each against a floor or a peer in the same run: `npm run bench -- [NAME...] [--quick] [--write]`.
 * Runs the built package, as a user would. `--write` puts what was found into docs/performance.md.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Bar, Bench, Found, Table } from './bench/bench.ts';
import { benches } from './bench/benches.ts';
import { digits } from './bench/race.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { quick: { type: 'boolean', default: false }, write: { type: 'boolean', default: false } },
});
const unknown = positionals.filter((name) => !benches.some((bench) => bench.name === name));
if (unknown.length > 0) {
  console.error(`No such benchmark: ${unknown.join(', ')}. There are ${benches.map(({ name }) => name).join(', ')}.`);
  process.exit(2);
}

function tableText({ head, rows }: Table): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const rule = `|${head.map((_, column) => (column === 0 ? '---' : '--:')).join('|')}|`;
  return [line(head), rule, ...rows.map(line)].join('\n');
}

function barText({ what, figure, unit = '', bar, is }: Bar): string {
  const holds = is === 'at most' ? figure <= bar : figure >= bar;
  return `- ${what}: **${digits(figure)}${unit}**, to be ${is} ${digits(bar)}${unit}${holds ? '' : ' (**not met**)'}`;
}

function textOf({ tables, bars, notes = [] }: Found): string {
  return [...tables.map(tableText), bars.map(barText).join('\n'), ...notes].filter((part) => part !== '').join('\n\n');
}

const document = fileURLToPath(new URL('../docs/performance.md', import.meta.url));

/** Puts a text between the marks of a benchmark. */
function write({ name }: Bench, text: string): void {
  const [begin, end] = [`<!-- bench ${name} -->`, `<!-- end ${name} -->`];
  const page = readFileSync(document, 'utf8');
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`docs/performance.md has no place for ${name}`);
  writeFileSync(document, `${page.slice(0, from + begin.length)}\n${text}\n${page.slice(to)}`);
}

const machine = `${cpus()[0]?.model ?? 'unknown'}, ${cpus().length} cores, Node ${process.versions.node}`;
for (const bench of benches) {
  if (positionals.length > 0 && !positionals.includes(bench.name)) continue;
  const startedAt = performance.now();
  const found = await bench.run(values.quick ? 'quick' : 'full');
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  const when = `*${new Date().toISOString().slice(0, 10)}, ${machine}, ${seconds} s: \`npm run bench -- ${bench.name}\`*`;
  const text = `${bench.says}\n\n${textOf(found)}\n\n${when}`;
  console.log(`\n## ${bench.title}\n\n${text}`);
  if (values.write) write(bench, text);
}
