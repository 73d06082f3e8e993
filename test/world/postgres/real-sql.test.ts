/** The real SQL in the world: PGlite under seeds, which leave it in the state in which they leave the model. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { postgresStore } from '../../../src/postgres.ts';
import { runWorld } from '../run.ts';
import { formatStory } from '../story.ts';
import { createCluster } from './cluster.ts';
import { createEmptiedPglite, type EmptiedPglite } from './emptied-pglite.ts';
import { createHeldDatabase } from './held-database.ts';
import { compareText, type Row } from './state.ts';

const SEEDS = 50;
const TABLES = ['names', 'checkpoints', 'parked', 'rows', 'generations'] as const;

let real: EmptiedPglite;
beforeAll(async () => {
  real = await createEmptiedPglite();
});
afterAll(() => real.database.close());

/** The rows of all tables, without the numbers of transactions, which differ: their order is that of the events; nor the epochs. */
type Dump = Readonly<Record<string, readonly string[]>>;

/** A value without what a server makes by chance: the transaction of a cursor, and the epoch that a list names. */
function withoutChance(name: string, value: string | null): string | null {
  if (name === 'cursor') return value?.split('-')[1] ?? null;
  return name === 'body' ? (value?.replace(/^\{"epoch":"\w+"\}$/, '{"epoch"}') ?? null) : value;
}

function toDump(events: readonly object[], tables: Readonly<Record<string, readonly object[]>>): Dump {
  const line = (row: object) =>
    JSON.stringify(
      Object.entries(row)
        .filter(([name]) => name !== 'whole_cursor')
        .map(([name, value]) => [name, withoutChance(name, value === null ? null : String(value))])
        .sort(),
    );
  const sorted = Object.entries(tables).map(([name, rows]) => [name, rows.map(line).sort(compareText)]);
  return { events: events.map(line), ...Object.fromEntries(sorted) };
}

async function dumpReal(): Promise<Dump> {
  const read = async (text: string) => (await real.database.query<Row>(text)).rows;
  const events = 'position, stream, version, event_id, body FROM auxilio.auxilio_events ORDER BY xid, position';
  const tables = TABLES.map(async (name) => [name, await read(`SELECT * FROM auxilio.auxilio_${name}`)] as const);
  return toDump(await read(`SELECT ${events}`), Object.fromEntries(await Promise.all(tables)));
}

function dumpModel(cluster: ReturnType<typeof createCluster>): Dump {
  const schema = cluster.server('a').running()?.state.schemas.get('auxilio');
  const events = (schema?.feed ?? []).map(({ xid: _, ...row }) => row);
  return toDump(
    events,
    Object.fromEntries(TABLES.map((name) => [name, [...(schema?.tables.get(name)?.values() ?? [])]])),
  );
}

it.each(Array.from({ length: SEEDS }, (_, n) => n + 1))(
  'seed %i ends alike on PGlite and on the model',
  async (seed) => {
    await real.empty();
    const cluster = createCluster();
    await postgresStore({ pool: cluster.pool() }).migrate(); // as PGlite is
    const modelled = await runWorld({ seed, database: createHeldDatabase(cluster.pool({ max: 1 })) });
    const outcome = await runWorld({ seed, database: createHeldDatabase(real.pool) });
    expect(outcome.failures, formatStory(seed, outcome)).toEqual([]);
    expect(await dumpReal()).toEqual(dumpModel(cluster));
    expect(outcome.hash).toBe(modelled.hash);
  },
);
