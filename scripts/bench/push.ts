import { setTimeout as pause } from 'node:timers/promises';
import { memoryStore } from 'auxilio/memory';
import { type PostgresStore, postgresStore } from 'auxilio/postgres';
import { createService, type StreamBatch, type SubscribableStore, subscribe } from 'auxilio/service';
import { simulate } from 'auxilio/testing';
import pg from 'pg';
import { startPostgres } from '../../test/support/postgres.ts';
import type { Bench, Size } from './bench.ts';
import { digits, median } from './interleave.ts';

const BOARDS = 50;
const CLIENTS = 8;

/** A pool that counts what is sent to the server. */
function countingPool(connectionString: string) {
  const counted = { queries: 0 };
  const pool = new pg.Pool({ connectionString });
  pool.on('connect', (client) => {
    const query = client.query.bind(client) as (...given: unknown[]) => unknown;
    client.query = ((...given: unknown[]) => {
      counted.queries += 1;
      return query(...given);
    }) as never;
  });
  return { pool, counted };
}

/** An event as the service stores it. */
async function makeEvent(): Promise<Readonly<{ type: string; data: object }>> {
  const store = memoryStore();
  const [visit] = simulate({ visits: 1, seed: 1 });
  const [first] = visit?.commands ?? [];
  if (first !== undefined) await createService({ store }).handle(first);
  const [stored] = await store.readFeed({ maxCount: 1 });
  const { type, data } = JSON.parse(stored?.text ?? '');
  return { type, data };
}

const event = await makeEvent();

/** Milliseconds from each acknowledged append of one process to its handler in another, at 5 appends a second. */
async function measureDelays(writer: PostgresStore, reader: PostgresStore, count: number): Promise<number[]> {
  const ending = new AbortController();
  const seen = new Map<string, () => void>();
  const handle = ({ events }: StreamBatch) => {
    for (const { metadata } of events) seen.get(metadata.messageId)?.();
  };
  const following = subscribe({
    store: reader as SubscribableStore,
    consumer: 'delays',
    handle,
    signal: ending.signal,
  });
  await pause(1000);
  const delays: number[] = [];
  for (let n = 0; n < count; n++) {
    const handled = new Promise<number>((resolve) => seen.set(`delay-${n}`, () => resolve(performance.now())));
    await writer.appendToStream(`delays-${n % 7}`, [{ ...event, metadata: { eventId: `delay-${n}` } }]);
    const committedAt = performance.now();
    delays.push(Math.max(0, (await handled) - committedAt));
    await pause(400 * Math.random());
  }
  ending.abort();
  await following;
  return delays.sort((one, other) => one - other);
}

/** The queries a second of subscriptions of one process to which nothing happens. */
async function measureIdle(connectionString: string, seconds: number): Promise<number> {
  const { pool, counted } = countingPool(connectionString);
  const store = postgresStore({ pool, schema: 'idle' });
  const boards = Array.from({ length: BOARDS }, (_, n) => {
    const ending = new AbortController();
    const ended = subscribe({ store, consumer: `board-${n}`, handle: () => undefined, signal: ending.signal });
    return { ended, end: () => ending.abort() };
  });
  await pause(3000);
  counted.queries = 0;
  await pause(1000 * seconds);
  const perSecond = counted.queries / seconds;
  for (const { end } of boards) end();
  await Promise.all(boards.map(({ ended }) => ended));
  await store.close();
  await pool.end();
  return perSecond;
}

/** Appends a second of a store with push against one whose messages are not sent, in rounds that take turns. */
async function measureAppends(connectionString: string, rounds: number, appends: number): Promise<number[]> {
  const pushing = postgresStore({ connectionString, schema: 'pushing' });
  const silent = new pg.Pool({ connectionString });
  silent.on('connect', (client) => {
    const query = client.query.bind(client) as (...given: unknown[]) => unknown;
    client.query = ((given: { text?: string }, ...more: unknown[]) =>
      given.text?.includes('pg_notify') ? Promise.resolve({ rows: [] }) : query(given, ...more)) as never;
  });
  const stores = { pushing, silent: postgresStore({ pool: silent, schema: 'silent' }) };
  const run = async (store: PostgresStore, round: number) => {
    const startedAt = performance.now();
    const client = async (n: number) => {
      for (let at = 0; at < appends / CLIENTS; at++) await store.appendToStream(`${round}-${n}`, [event]);
    };
    await Promise.all(Array.from({ length: CLIENTS }, (_, n) => client(n)));
    return performance.now() - startedAt;
  };
  const ratios: number[] = [];
  for (let round = 0; round < rounds + 1; round++) {
    const names = round % 2 === 0 ? (['pushing', 'silent'] as const) : (['silent', 'pushing'] as const);
    const taken = { pushing: 0, silent: 0 };
    for (const name of names) taken[name] = await run(stores[name], round);
    if (round > 0) ratios.push(taken.silent / taken.pushing);
  }
  await Promise.all([stores.pushing.close(), stores.silent.close()]);
  await silent.end();
  return ratios;
}

async function measure(size: Size) {
  const isQuick = size === 'quick';
  const server = await startPostgres();
  const { connectionString } = server;
  const [writer, reader] = [postgresStore({ connectionString }), postgresStore({ connectionString })];
  try {
    await writer.migrate();
    const delays = await measureDelays(writer, reader, isQuick ? 10 : 120);
    const [p50, p99] = [0.5, 0.99].map((share) => delays[Math.ceil(share * delays.length) - 1] ?? Number.NaN);
    const idle = await measureIdle(connectionString, isQuick ? 3 : 20);
    const ratio = median(await measureAppends(connectionString, isQuick ? 1 : 8, isQuick ? 80 : 1200));
    return { p50: p50 as number, p99: p99 as number, longest: delays.at(-1) ?? Number.NaN, idle, ratio };
  } finally {
    await Promise.all([writer.close(), reader.close()]);
    await server.stop();
  }
}

export const pushing: Bench = {
  name: 'push',
  title: 'Push on Postgres',
  says:
    'Two processes on one PostgreSQL: one appends five times a second, at random moments, and a subscription of the other handles the\n' +
    'events. Then fifty subscriptions of one process to which nothing happens; and appends of eight clients with and without the messages.',
  async run(size) {
    const { p50, p99, longest, idle, ratio } = await measure(size);
    return {
      tables: [
        {
          head: ['committed to handled', 'ms'],
          rows: [
            ['half within', digits(p50)],
            ['99 of 100 within', digits(p99)],
            ['the longest', digits(longest)],
          ],
        },
      ],
      bars: [
        { what: 'committed to handled, p50', figure: p50, unit: ' ms', bar: 10, is: 'at most' },
        { what: 'committed to handled, p99', figure: p99, unit: ' ms', bar: 100, is: 'at most' },
        { what: 'queries a second of fifty subscriptions that are idle', figure: idle, bar: 1, is: 'at most' },
        { what: 'appends with push, against none', figure: ratio, bar: 0.97, is: 'at least' },
      ],
    };
  },
};
