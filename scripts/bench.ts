/**
 * Runs the benchmarks, each against a floor or a peer in the same run: `npm run bench -- [NAME...] [--quick]
 * [--write]`. Runs the built package, as a user would. `--write` writes the results into docs/performance.md.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Bench } from './bench/bench.ts';
import { benches } from './bench/benches.ts';
import { pageWith, textOf } from './bench/report-writer.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { quick: { type: 'boolean', default: false }, write: { type: 'boolean', default: false } },
});
const unknown = positionals.filter((name) => !benches.some((bench) => bench.name === name));
if (unknown.length > 0) {
  console.error(`No such benchmark: ${unknown.join(', ')}. There are ${benches.map(({ name }) => name).join(', ')}.`);
  process.exit(2);
}

const page = new URL('../docs/performance.md', import.meta.url);
const machine = `${cpus()[0]?.model ?? 'unknown'}, ${cpus().length} cores, Node ${process.versions.node}`;
const chosen = positionals.length === 0 ? benches : benches.filter(({ name }) => positionals.includes(name));
const [only, ...others] = chosen;
if (only !== undefined && others.length === 0) await measure(only);
else for (const { name } of chosen) inProcess(name);

/** Each in a process of its own, so that one benchmark does not deoptimise functions of the next. */
function inProcess(name: string): void {
  const flags = Object.entries(values).flatMap(([flag, isSet]) => (isSet ? [`--${flag}`] : []));
  const args = [...process.execArgv, fileURLToPath(import.meta.url), name, ...flags];
  const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}

async function measure(bench: Bench): Promise<void> {
  const startedAt = performance.now();
  const found = await bench.run(values.quick ? 'quick' : 'full');
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  const when = `*${new Date().toISOString().slice(0, 10)}, ${machine}, ${seconds} s: \`npm run bench -- ${bench.name}\`*`;
  const text = `${bench.says}\n\n${textOf(found)}\n\n${when}`;
  console.log(`\n## ${bench.title}\n\n${text}`);
  if (!values.write) return;
  writeFileSync(page, pageWith(readFileSync(page, 'utf8'), bench.name, text));
  for (const [file, content] of Object.entries(found.files ?? {})) writeFileSync(new URL(file, page), content);
}
