import { pause, setRepeatingTimer, storeRuntime } from '../../util/runtime.ts';
import { isStoreError, StoreError } from '../errors.ts';
import { ConnectionLostError, errorMessage, isLost, isRetryable, mapDriverError } from './errors.ts';
import {
  checkOut,
  ignore,
  type PoolSource,
  type PostgresAnswer,
  type PostgresClient,
  type PostgresPool,
  release,
  type Timeouts,
  withTimeout,
} from './pool.ts';

/** Runs one query on the server. */
export type Query = (text: string, values?: readonly unknown[]) => Promise<PostgresAnswer>;

/** Access to a server, with timeouts and mapped errors. Lost races are retried. */
export type PostgresDatabase = Readonly<{
  /** Runs one statement that changes nothing. */
  read<Row>(text: string, values?: readonly unknown[]): Promise<Row[]>;
  /** Runs one statement in a transaction of its own. */
  write<Row>(text: string, values: readonly unknown[]): Promise<Row[]>;
  /** Runs `work` in a transaction, at READ COMMITTED. `raw` throws the errors of the driver unchanged. */
  transaction<T>(work: (query: Query, raw: Query) => Promise<T>): Promise<T>;
}>;

/** A database whose connections are admitted before their first use. */
export type AdmittedDatabase = PostgresDatabase &
  Readonly<{
    /** The same database; it notes the servers that were asked. */
    noting(servers: Set<string>): PostgresDatabase;
  }>;

/** Names the server of a new connection, or refuses it. */
export type Admission = (client: PostgresClient, query: Query) => Promise<string>;

/** Wraps an error of an effect, or one after it, which is thrown unchanged and not retried. */
export class EffectError {
  readonly thrown: unknown;

  constructor(thrown: unknown) {
    this.thrown = thrown;
  }
}

const RETRIES = 20;
const LONGEST_PAUSE_MS = 50;

/** The time without an answer after which the hosts are asked for the primary. */
const SILENT_MS = 1000;

export function createDatabase(source: PoolSource, timeouts: Timeouts, admit?: Admission): AdmittedDatabase {
  async function connect(): Promise<PostgresClient> {
    const pool = await source.open();
    if (isEnded(pool)) throw endedError(source);
    const connecting = checkOut(pool);
    try {
      return await withTimeout(timeouts.connect, 'no connection', connecting);
    } catch (cause) {
      connecting.then((client) => release(client), ignore); // if it connects later
      if (isEnded(pool)) throw endedError(source, cause);
      throw new StoreError('unavailable', `Postgres cannot be reached: ${errorMessage(cause)}`, { cause });
    }
  }

  async function waitForAnswer(answer: Promise<PostgresAnswer>): Promise<PostgresAnswer> {
    const { hosts } = source;
    const stopWatching = hosts && setRepeatingTimer(() => void hosts.review().catch(ignore), SILENT_MS, storeRuntime);
    try {
      return await withTimeout(timeouts.answer, 'no answer', answer);
    } finally {
      stopWatching?.();
    }
  }

  /** Runs `work` with a connection, which is not used again if it was lost. */
  async function withConnection<T>(work: (query: Query) => Promise<T>, servers?: Set<string>): Promise<T> {
    const client = await connect();
    let lost = false;
    const query: Query = async (text, values = []) => {
      if (lost) throw new ConnectionLostError('the connection was lost before');
      try {
        return await waitForAnswer(client.query({ text, values: [...values] }));
      } catch (error) {
        lost ||= isLost(error);
        throw error;
      }
    };
    try {
      if (admit !== undefined) {
        const server = await admit(client, withMappedErrors(query, false));
        servers?.add(server);
      }
      return await work(query);
    } finally {
      release(client, lost);
    }
  }

  function noting(servers?: Set<string>): PostgresDatabase {
    const run = (text: string, values: readonly unknown[], writing: boolean) =>
      withRetry(() => withConnection((query) => withMappedErrors(query, writing)(text, values), servers));
    return {
      read: async <Row>(text: string, values: readonly unknown[] = []) =>
        (await run(text, values, false)).rows as Row[],
      write: async <Row>(text: string, values: readonly unknown[]) => (await run(text, values, true)).rows as Row[],
      transaction: (work) => withRetry(() => withConnection((raw) => inTransaction(raw, work), servers)),
    };
  }

  return { ...noting(), noting };
}

/** A pool of one of several hosts is ended when the store leaves that host. */
function endedError({ hosts }: PoolSource, cause?: unknown): StoreError {
  if (hosts === undefined) return new StoreError('closed', 'The pool was ended', { cause });
  return new StoreError('unavailable', 'Postgres: the host is no longer the primary', { cause });
}

async function inTransaction<T>(raw: Query, work: (query: Query, raw: Query) => Promise<T>): Promise<T> {
  const query = withMappedErrors(raw, false);
  await query('BEGIN ISOLATION LEVEL READ COMMITTED');
  try {
    const result = await work(query, raw);
    await commit(raw);
    return result;
  } catch (error) {
    const isRolledBack = await raw('ROLLBACK').then(
      () => true,
      () => false, // the connection is lost: the server rolls back
    );
    throw isRolledBack ? error : asLostEffect(error);
  }
}

/** Maps the failure of an effect whose connection was lost to `unavailable`: nothing was written, and a retry is safe. */
function asLostEffect(error: unknown): unknown {
  if (!(error instanceof EffectError) || isStoreError(error.thrown)) return error;
  const cause = error.thrown;
  return new EffectError(
    new StoreError('unavailable', `Postgres: the effect lost its connection: ${errorMessage(cause)}`, { cause }),
  );
}

/** Commits; a failure is not retried, since an effect has run. */
async function commit(raw: Query): Promise<void> {
  const { command } = await raw('COMMIT').catch((error: unknown) => {
    throw new EffectError(mapDriverError(error, true));
  });
  if (command !== 'COMMIT') throw new StoreError('invalid', 'A query of the effect failed, and the effect went on');
}

/** Wraps a query so that its errors are those of the port, except for lost races. */
function withMappedErrors(query: Query, writing: boolean): Query {
  return async (text, values) => {
    try {
      return await query(text, values);
    } catch (error) {
      throw isRetryable(error) ? error : mapDriverError(error, writing);
    }
  };
}

async function withRetry<T>(work: () => Promise<T>): Promise<T> {
  for (let retry = 0; ; retry++) {
    try {
      return await work();
    } catch (error) {
      if (error instanceof EffectError) throw error.thrown;
      if (!isRetryable(error)) throw error;
      if (retry === RETRIES) throw mapDriverError(error, false);
      await pause(storeRuntime.random() * LONGEST_PAUSE_MS, storeRuntime);
    }
  }
}

const isEnded = (pool: PostgresPool) => pool.ending;
