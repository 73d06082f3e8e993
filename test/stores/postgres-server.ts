import pg from 'pg';
import { afterAll, beforeAll, onTestFinished } from 'vitest';
import type { PostgresStore, PostgresStoreOptions } from '../../src/postgres.ts';
import { type PostgresServer, startPostgres } from '../support/postgres.ts';
import { events } from './cases.ts';
import { patientStore } from './patient-store.ts';
import { freshSchema } from './postgres-host.ts';

/** The server of this file of tests, which is there while they run. */
export function serverOfFile(settings: Readonly<Record<string, string>> = {}): () => PostgresServer {
  let server: PostgresServer | undefined;
  beforeAll(async () => {
    server = await startPostgres(settings);
  });
  afterAll(() => server?.stop());
  return () => {
    if (server === undefined) throw new Error('the server has not started');
    return server;
  };
}

/** A store that is closed after the test. */
export function openedPostgres(options: PostgresStoreOptions): PostgresStore {
  const store = patientStore(options);
  onTestFinished(() => store.close());
  return store;
}

/** A pool of the host that is ended after the test. */
export function hostPool(server: PostgresServer, config: pg.PoolConfig = {}): pg.Pool {
  const pool = new pg.Pool({ connectionString: server.connectionString, ...config });
  pool.on('error', () => undefined);
  onTestFinished(async () => {
    if (!pool.ending) await pool.end();
  });
  return pool;
}

/** Stores on the server of the file. */
export function storesOn(server: () => PostgresServer) {
  const opened = (schema: string, options: Partial<PostgresStoreOptions> = {}): PostgresStore =>
    openedPostgres({ connectionString: server().connectionString, schema, ...options });

  /** A schema with one event in the stream `a`. */
  async function schemaOfOne(): Promise<string> {
    const schema = freshSchema();
    const store = patientStore({ connectionString: server().connectionString, schema });
    await store.appendToStream('a', events(1));
    await store.close();
    return schema;
  }

  return { opened, schemaOfOne };
}
