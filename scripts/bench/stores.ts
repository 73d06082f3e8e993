import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventStore } from '@castore/core';
import { InMemoryEventStorageAdapter } from '@castore/event-storage-adapter-in-memory';
import { DeciderCommandHandler, getInMemoryEventStore } from '@event-driven-io/emmett';
import { getPostgreSQLEventStore } from '@event-driven-io/emmett-postgresql';
import {
  type CastoreAggregate,
  castoreEventTypes,
  castoreReducer,
  createVisitDecider,
  decide,
  initialState,
  toEventDetail,
  type VisitCommand,
  visitDecider,
} from 'auxilio';
import { memoryStore } from 'auxilio/memory';
import { postgresStore } from 'auxilio/postgres';
import { createService, type VisitService } from 'auxilio/service';
import { sqliteStore } from 'auxilio/sqlite';
import { simulate } from 'auxilio/testing';
import pg from 'pg';
import { startPostgres } from '../../test/support/postgres.ts';
import type { Bar, Bench, Size, Table } from './bench.ts';
import { digits, median } from './interleave.ts';
import { rawSqlite } from './raw-sqlite.ts';

/** A visit that is to be carried out: its commands, and the rows that come of them. */
type Work = Readonly<{ commands: readonly VisitCommand[]; streamName: string; rows: readonly Row[] }>;
type Row = Readonly<{ messageId: string; text: string }>;

/** A runner of visits, and the resources that it holds open. */
type Contestant = Readonly<{ name: string; carryOut: (work: Work) => unknown; close?: () => unknown }>;

/** Some visits of a round of their own, as the service stores them. */
async function worksOf(round: number, visits: number): Promise<Work[]> {
  const store = memoryStore();
  const { handle } = createService({ store });
  const works: Work[] = [];
  for (const { commands: simulated, visitId } of simulate({ seed: round + 1, visits })) {
    const own = `${visitId}-${round}`;
    const commands = simulated.map(
      (command) => ({ ...command, data: { ...command.data, visitId: own } }) as VisitCommand,
    );
    for (const command of commands) await handle(command);
    const streamName = `visit-${own}`;
    works.push({ commands, streamName, rows: await store.readStored(streamName) });
  }
  return works;
}

const carryingOut =
  ({ handle }: VisitService) =>
  async ({ commands }: Work) => {
    for (const command of commands) if (!(await handle(command)).ok) throw new Error(`${command.type} is refused`);
  };

/** Commands a second and processor time a command, of contestants who take turns at the same visits. */
async function compete(contestants: readonly Contestant[], clients: number, rounds: number, visits: number) {
  const taken = new Map<string, { perSecond: number[]; cpuMs: number[] }>();
  for (const { name } of contestants) taken.set(name, { perSecond: [], cpuMs: [] });
  const warmUp = Math.ceil(rounds / 3);
  for (let round = 0; round < warmUp + rounds; round++) {
    const works = await worksOf(clients * 10_000 + round, visits);
    const count = works.reduce((sum, { commands }) => sum + commands.length, 0);
    for (let turn = 0; turn < contestants.length; turn++) {
      const { name, carryOut } = contestants[(round + turn) % contestants.length] as Contestant;
      const left = [...works];
      const cpuBefore = process.cpuUsage();
      const startedAt = performance.now();
      const client = async () => {
        for (let work = left.pop(); work !== undefined; work = left.pop()) await carryOut(work);
      };
      await Promise.all(Array.from({ length: clients }, client));
      const seconds = (performance.now() - startedAt) / 1000;
      const { user, system } = process.cpuUsage(cpuBefore);
      if (round < warmUp) continue;
      taken.get(name)?.perSecond.push(count / seconds);
      taken.get(name)?.cpuMs.push((user + system) / 1000 / count);
    }
  }
  return [...taken].map(([name, { perSecond, cpuMs }]) => ({
    name,
    perSecond: median(perSecond),
    cpuMs: median(cpuMs),
    ratioTo: (other: string) =>
      median(perSecond.map((one, round) => one / (taken.get(other)?.perSecond[round] ?? Number.NaN))),
  }));
}

type Result = Awaited<ReturnType<typeof compete>>;

function tableOf(title: string, floor: string, results: Result): Table {
  return {
    head: [title, 'commands/s', `${floor} = 1`, 'CPU ms a command'],
    rows: results.map(({ name, perSecond, cpuMs, ratioTo }) => [
      name,
      digits(perSecond),
      digits(ratioTo(floor)),
      digits(cpuMs),
    ]),
  };
}

function ratioOf(results: Result, name: string, floor: string): number {
  return results.find((result) => result.name === name)?.ratioTo(floor) ?? Number.NaN;
}

const RAW = 'raw driver';
const KEPT = 'auxilio';
const READ = 'auxilio, reading each visit whole';

/** A transaction for each row. */
function rawContestant(file: string): Contestant {
  const { database, select, insert, inTransaction } = rawSqlite(file);
  const carryOut = async ({ streamName, rows }: Work) => {
    for (const { messageId, text } of rows) {
      const { length } = select.all(streamName);
      inTransaction(() => insert.run(streamName, length + 1, messageId, text));
    }
  };
  return { name: RAW, carryOut, close: () => database.close() };
}

/** A transaction for the rows of a turn of the event loop. */
function groupedContestant(file: string): Contestant {
  const { database, select, insert, inTransaction } = rawSqlite(file);
  let waiting: (() => void)[] = [];
  const write = () => {
    const group = waiting;
    waiting = [];
    inTransaction(() => {
      for (const each of group) each();
    });
  };
  const carryOut = async ({ streamName, rows }: Work) => {
    for (const { messageId, text } of rows) {
      const { length } = select.all(streamName);
      await new Promise<void>((resolve) => {
        waiting.push(() => {
          insert.run(streamName, length + 1, messageId, text);
          resolve();
        });
        if (waiting.length === 1) setImmediate(write);
      });
    }
  };
  return { name: 'raw driver, a transaction a turn', carryOut, close: () => database.close() };
}

function sqliteContestants(directory: string): Contestant[] {
  const kept = sqliteStore({ file: join(directory, 'kept.sqlite') });
  const read = sqliteStore({ file: join(directory, 'read.sqlite') });
  return [
    rawContestant(join(directory, 'raw.sqlite')),
    groupedContestant(join(directory, 'grouped.sqlite')),
    { name: KEPT, carryOut: carryingOut(createService({ store: kept })), close: kept.close },
    { name: READ, carryOut: carryingOut(createService({ store: read, cacheSize: 0 })), close: read.close },
  ];
}

/** The guarded insert of a sensible engineer: the head is read, checked and gone past in one statement. */
const INSERT = `INSERT INTO raw_events (xid, stream, version, event_id, body)
  SELECT pg_current_xact_id()::text::bigint, $1::text, $2::bigint + 1, $3, $4
  WHERE $2 = coalesce((SELECT max(version) FROM raw_events WHERE stream = $1), 0)`;

async function postgresContestants(connectionString: string): Promise<Contestant[]> {
  const pool = () => new pg.Pool({ connectionString, max: 8 });
  const own = pool();
  await own.query(`CREATE TABLE IF NOT EXISTS raw_events (
    position bigint GENERATED ALWAYS AS IDENTITY, xid bigint NOT NULL, stream text COLLATE "C" NOT NULL,
    version bigint NOT NULL, event_id text COLLATE "C" NOT NULL UNIQUE, body text NOT NULL, PRIMARY KEY (stream, version))`);
  await own.query('CREATE UNIQUE INDEX IF NOT EXISTS raw_events_feed ON raw_events (xid, position)');
  const raw = async ({ streamName, rows }: Work) => {
    for (const { messageId, text } of rows) {
      const { rows: found } = await own.query('SELECT body FROM raw_events WHERE stream = $1 ORDER BY version', [
        streamName,
      ]);
      const { rowCount } = await own.query(INSERT, [streamName, found.length, messageId, text]);
      if (rowCount !== 1) throw new Error('A conflict');
    }
  };
  const [keptPool, readPool] = [pool(), pool()];
  const kept = createService({ store: postgresStore({ pool: keptPool, schema: 'kept' }) });
  const read = createService({ store: postgresStore({ pool: readPool, schema: 'read' }), cacheSize: 0 });
  const emmett = getPostgreSQLEventStore(connectionString);
  await emmett.schema.migrate();
  const decider = DeciderCommandHandler(createVisitDecider());
  const now = new Date();
  return [
    { name: RAW, carryOut: raw, close: () => own.end() },
    { name: KEPT, carryOut: carryingOut(kept), close: () => keptPool.end() },
    { name: READ, carryOut: carryingOut(read), close: () => readPool.end() },
    {
      name: 'Emmett 0.42',
      carryOut: async ({ commands, streamName }) => {
        for (const command of commands) {
          await decider(emmett, streamName, { ...command, metadata: { ...command.metadata, now } });
        }
      },
      close: () => emmett.close(),
    },
  ];
}

function memoryContestants(): Contestant[] {
  const emmett = getInMemoryEventStore();
  const decider = DeciderCommandHandler(visitDecider);
  const now = new Date();
  const castore = new EventStore({
    eventStoreId: 'VISITS',
    eventTypes: castoreEventTypes(),
    reducer: castoreReducer,
    eventStorageAdapter: new InMemoryEventStorageAdapter(),
  });
  return [
    { name: KEPT, carryOut: carryingOut(createService({ store: memoryStore() })) },
    { name: READ, carryOut: carryingOut(createService({ store: memoryStore(), cacheSize: 0 })) },
    {
      name: 'Emmett 0.42',
      carryOut: async ({ commands, streamName }) => {
        for (const command of commands)
          await decider(emmett, streamName, { ...command, metadata: { ...command.metadata, now } });
      },
    },
    {
      name: 'Castore 2.4',
      carryOut: async ({ commands, streamName }) => {
        for (const command of commands) {
          const { aggregate }: { aggregate: CastoreAggregate | undefined } = await castore.getAggregate(streamName);
          const decision = decide(command, aggregate?.visit ?? initialState());
          if (!decision.ok) throw new Error(`${command.type} is refused`);
          let version = aggregate?.version ?? 0;
          for (const event of decision.events) {
            version += 1;
            await castore.pushEvent({ aggregateId: streamName, version, ...toEventDetail(event) });
          }
        }
      },
    },
  ];
}

/** The batches of a phone that was offline: the commands of a visit at once, and the events of many visits in one append. */
async function ingestion(directory: string, size: Size): Promise<Table> {
  const works = await worksOf(77, size === 'quick' ? 40 : 400);
  const count = works.reduce((sum, { commands }) => sum + commands.length, 0);
  const seconds = async (work: () => Promise<unknown>) => {
    const startedAt = performance.now();
    await work();
    return (performance.now() - startedAt) / 1000;
  };
  const [one, many, events] = ['one', 'many', 'events'].map((name) =>
    sqliteStore({ file: join(directory, `${name}.sqlite`) }),
  );
  if (!one || !many || !events) throw new Error('There is no store');
  const singly = await seconds(() =>
    works.reduce((done, work) => done.then(() => carryingOut(createService({ store: one }))(work)), Promise.resolve()),
  );
  const batch = createService({ store: many });
  const visitwise = await seconds(async () => {
    for (const { commands } of works) await batch.handleBatch(commands);
  });
  const appended = await seconds(async () => {
    const all = works.flatMap(({ rows }) => rows.map(({ text }) => JSON.parse(text)));
    for (let from = 0; from < all.length; from += 1000)
      await events.appendToStream(`imported-${from}`, all.slice(from, from + 1000));
  });
  await Promise.all([one.close(), many.close(), events.close()]);
  return {
    head: ['SQLite, one client', 'commands or events/s'],
    rows: [
      ['a command at a time', digits(count / singly)],
      ['the commands of a visit in one batch', digits(count / visitwise)],
      ['events in appends of 1,000', digits(count / appended)],
    ],
  };
}

export const storing: Bench = {
  name: 'stores',
  title: 'Commands a second',
  says:
    'The commands of simulated visits, handled: loaded, decided, appended, on disk. The raw driver does the same\n' +
    'reads and writes at the same durability without deciding: it reads the rows of the visit and inserts the rows\n' +
    'that the service would. Emmett and Castore have the same decider, and store neither command ids nor hashes.\n' +
    'Alternating, each round with new visits.',
  async run(size) {
    const directory = mkdtempSync(join(tmpdir(), 'auxilio-bench-'));
    const [rounds, visits] = size === 'quick' ? [3, 8] : [21, 24];
    const server = await startPostgres();
    const tables: Table[] = [];
    const bars: Bar[] = [];
    const closing: (() => unknown)[] = [];
    const measure = async (title: string, contestants: readonly Contestant[], clients: number, floor: string) => {
      const results = await compete(contestants, clients, rounds, visits);
      tables.push(tableOf(`${title}, ${clients === 1 ? 'one client' : `${clients} clients`}`, floor, results));
      return results;
    };
    try {
      const sqlite = sqliteContestants(directory);
      const postgres = await postgresContestants(server.connectionString);
      closing.push(...[...sqlite, ...postgres].flatMap(({ close }) => close ?? []));
      for (const clients of [1, 8]) {
        const results = await measure('SQLite', sqlite, clients, RAW);
        bars.push({
          what: `SQLite, ${clients} at a time`,
          figure: ratioOf(results, KEPT, RAW),
          unit: ' × raw driver',
          bar: clients === 1 ? 0.6 : 1.3,
          is: 'at least',
        });
      }
      for (const clients of [1, 8]) {
        const results = await measure('Postgres', postgres, clients, RAW);
        bars.push({
          what: `Postgres, ${clients} at a time`,
          figure: ratioOf(results, KEPT, RAW),
          unit: ' × raw driver',
          bar: 0.7,
          is: 'at least',
        });
      }
      await measure('In memory', memoryContestants(), 1, KEPT);
      tables.push(await ingestion(directory, size));
    } finally {
      for (const close of closing) await close();
      await server.stop();
      rmSync(directory, { recursive: true, force: true });
    }
    return { tables, bars };
  },
};
