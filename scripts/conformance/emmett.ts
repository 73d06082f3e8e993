/** Emmett's stores for the suite: as they are, since its port is the one that ours is shaped after. */
import { getInMemoryEventStore } from '@event-driven-io/emmett';
import {
  defaultTag,
  getPostgreSQLEventStore,
  type PostgresEventStore,
  readMessagesBatch,
} from '@event-driven-io/emmett-postgresql';
import type { OpenedStore, StoreHost } from 'auxilio/testing';
import pg from 'pg';
import type { EventShape, EventStore, FeedEvent } from '../../src/stores/event-store.ts';
import type { PostgresServer } from '../../test/support/postgres.ts';

/** The methods of a store of Emmett 0.42, by its types. It lacks the conflicts, refusals, ids and texts of our port. */
const ofItsPort = [
  'expectations',
  'racing',
  'reading',
  'ranges',
  'aggregate',
  'names',
  'fidelity',
  'isolation',
] as const;

export const emmettMemory: StoreHost = {
  capabilities: ofItsPort,
  open: () => ({ store: getInMemoryEventStore() as unknown as EventStore }),
};

type Handle = OpenedStore & { readonly connectionString: string };

let databases = 0;

async function asked<T>(connectionString: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** A store in a database of its own. */
async function inDatabase(connectionString: string): Promise<Handle> {
  // A pool of the host: with one of Emmett's own, a server that drops a connection ends the process.
  const pool = new pg.Pool({ connectionString });
  pool.on('error', () => undefined).on('connect', (client) => client.on('error', () => undefined));
  const store = getPostgreSQLEventStore(connectionString, { connectionOptions: { pool, pooled: true } });
  await store.schema.migrate();
  const close = async () => {
    await Promise.all([store.close().catch(() => undefined), pool.ending ? undefined : pool.end()]);
  };
  return { connectionString, store: withFeed(store, pool), close };
}

const cursorOf = (position: bigint) => String(position).padStart(19, '0');

/** The messages that its consumers read, and their checkpoint position. */
function withFeed(store: PostgresEventStore, pool: pg.Pool): EventStore {
  const execute = { query: (sql: string) => pool.query(sql) } as unknown as Parameters<typeof readMessagesBatch>[0];
  async function readFeed({ after = null, maxCount = 500 }: { after?: string | null; maxCount?: number } = {}) {
    const { messages } = await readMessagesBatch(execute, { after: BigInt(after ?? 0), batchSize: maxCount });
    return messages.map(({ type, data, metadata }): FeedEvent => {
      const { messageId, streamName, streamPosition, globalPosition, ...own } = metadata as typeof metadata & object;
      const text = JSON.stringify({ type, data, metadata: own });
      return { messageId, streamName, streamPosition, globalPosition, text, cursor: cursorOf(globalPosition) };
    });
  }
  return Object.assign(store, { readFeed }) as unknown as EventStore;
}

const append = 'SELECT emt_append_to_stream($1, $2::jsonb[], $3::jsonb[], $4, $5, $6, $7, $8, NULL, $9)';

/** Begins an append with the function that the store calls, and leaves it open. */
async function held(connectionString: string, streamName: string, events: readonly EventShape[], written: boolean) {
  const client = new pg.Client({ connectionString });
  client.on('error', () => undefined);
  await client.connect();
  const of = (part: (event: EventShape, n: number) => unknown) => events.map(part);
  const write = () =>
    client.query(append, [
      of((_, n) => `${streamName}-${n}`),
      of(({ data }) => JSON.stringify(data)),
      of(({ metadata }) => JSON.stringify(metadata ?? {})),
      of(() => '1'),
      of(({ type }) => type),
      of(() => 'E'),
      ...[streamName, 'held', defaultTag],
    ]);
  await client.query('BEGIN');
  await (written ? write() : client.query('SELECT pg_current_xact_id()'));
  const end = async (how: 'COMMIT' | 'ROLLBACK') => {
    await client.query(how);
    await client.end();
  };
  const commit = async () => {
    if (!written) await write();
    await end('COMMIT');
  };
  return { commit, rollback: () => end('ROLLBACK') };
}

export function emmettPostgres(server: PostgresServer): StoreHost<Handle> {
  return {
    capabilities: [...ofItsPort, 'positions', 'feed', 'held', 'handles', 'reopen', 'crash'],
    async open() {
      databases += 1;
      const name = `emmett_${databases}`;
      await asked(server.connectionString, (client) => client.query(`CREATE DATABASE ${name}`));
      return inDatabase(server.connectionString.replace(/[^/]+$/, name));
    },
    second: ({ connectionString }) => inDatabase(connectionString),
    reopen: ({ connectionString }) => inDatabase(connectionString),
    async crash({ connectionString }) {
      await server.down('immediate');
      await server.up();
      return inDatabase(connectionString);
    },
    hold: ({ connectionString }, streamName, events, state) =>
      held(connectionString, streamName, events, state === 'written'),
    discard: ({ connectionString }) => {
      const name = connectionString.split('/').at(-1);
      return asked(server.connectionString, (client) => client.query(`DROP DATABASE ${name} WITH (FORCE)`));
    },
  };
}
