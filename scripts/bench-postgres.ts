/**
 * Appends of one event at an expected version, through the store and through pg alone doing the same insert at the same
 * durability: one statement that reads the head, checks it and inserts, into a table with the same indexes. In turns,
 * at 1 and 8 clients; prints the medians of appends a second and their ratio.
 *
 *   npx tsx scripts/bench-postgres.ts                  nine rounds of two seconds each
 *   npx tsx scripts/bench-postgres.ts --rounds 3 --seconds 0.5
 *   npx tsx scripts/bench-postgres.ts --no-fsync       what it costs beside the disk
 */
import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import { postgresStore } from 'auxilio/postgres';
import pg from 'pg';
import { startPostgres } from '../test/support/postgres.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '9' },
    seconds: { type: 'string', default: '2' },
    'no-fsync': { type: 'boolean', default: false },
  },
});
const rounds = Number(values.rounds);
const durationMs = Number(values.seconds) * 1000;

/** Appends one event to a stream at that version. */
type Append = (stream: string, version: number) => Promise<unknown>;

const data = {
  visitId: 'v-1',
  at: '2026-03-17T14:00:00.000Z',
  kind: 'smoking',
  detail: 'a sentence of some length, as people write it about a visit',
};
const event = () => ({
  type: 'ConductBreachReported',
  data,
  metadata: { eventId: randomUUID(), commandId: randomUUID() },
});

const server = await startPostgres(values['no-fsync'] ? { fsync: 'off' } : {});
const pool = new pg.Pool({ connectionString: server.connectionString, max: 8 });
await pool.query(`CREATE TABLE raw_events (
  position bigint GENERATED ALWAYS AS IDENTITY, xid bigint NOT NULL, stream text COLLATE "C" NOT NULL,
  version bigint NOT NULL, event_id text COLLATE "C" NOT NULL UNIQUE, body text NOT NULL, PRIMARY KEY (stream, version))`);
await pool.query('CREATE UNIQUE INDEX ON raw_events (xid, position)');

const insert = `INSERT INTO raw_events (xid, stream, version, event_id, body)
  SELECT pg_current_xact_id()::text::bigint, $1::text, $2::bigint + 1, $3, $4
  WHERE $2 = coalesce((SELECT max(version) FROM raw_events WHERE stream = $1), 0) RETURNING position, version`;

const raw: Append = async (stream, version) => {
  const written = event();
  const { rowCount } = await pool.query(insert, [stream, version, written.metadata.eventId, JSON.stringify(written)]);
  if (rowCount !== 1) throw new Error('a conflict');
};

const store = postgresStore({ pool });
const ours: Append = (stream, version) =>
  store.appendToStream(stream, [event()], { expectedStreamVersion: BigInt(version) });

/** Appends a second, of so many clients that each write streams of 20 events. */
async function measured(append: Append, clients: number): Promise<number> {
  const begun = performance.now();
  let appended = 0;
  const client = async () => {
    while (performance.now() - begun < durationMs) {
      const stream = randomUUID();
      for (let version = 0; version < 20 && performance.now() - begun < durationMs; version++) {
        await append(stream, version);
        appended++;
      }
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  return appended / ((performance.now() - begun) / 1000);
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((one, other) => one - other)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}

for (const append of [raw, ours]) await measured(append, 8);
for (const clients of [1, 8]) {
  const pairs: { ours: number; raw: number }[] = [];
  for (let round = 0; round < rounds; round++) {
    const first = round % 2 === 0 ? ours : raw;
    const one = await measured(first, clients);
    const other = await measured(first === ours ? raw : ours, clients);
    pairs.push(first === ours ? { ours: one, raw: other } : { ours: other, raw: one });
  }
  const figures = {
    clients,
    ours: Math.round(median(pairs.map((pair) => pair.ours))),
    raw: Math.round(median(pairs.map((pair) => pair.raw))),
    ratio: Number(median(pairs.map((pair) => pair.ours / pair.raw)).toFixed(2)),
  };
  console.log(JSON.stringify(figures));
}
await store.close();
await pool.end();
await server.stop();
