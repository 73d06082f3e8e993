/** Measures how long one kind of work holds the event loop: `node work.ts WORK STORE EVENTS`, the result as JSON. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { VisitEvent } from 'auxilio';
import { indexedDbStore } from 'auxilio/indexeddb';
import { auditLog } from 'auxilio/logs';
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

const store = await open();
const stored = work === 'load' ? [longVisit()] : work === 'audit' || work === 'report' ? [] : logs;
for (const log of stored) {
  for (let from = 0; from < log.length; from += 500)
    await store.appendToStream(`visit-${log[0]?.data.visitId}`, log.slice(from, from + 500));
}
if (work === 'load') events = 10_000;
const lines = work === 'audit' ? logs.flatMap((log) => log.map((event) => JSON.stringify(event))) : [];

const run: Readonly<Record<string, () => Promise<unknown>>> = {
  catchUp: () => catchUp(projector(store, boardProjection)),
  rebuild: () => rebuild(store, boardProjection),
  load: () => createService({ store }).load(String(logs[0]?.[0]?.data.visitId)),
  audit: () => drain(auditLog(lines)),
  report: () => drain(reportHtmlStream(logs)),
};
const wanted = run[work];
if (wanted === undefined) throw new RangeError(`No such work: ${work}`);
await pause(200);
const found = await standStill(wanted);
const control = await standStill(() => pause(Math.min(found.tookMs, 5000)));
rmSync(directory, { recursive: true, force: true });
console.log(JSON.stringify({ events, ...found, controlMs: control.mostMs }));
process.exit();
