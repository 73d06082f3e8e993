/** The host of a Postgres store for the store suite. */
import { setTimeout as pause } from 'node:timers/promises';
import type { HeldAppend, StoreHost } from 'auxilio/testing';
import pg from 'pg';
import type { PostgresStore, PostgresTransaction } from '../../src/postgres.ts';
import type { PostgresServer } from '../support/postgres.ts';
import { promotedCopy } from '../support/promoted-copy.ts';
import { startProcess } from './files.ts';
import { patientStore } from './patient-store.ts';
import { allBut } from './suite.ts';

type Handle = { schema: string; store: PostgresStore; close: () => Promise<void> };

let schemas = 0;

/** An unused schema. */
export const freshSchema = (): string => `test_${process.pid}_${++schemas}`;

/** Runs `work` with a connection beside those of the store. */
export async function beside<T>({ connectionString }: PostgresServer, work: (client: pg.Client) => Promise<T>) {
  const client = new pg.Client({ connectionString });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Answers once a connection that works in that schema waits: for a lock, or asleep. */
export async function untilWaiting(server: PostgresServer, schema: string, what: 'Lock' | 'Timeout'): Promise<void> {
  await beside(server, async (client) => {
    const waiting = `SELECT FROM pg_stat_activity WHERE state = 'active' AND wait_event_type = $1 AND query LIKE $2`;
    while ((await client.query(waiting, [what, `%${schema}%`])).rowCount === 0) await pause(5);
  });
}

/** Begins an append as another writer would, and leaves it open. */
export async function holdAppend(
  { connectionString }: PostgresServer,
  schema: string,
  streamName: string,
  events: readonly object[],
): Promise<HeldAppend> {
  const client = new pg.Client({ connectionString });
  client.on('error', () => undefined);
  await client.connect();
  const ids = events.map((event) => (event as { metadata: { eventId: string } }).metadata.eventId);
  const bodies = events.map((event) => JSON.stringify(event));
  await client.query('BEGIN');
  const { rows } = await client.query(
    `SELECT ${schema}.auxilio_add($1, NULL, NULL, $2, $3, '{}', '{}', '{}', '5000') AS answer`,
    [streamName, ids, bodies],
  );
  if (!rows[0]?.answer.startsWith('appended')) throw new Error(`the append was not begun: ${rows[0]?.answer}`);
  const end = (how: 'COMMIT' | 'ROLLBACK') => async () => {
    await client.query(how);
    await client.end();
  };
  return { commit: end('COMMIT'), rollback: end('ROLLBACK') };
}

/** Ways to change or to remove an event, by one who may do all. */
export const changes = (s: string) => [
  `UPDATE ${s}.auxilio_events SET body = '{}'`,
  `UPDATE ${s}.auxilio_events SET version = 9 WHERE stream = 'a' AND version = 3`,
  `UPDATE ${s}.auxilio_events SET body = body WHERE false`,
  `DELETE FROM ${s}.auxilio_events`,
  `DELETE FROM ${s}.auxilio_events WHERE stream = 'a' AND version = 3`,
  `TRUNCATE ${s}.auxilio_events`,
  `TRUNCATE ${s}.auxilio_events CASCADE`,
  `WITH gone AS (DELETE FROM ${s}.auxilio_events RETURNING *) SELECT * FROM gone`,
  `INSERT INTO ${s}.auxilio_events (xid, stream, version, event_id, body) VALUES (1, 'a', 4, 'event-1', '{}')
    ON CONFLICT (event_id) DO UPDATE SET body = excluded.body`,
  `INSERT INTO ${s}.auxilio_events (xid, stream, version, event_id, body) VALUES (1, 'a', 1, 'new', '{}')`,
  `INSERT INTO ${s}.auxilio_events (xid, stream, version, event_id, body) VALUES (1, 'a', 4, 'event-1', '{}')`,
  `MERGE INTO ${s}.auxilio_events e USING (SELECT 1) AS one ON e.stream = 'a' WHEN MATCHED THEN DELETE`,
  `SET session_replication_role = replica; DELETE FROM ${s}.auxilio_events`,
];

/**
 * All capabilities of the store, on that server. A store connects on first use, so processes create the tables
 * concurrently.
 */
export function postgresHost(server: () => PostgresServer) {
  let current = ''; // of the case that runs: an effect gets a transaction and nothing else
  const open = (schema = freshSchema()): Handle => {
    const store = patientStore({ connectionString: server().connectionString, schema });
    current = schema;
    return { schema, store, close: store.close };
  };
  const again = ({ schema }: Handle) => open(schema);
  return {
    capabilities: allBut(),
    open: () => open(),
    second: again,
    reopen: again,
    async copy({ schema }) {
      const { connectionString, stop } = await promotedCopy(server());
      const store = patientStore({ connectionString, schema });
      return { schema, store, close: () => store.close().then(stop) };
    },
    async crash(first) {
      await server().down('immediate');
      await server().up();
      return again(first);
    },
    hold: ({ schema }, streamName, events) => holdAppend(server(), schema, streamName, events),
    notes: {
      async write(transaction: PostgresTransaction, note: string) {
        await transaction.query(`CREATE TABLE IF NOT EXISTS ${current}.notes (n serial, note text)`);
        await transaction.query(`INSERT INTO ${current}.notes (note) VALUES ($1)`, [note]);
      },
      read: ({ schema }) =>
        beside(server(), async (client) => {
          const made = await client.query('SELECT to_regclass($1) AS made', [`${schema}.notes`]);
          if (made.rows[0]?.made === null) return [];
          const { rows } = await client.query(`SELECT note FROM ${schema}.notes ORDER BY n`);
          return rows.map(({ note }) => String(note));
        }),
    },
    process: ({ schema }, task) => startProcess('postgres-task.ts', server().connectionString, schema, task),
    tamper: ({ schema }) =>
      Object.fromEntries(changes(schema).map((sql) => [sql, () => beside(server(), (client) => client.query(sql))])),
  } satisfies StoreHost<Handle>;
}
