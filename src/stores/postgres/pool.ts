import type pg from 'pg';
import { storeRuntime } from '../../util/runtime.ts';
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
  query(query: { text: string; values: unknown[]; name?: string }): Promise<PostgresAnswer>;
  /** True if it sends a query before the one ahead of it is answered. */
  readonly pipeline?: boolean;
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
  /** With several hosts, of which one is the primary. */
  hosts?: Readonly<{
    /** Asks the hosts which one is the primary; once that is another one, the connections to the former are ended. */
    review(): Promise<void>;
    /** The number of times that a host was left. */
    moves(): number;
  }>;
}>;

/** A pool of the store's own. */
export type OwnPool = Readonly<{
  pool: PostgresPool;
  /** Ends it, once the calls that have a connection gave it back. */
  end(): Promise<void>;
  /** Ends its connections at once, also those in use: a server that went silent would hold them until the time is up. */
  abandon(): void;
}>;

/** A connection beside those of a pool, on which the server sends messages. */
export type ListeningClient = {
  connect(): Promise<unknown>;
  query(text: string): Promise<unknown>;
  on(event: 'notification', listener: (message: { readonly payload?: string | undefined }) => void): unknown;
  on(event: 'error' | 'end', listener: () => void): unknown;
  end(): Promise<unknown>;
};

/** Creates a connection beside a pool of pg, with its settings; undefined beside a pool of another make. */
export function createBeside(pool: PostgresPool): ListeningClient | undefined {
  const { Client, options } = pool as { Client?: new (options: unknown) => ListeningClient; options?: unknown };
  return Client && new Client(options);
}

/** Uses a pool of the host. The error of a connection is reported by the call that used it. */
export function hostPool(pool: PostgresPool): PoolSource {
  pool.on('error', ignore);
  return { open: async () => pool, close: async () => void pool.off('error', ignore) };
}

/** Opens a pool at the first call. */
export function ownPool(connection: PostgresConnection, timeouts: Timeouts, pipeline = false): PoolSource {
  let opening: Promise<OwnPool> | undefined;
  const open = async () => {
    opening ??= loadPools(timeouts, pipeline).then((createPool) => createPool(connection));
    return (await opening).pool;
  };
  const close = async () => (await opening?.catch(ignore))?.end();
  return { open, close };
}

/** Further settings of a pool of pg. */
type PoolSettings = Readonly<{
  maxLifetimeSeconds?: number;
  /** Admits a new connection before its first use. */
  verify?: (client: PostgresClient, done: (error?: Error) => void) => void;
}>;

/** Loads pg, which a host with a pool of its own may lack, and returns what creates pools by it. */
export async function loadPools(
  timeouts: Timeouts,
  pipeline = false,
): Promise<(connection: PostgresConnection & PoolSettings) => OwnPool> {
  const { Pool } = await import('pg').catch((cause: unknown) => {
    throw missingPeer('auxilio/postgres', 'pg', cause);
  });
  return (connection) => {
    const pool = new Pool({
      application_name: 'auxilio',
      keepAlive: true,
      ...({ pipeline } as pg.PoolConfig), // which its types lack
      idle_in_transaction_session_timeout: 60_000,
      ...(connection as pg.PoolConfig),
      connectionTimeoutMillis: timeouts.connect,
      ...(timeouts.statement > 0 && { statement_timeout: timeouts.statement }),
    });
    return toOwnPool(pool.on('error', ignore));
  };
}

/** Makes a pool one that can be abandoned: what waits for a connection, or for an answer on one, fails at once. */
function toOwnPool(pool: pg.Pool): OwnPool {
  const waiting = new Set<(error: Error) => void>();
  const inUse = new Set<pg.Client>();
  pool.on('acquire', (client) => void inUse.add(client as pg.Client & pg.PoolClient));
  pool.on('release', (_, client) => void inUse.delete(client as pg.Client & pg.PoolClient));
  const connect: PostgresPool['connect'] = (callback) => {
    const fail = (error: Error) => callback(error, undefined);
    waiting.add(fail);
    pool.connect((error, client) => {
      if (waiting.delete(fail)) callback(error, client);
      else client?.release(true);
    });
  };
  const end = () => pool.end();
  const { Client } = pool as unknown as { Client: typeof pg.Client };
  class ClientBeside extends Client {
    constructor(options: pg.ClientConfig) {
      super(options);
      inUse.add(this);
      this.once('end', () => inUse.delete(this));
    }
  }
  const abandon = () => {
    for (const fail of waiting) fail(new Error('the host was left'));
    waiting.clear();
    for (const client of inUse) {
      void client.end().catch(ignore);
      closeSocket(client); // pg rejects what waits for an answer
    }
    void end().catch(ignore);
  };
  const wrapped: PostgresPool & { readonly Client: typeof pg.Client; readonly options: object } = {
    connect,
    Client: ClientBeside,
    options: pool.options,
    on: (event, listener) => pool.on(event, listener),
    off: (event, listener) => pool.off(event, listener),
    get ending() {
      return pool.ending;
    },
  };
  return { pool: wrapped, end, abandon };
}

/** Checks a client out and listens to its errors at once, since the server may end the connection at any time. */
export function checkOut(pool: PostgresPool): Promise<PostgresClient> {
  return new Promise((resolve, reject) => {
    pool.connect((error, client) => {
      if (client === undefined) return reject(error);
      client.on('error', ignore);
      resolve(client);
    });
  });
}

/** Gives a client back; with `lost` its connection is closed. */
export function release(client: PostgresClient, lost = false): void {
  client.release(lost);
  if (lost) closeSocket(client);
  client.off('error', ignore);
}

/** Closes the socket of a client: at its end pg would first wait for the answers to pipelined queries, which a silent server owes. */
function closeSocket(client: object): void {
  (client as { connection?: { stream?: { destroy?(): void } } }).connection?.stream?.destroy?.();
}

/** Ignores an error that another caller reports. */
export function ignore(): void {}

/** Waits for `work`; throws a {@link TimeoutError} when the time is up. */
export async function withTimeout<T>(durationMs: number, what: string, work: Promise<T>): Promise<T> {
  let cancel = ignore;
  const late = new Promise<never>((_, reject) => {
    cancel = storeRuntime.setTimer(() => reject(new TimeoutError(`${what} within ${durationMs} ms`)), durationMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    cancel();
  }
}
