/** `auxilio/postgres`: the suite of the store over PGlite, PostgreSQL in WebAssembly, as far as one connection shows it. */
import { PGlite } from '@electric-sql/pglite';
import { postgresStore } from 'auxilio/postgres';
import { storeConformance } from 'auxilio/testing';
import { pglitePool } from '../../../test/support/pglite-pool.ts';
import { runCases } from './support.ts';

export async function check(): Promise<string> {
  const database = await PGlite.create();
  let schemas = 0;
  const cases = storeConformance({
    capabilities: ['append', 'expectations', 'conflicts', 'lastEventId', 'idempotency', 'stored', 'feed', 'consumers'],
    open: () => ({ store: postgresStore({ pool: pglitePool(database), schema: `store_${++schemas}` }) }),
  }).cases;
  const count = await runCases(cases);
  await database.close();
  return `${count} cases`;
}
