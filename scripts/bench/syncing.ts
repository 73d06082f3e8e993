import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { VisitCommand } from 'auxilio';
import { memoryStore } from 'auxilio/memory';
import { createService, type SyncRequest, type VisitService } from 'auxilio/service';
import { sqliteStore } from 'auxilio/sqlite';
import { plainVisit } from 'auxilio/testing';
import type { Bar, Bench, Size } from './bench.ts';
import { digits, median } from './interleave.ts';
import { rawSqlite } from './raw-sqlite.ts';

type Row = Readonly<{ messageId: string; text: string }>;

/** A visit that is assigned, a batch of it, and the rows of both. */
type Work = Readonly<{ streamName: string; assignment: VisitCommand; request: SyncRequest; rows: readonly Row[] }>;

/** The milliseconds of a batch, and of these the processor's. */
type Taken = Readonly<{ ms: number; cpuMs: number }>;

async function workOf(visitId: string, count: number): Promise<Work> {
  const [assignment, ...commands] = plainVisit().map(
    ({ type, data, metadata }, nth) =>
      ({ type, data: { ...data, visitId }, metadata: { ...metadata, commandId: `c-${nth}` } }) as VisitCommand,
  );
  if (assignment === undefined) throw new RangeError('A plain visit begins with its assignment');
  const request = { visitId, basedOn: 1, commands: commands.slice(0, count) };
  const store = memoryStore();
  const service = createService({ store });
  await service.handle(assignment);
  await syncAll(service, request);
  const streamName = `visit-${visitId}`;
  return { streamName, assignment, request, rows: await store.readStored(streamName) };
}

async function syncAll({ sync }: VisitService, request: SyncRequest): Promise<void> {
  const [first] = request.commands;
  if (first === undefined) throw new RangeError('A batch has a command');
  const { outcomes } = await sync(request, first.metadata.actor);
  if (outcomes.some(({ outcome }) => outcome !== 'accepted')) throw new Error('A command is not accepted');
}

async function timed(works: readonly Work[], carryOut: (work: Work) => unknown): Promise<Taken> {
  const before = process.cpuUsage();
  const startedAt = performance.now();
  for (const work of works) await carryOut(work);
  const ms = performance.now() - startedAt;
  const { user, system } = process.cpuUsage(before);
  return { ms: ms / works.length, cpuMs: (user + system) / 1000 / works.length };
}

/** The two contestants, on files of their own. */
function contestants(directory: string) {
  const store = sqliteStore({ file: join(directory, 'sync.sqlite') });
  const service = createService({ store });
  const { database, select, insert, inTransaction } = rawSqlite(join(directory, 'raw.sqlite'));
  const insertAfter = ({ streamName, rows }: Work, length: number, to?: number) => {
    rows.slice(length, to).forEach(({ messageId, text }, nth) => {
      insert.run(streamName, length + nth + 1, messageId, text);
    });
  };
  const ours = async (works: readonly Work[]) => {
    for (const { assignment } of works) await service.handle(assignment);
    return timed(works, ({ request }) => syncAll(service, request));
  };
  const raw = async (works: readonly Work[]) => {
    for (const work of works) insertAfter(work, 0, 1);
    return timed(works, (work) => {
      const { length } = select.all(work.streamName);
      inTransaction(() => insertAfter(work, length));
    });
  };
  const close = async () => {
    await store.close();
    database.close();
  };
  return { ours, raw, close };
}

async function measure(directory: string, count: number, size: Size) {
  const { ours, raw, close } = contestants(directory);
  const [rounds, visits] = size === 'quick' ? [3, 5] : [45, 20];
  const warmUp = Math.ceil(rounds / 3);
  const taken: { ours: Taken; raw: Taken }[] = [];
  for (let nth = 0; nth < warmUp + rounds; nth += 1) {
    const works = await Promise.all(Array.from({ length: visits }, (_, index) => workOf(`v-${nth}-${index}`, count)));
    const before = nth % 2 === 0 ? await raw(works) : null;
    const one = { ours: await ours(works), raw: before ?? (await raw(works)) };
    if (nth >= warmUp) taken.push(one);
  }
  await close();
  return {
    rawMs: median(taken.map(({ raw }) => raw.ms)),
    ourMs: median(taken.map(({ ours }) => ours.ms)),
    ratio: median(taken.map(({ ours, raw }) => raw.ms / ours.ms)),
    rawCpuMs: median(taken.map(({ raw }) => raw.cpuMs)),
    ourCpuMs: median(taken.map(({ ours }) => ours.cpuMs)),
  };
}

export const syncing: Bench = {
  name: 'sync',
  title: 'Sync a batch',
  says:
    'Batches of a visit that is assigned, all accepted, through `sync` of a service over SQLite, against the raw driver that\n' +
    'reads the stream and inserts rows of the same size in one transaction, at the same durability, in turn. `sync` parses\n' +
    'and reconciles the commands, derives the ids of events and seals them; both wait for the disk once a batch.',
  async run(size) {
    const rows: string[][] = [];
    const bars: Bar[] = [];
    for (const count of [1, 8, 23]) {
      const directory = mkdtempSync(join(tmpdir(), 'auxilio-bench-'));
      try {
        const { rawMs, ourMs, ratio, rawCpuMs, ourCpuMs } = await measure(directory, count, size);
        rows.push([String(count), ...[rawMs, ourMs, ratio, rawCpuMs, ourCpuMs].map(digits)]);
        bars.push({ what: `sync of ${count}`, figure: ratio, unit: ' × raw driver', bar: 0.7, is: 'at least' });
      } finally {
        rmSync(directory, { recursive: true, force: true });
      }
    }
    const head = ['commands', 'raw driver, ms', 'sync, ms', 'ratio of speeds', 'CPU ms, raw', 'CPU ms, sync'];
    return { tables: [{ head, rows }], bars };
  },
};
