/** One PGlite for many runs: creating it takes seconds, and its tables a tenth of one. */
import { PGlite } from '@electric-sql/pglite';
import type { PostgresPool } from '../../../src/postgres.ts';
import { postgresStore } from '../../../src/postgres.ts';
import { pglitePool } from '../../support/pglite-pool.ts';

export type EmptiedPglite = Readonly<{
  database: PGlite;
  pool: PostgresPool;
  /** Empties the tables of the store, in the schema `auxilio`. */
  empty(): Promise<void>;
}>;

/** Empties all tables at once; the trigger that keeps events forbids it otherwise. */
const emptying = (tables: readonly string[]) => `
  ALTER TABLE auxilio.auxilio_events DISABLE TRIGGER auxilio_events_kept;
  TRUNCATE ${tables.join(', ')} RESTART IDENTITY;
  ALTER TABLE auxilio.auxilio_events ENABLE ALWAYS TRIGGER auxilio_events_kept;`;

export async function createEmptiedPglite(): Promise<EmptiedPglite> {
  const database = await PGlite.create();
  const pool = pglitePool(database);
  await postgresStore({ pool }).migrate();
  const { rows } = await database.query<{ name: string }>(
    `SELECT 'auxilio.' || tablename AS name FROM pg_tables WHERE schemaname = 'auxilio' AND tablename NOT IN ('auxilio_meta', 'auxilio_epochs')`,
  );
  const text = emptying(rows.map(({ name }) => name));
  return { database, pool, empty: async () => void (await database.exec(text)) };
}
