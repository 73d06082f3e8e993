/**
 * Measures how long one kind of work holds the event loop, and when it ends after its signal was aborted:
 * `node work.ts WORK STORE EVENTS`, the result as JSON.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { VisitEvent } from 'auxilio';
import { indexedDbStore } from 'auxilio/indexeddb';
import { auditLog, auditSheet, type SheetMapping } from 'auxilio/logs';
import { memoryStore } from 'auxilio/memory';
import { reportHtmlStream } from 'auxilio/report';
import { boardProjection, catchUp, createService, projector, rebuild } from 'auxilio/service';
import { sqliteStore } from 'auxilio/sqlite';
import { simulate } from 'auxilio/testing';

const [work = '', storeName = '', most = ''] = process.argv.slice(2);
const directory = mkdtempSync(join(tmpdir(), 'auxilio-loop-'));

async function open() {
  if (storeName === 'sqlite') return sqliteStore({ file: join(directory, 'visits.sqlite') });
  if (storeName === 'memory') return memoryStore();
  const inNode: string = 'fake-indexeddb/auto';
  await import(inNode);
  return indexedDbStore({ name: 'visits' });
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

const inMs = (nanoseconds: number) => nanoseconds / 1e6;

async function standStill(during: () => Promise<unknown>) {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  await pause(50);
  const startedAt = performance.now();
  await during();
  const tookMs = performance.now() - startedAt;
  await pause(50); // the last delay is noted when the loop goes on
  delay.disable();
  return { tookMs, longestMs: inMs(delay.max), mostMs: inMs(delay.percentile(99.9)) };
}

/** The time from the abort of the signal, after `afterMs`, until the work has ended. */
async function endedAfter(during: (signal: AbortSignal) => Promise<unknown>, afterMs: number): Promise<number> {
  const ending = new AbortController();
  let abortedAt = Number.NaN;
  setTimeout(() => {
    abortedAt = performance.now();
    ending.abort();
  }, afterMs);
  await during(ending.signal).catch(() => undefined);
  return performance.now() - abortedAt;
}

async function drain(items: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of items);
}

const logs: VisitEvent[][] = [];
let events = 0;
for (const visit of simulate({ visits: Number.POSITIVE_INFINITY, seed: 7 })) {
  logs.push([...visit.events]);
  events += visit.events.length;
  if (events >= Number(most)) break;
}

/** A visit of 10,000 events. */
function longVisit(): VisitEvent[] {
  const [first] = logs[0] ?? [];
  if (first === undefined) throw new Error('There is no visit');
  const { visitId, at } = first.data;
  const by = { role: 'contact-center', id: 'cc-1' } as const;
  const breach = (n: number): VisitEvent => ({
    type: 'ConductBreachReported',
    data: { visitId, at, kind: 'smoking', detail: `number ${n}`, by },
  });
  return [first, ...Array.from({ length: 9999 }, (_, n) => breach(n))];
}

/** A sheet with a row for each event, all arrivals. */
const rowOf = ({ data: { visitId, at } }: VisitEvent) => `${visitId},${at},Llegada,prov-14`;
const sheet = () => ['Visita,Hora,Acto,Quién', ...logs.flatMap((log) => log.map(rowOf))].join('\n');
const mapping: SheetMapping = {
  visitId: { column: 'Visita' },
  at: { column: 'Hora' },
  act: { column: 'Acto', words: { Llegada: 'ProviderArrived' } },
  by: { id: { column: 'Quién' } },
};

const store = await open();
const isStored = work === 'catchUp' || work === 'rebuild';
for (const log of work === 'load' ? [longVisit()] : isStored ? logs : []) {
  for (let from = 0; from < log.length; from += 500)
    await store.appendToStream(`visit-${log[0]?.data.visitId}`, log.slice(from, from + 500));
}
if (work === 'load') events = 10_000;
const visitId = String(logs[0]?.[0]?.data.visitId);
const lines = work === 'audit' ? logs.flatMap((log) => log.map((event) => JSON.stringify(event))) : [];
const rows = work === 'sheet' ? sheet() : '';
let consumers = 0;

type Options = { signal?: AbortSignal };
const run: Readonly<Record<string, (options: Options) => Promise<unknown>>> = {
  catchUp: (options) => catchUp({ ...projector(store, boardProjection), consumer: `board ${++consumers}`, ...options }),
  rebuild: (options) => rebuild(store, boardProjection, options),
  load: (options) => createService({ store }).load(visitId, options),
  audit: (options) => drain(auditLog(lines, options)),
  sheet: (options) => drain(auditSheet(rows, mapping, options)),
  report: (options) => drain(reportHtmlStream(logs, options)),
};
const wanted = run[work];
if (wanted === undefined) throw new RangeError(`No such work: ${work}`);
await pause(200);
const found = await standStill(() => wanted({}));
const control = await standStill(() => pause(Math.min(found.tookMs, 5000)));
const endedMs = await endedAfter((signal) => wanted({ signal }), found.tookMs / 10);
rmSync(directory, { recursive: true, force: true });
console.log(JSON.stringify({ events, ...found, controlMs: control.mostMs, endedMs }));
process.exit();
