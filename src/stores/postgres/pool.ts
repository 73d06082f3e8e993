import type pg from 'pg';
import { missingPeer } from '../errors.ts';
import { TimeoutError } from './errors.ts';

/** The answer of a client, as far as this store needs it. @since 0.4.0 */
export type PostgresAnswer = { command: string; rowCount: number | null; rows: unknown[] };

/**
 * A client of a {@link PostgresPool}, as far as this store needs it.
 *
 * @since 0.4.0
 */
export type PostgresClient = {
  query(query: { text: string; values: unknown[] }): Promise<PostgresAnswer>;
  on(event: 'error', listener: (error: Error) => void): unknown;
  off(event: 'error', listener: (error: Error) => void): unknown;
  /** Gives the client back; with `true` its connection is closed. */
  release(destroy?: boolean): void;
};

/**
 * A pool of pg, as far as this store needs it: its types are no part of these.
 *
 * @since 0.4.0
 */
export type PostgresPool = {
  connect(callback: (error: Error | undefined, client: PostgresClient | undefined) => void): void;
  on(event: 'error', listener: (error: Error) => void): unknown;
  off(event: 'error', listener: (error: Error) => void): unknown;
  /** The pool was ended, or is being. */
  readonly ending: boolean;
};

/**
 * The connection to the server, as pg takes it; missing fields come from the environment (`PGHOST`, `PGUSER`, …).
 *
 * @since 0.4.0
 */
export type PostgresConnection = Readonly<{
  connectionString?: string | undefined;
  host?: string | undefined;
  port?: number | undefined;
  user?: string | undefined;
  password?: string | (() => string | Promise<string>) | undefined;
  database?: string | undefined;
  ssl?: boolean | object | undefined;
  /** `auxilio` by default. */
  application_name?: string | undefined;
  options?: string | undefined;
  /** The time after which the server ends an idle transaction, in milliseconds; 60,000 by default. */
  idle_in_transaction_session_timeout?: number | undefined;
  /** The largest number of connections; 10 by default. */
  max?: number | undefined;
}>;

/** Timeouts in milliseconds. */
export type Timeouts = Readonly<{ connect: number; lock: number; statement: number; answer: number }>;

/** The pool of a store: the host's, or one that the first call opens. */
export type PoolSource = Readonly<{
  open(): Promise<PostgresPool>;
  /** Ends a pool of the store's own; leaves the host's open. */
  close(): Promise<void>;
}>;

/** Uses a pool of the host. The error of a connection is reported by the call that used it. */
export function hostPool(pool: PostgresPool): PoolSource {
  pool.on('error', ignore);
  return { open: async () => pool, close: async () => void pool.off('error', ignore) };
}

/** Opens a pool at the first call, which loads pg: a host with a pool of its own may lack the package. */
export function ownPool(connection: PostgresConnection, timeouts: Timeouts): PoolSource {
  let opening: ReturnType<typeof createPool> | undefined;
  const open = () => (opening ??= createPool(connection, timeouts));
  const close = async () => (await opening?.catch(ignore))?.end();
  return { open, close };
}

async function createPool(connection: PostgresConnection, timeouts: Timeouts): Promise<pg.Pool> {
  const { Pool } = await import('pg').catch((cause: unknown) => {
    throw missingPeer('auxilio/postgres', 'pg', cause);
  });
  const pool = new Pool({
    application_name: 'auxilio',
    keepAlive: true,
    idle_in_transaction_session_timeout: 60_000,
    ...(connection as pg.PoolConfig),
    connectionTimeoutMillis: timeouts.connect,
    ...(timeouts.statement > 0 && { statement_timeout: timeouts.statement }),
  });
  return pool.on('error', ignore);
}

/** Ignores an error that another caller reports. */
export function ignore(): void {}

/** Waits for `work`; throws a {@link TimeoutError} when the time is up. */
export async function withTimeout<T>(durationMs: number, what: string, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TimeoutError(`${what} within ${durationMs} ms`)), durationMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
