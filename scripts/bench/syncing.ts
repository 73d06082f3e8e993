import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { VisitCommand } from 'auxilio';
import { memoryStore } from 'auxilio/memory';
import { createService, type SyncRequest, type VisitService } from 'auxilio/service';
import { sqliteStore } from 'auxilio/sqlite';
import { plainVisit } from 'auxilio/testing';
import Database from 'better-sqlite3';
import type { Bar, Bench, Size } from './bench.ts';
import { digits, median } from './interleave.ts';
import { rawSqlite } from './raw-sqlite.ts';

type Row = Readonly<{ messageId: string; text: string; event: object }>;

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
  const stored = await store.readStored(streamName);
  const rows = stored.map(({ messageId, text }) => ({ messageId, text, event: JSON.parse(text) }));
  return { streamName, assignment, request, rows };
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

/** A contestant: assigns visits, and answers with what their batches take. */
type Contestant = Readonly<{ carryOut: (works: readonly Work[]) => Promise<Taken>; close: () => unknown }>;

function ours(file: string): Contestant {
  const store = sqliteStore({ file });
  const service = createService({ store });
  const carryOut = async (works: readonly Work[]) => {
    for (const { assignment } of works) await service.handle(assignment);
    return timed(works, ({ request }) => syncAll(service, request));
  };
  return { carryOut, close: store.close };
}

/** The statements of the raw driver, and the text of an event's row. */
type Raw = Omit<ReturnType<typeof rawSqlite>, 'database'> &
  Readonly<{ database: { close: () => unknown }; textOf: (row: Row) => string }>;

function rawContestant({ database, select, insert, inTransaction, textOf }: Raw): Contestant {
  const insertAfter = ({ streamName, rows }: Work, length: number, to?: number) => {
    rows.slice(length, to).forEach((row, nth) => {
      insert.run(streamName, length + nth + 1, row.messageId, textOf(row));
    });
  };
  const carryOut = async (works: readonly Work[]) => {
    for (const work of works) insertAfter(work, 0, 1);
    return timed(works, (work) => {
      const { length } = select.all(work.streamName);
      inTransaction(() => insertAfter(work, length));
    });
  };
  return { carryOut, close: () => database.close() };
}

/** Appends events to the tables that the store makes. */
async function rawOnTables(file: string): Promise<Contestant> {
  await sqliteStore({ file }).close();
  const database = new Database(file);
  database.pragma('synchronous = FULL');
  return rawContestant({
    database,
    select: database.prepare('SELECT body FROM auxilio_events WHERE stream = ? ORDER BY version'),
    insert: database.prepare('INSERT INTO auxilio_events (stream, version, event_id, body) VALUES (?, ?, ?, ?)'),
    inTransaction: (work) => {
      database.exec('BEGIN IMMEDIATE');
      work();
      database.exec('COMMIT');
    },
    textOf: ({ event }) => JSON.stringify(event),
  });
}

/** The contestants, on files of their own. */
const contestants = async (directory: string) => ({
  ours: ours(join(directory, 'sync.sqlite')),
  raw: await rawOnTables(join(directory, 'raw.sqlite')),
  texts: rawContestant({ ...rawSqlite(join(directory, 'texts.sqlite')), textOf: ({ text }) => text }),
});

async function measure(directory: string, count: number, size: Size) {
  const all = await contestants(directory);
  const names = ['ours', 'raw', 'texts'] as const;
  const [rounds, visits] = size === 'quick' ? [3, 5] : [25, 60];
  // A server that has been up for a while: the first thousand batches of one command take three times the processor's time.
  const warmUp = rounds;
  const taken: Record<(typeof names)[number], Taken>[] = [];
  for (let nth = 0; nth < warmUp + rounds; nth += 1) {
    const works = await Promise.all(Array.from({ length: visits }, (_, index) => workOf(`v-${nth}-${index}`, count)));
    const one: Partial<(typeof taken)[number]> = {};
    for (const turn of names.keys()) {
      const name = names[(nth + turn) % names.length] as (typeof names)[number];
      one[name] = await all[name].carryOut(works);
    }
    if (nth >= warmUp) taken.push(one as (typeof taken)[number]);
  }
  for (const name of names) await all[name].close();
  return {
    rawMs: median(taken.map(({ raw }) => raw.ms)),
    ourMs: median(taken.map(({ ours }) => ours.ms)),
    ratio: median(taken.map(({ ours, raw }) => raw.ms / ours.ms)),
    rawCpuMs: median(taken.map(({ raw }) => raw.cpuMs)),
    ourCpuMs: median(taken.map(({ ours }) => ours.cpuMs)),
    ratioToTexts: median(taken.map(({ ours, texts }) => texts.ms / ours.ms)),
  };
}

export const syncing: Bench = {
  name: 'sync',
  title: 'Sync a batch',
  says:
    'Batches of a visit that is assigned, all accepted, through `sync` of a service over SQLite, against the raw driver, which\n' +
    'appends the same events at the same durability, in turn: it reads the stream, writes the events as JSON and inserts them in\n' +
    'one transaction, into tables that the store made, with their columns, indices and the trigger that keeps a log append-only.\n' +
    'It neither parses nor judges, and derives no ids and hashes: it is given them. Both wait for the disk once a batch. The last\n' +
    'column is against the driver that is given the texts, too, and inserts them into a table of the same columns and indices\n' +
    'without a trigger.',
  async run(size) {
    const rows: string[][] = [];
    const bars: Bar[] = [];
    for (const count of [1, 8, 23]) {
      const directory = mkdtempSync(join(tmpdir(), 'auxilio-bench-'));
      try {
        const { rawMs, ourMs, ratio, rawCpuMs, ourCpuMs, ratioToTexts } = await measure(directory, count, size);
        rows.push([String(count), ...[rawMs, ourMs, ratio, rawCpuMs, ourCpuMs, ratioToTexts].map(digits)]);
        bars.push({ what: `sync of ${count}`, figure: ratio, unit: ' × raw driver', bar: 0.6, is: 'at least' });
      } finally {
        rmSync(directory, { recursive: true, force: true });
      }
    }
    const head = [
      'commands',
      'raw driver, ms',
      'sync, ms',
      'ratio of speeds',
      'CPU ms, raw',
      'CPU ms, sync',
      'ratio to texts alone',
    ];
    return { tables: [{ head, rows }], bars };
  },
};
