/**
 * Runs each entry of the packed package on each runtime: `npm run runtimes -- [--short] [--write] [--only NAME]`. Prints a table, and
 * ends with 1 if a program failed, a result differs, or a runtime could not be installed. With `--write` the table goes into
 * `docs/runtimes.md`, and its sentence into the README. `--short` leaves out old and rare runtimes; `--only` names a runtime or a part.
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type InstalledRuntime, installBetterSqlite, installPackage, installRuntime } from './runtimes/install.ts';
import { type Cell, listCells, type Part, parts, type Runtime, runtimes } from './runtimes/plan.ts';
import { runCell } from './runtimes/run-cell.ts';
import { compareResults, drawTable, fillBetween, type Result, summarize } from './runtimes/table.ts';

const { values } = parseArgs({
  options: { short: { type: 'boolean' }, write: { type: 'boolean' }, only: { type: 'string', multiple: true } },
});
const { only = [], short: isShort = false, write = false } = values;
if (write && (isShort || only.length > 0)) throw new TypeError('--write takes the whole matrix');

const isWanted = (names: readonly string[]) => only.length === 0 || names.some((name) => only.includes(name));
const wanted = runtimes.filter((one) => (isShort ? one.isShort === true : true));
const cells = wanted.flatMap((runtime) =>
  (Object.keys(parts) as Part[])
    .filter((part) => isWanted([part, runtime.name]))
    .flatMap((part) => listCells(part, runtime)),
);
if (cells.length === 0) throw new TypeError(`Nothing to run: ${only.join(', ')}`);

const describeError = (error: unknown) => {
  const {
    message = String(error),
    stdout = '',
    stderr = '',
  } = error as { message?: string; stdout?: string; stderr?: string };
  return `${message}\n${stdout}${stderr}`.slice(0, 4_000);
};

const installed = new Map<string, InstalledRuntime | string>();
function install(runtime: Runtime): InstalledRuntime {
  if (!installed.has(runtime.name)) {
    try {
      installed.set(runtime.name, installRuntime(runtime));
    } catch (error) {
      installed.set(runtime.name, describeError(error));
    }
  }
  const found = installed.get(runtime.name);
  if (typeof found !== 'object') throw new Error(`${runtime.name} cannot be installed: ${found}`);
  return found;
}

const host = installPackage();

async function run(cell: Cell): Promise<Result> {
  const { runtime, part, driver } = cell;
  const began = performance.now();
  const name = [part, runtime.name, driver].filter(Boolean).join(', ');
  try {
    const { path, version } = install(runtime);
    const peer = driver === 'better-sqlite3' ? installBetterSqlite({ name: runtime.name, version }) : undefined;
    const report = await runCell(cell, { host, path, peers: peer?.folder });
    console.log(`passed  ${name}: ${report} (${Math.round((performance.now() - began) / 100) / 10} s)`);
    return { cell, report, driverVersion: peer?.version };
  } catch (error) {
    console.log(`FAILED  ${name}`);
    return { cell, error: describeError(error) };
  }
}

const found: Result[] = [];
const queue = [...cells];
async function work(): Promise<void> {
  for (let cell = queue.shift(); cell !== undefined; cell = queue.shift()) found.push(await run(cell));
}
await Promise.all([work(), work()]);

rmSync(host, { recursive: true, force: true });
const results = compareResults(found);
const versions = new Map(
  [...installed].flatMap(([name, one]) => (typeof one === 'object' ? [[name, one.version]] : [])),
);
const failed = results.filter(({ error }) => error !== undefined);
for (const { cell, error } of failed) console.log(`\n== ${cell.part} on ${cell.runtime.name} failed: ${error}`);
const table = drawTable(wanted, versions, results);
console.log(`\n${table}\n\n${results.length - failed.length} passed, ${failed.length} failed`);
process.exitCode = failed.length === 0 ? 0 : 1;

if (write && failed.length === 0) {
  const today = new Date().toISOString().slice(0, 10);
  const fill = (page: string, begin: string, end: string, text: string) =>
    writeFileSync(page, fillBetween(readFileSync(page, 'utf8'), begin, end, text));
  fill(
    'docs/runtimes.md',
    '<!-- the matrix -->',
    '<!-- the end of the matrix -->',
    `\n\nOn ${today}, x64, Linux.\n\n${table}\n\n`,
  );
  fill('README.md', '<!-- runtimes -->', '<!-- /runtimes -->', summarize(runtimes));
}
