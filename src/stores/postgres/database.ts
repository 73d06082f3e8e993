import { setTimeout as pause } from 'node:timers/promises';
import { isStoreError, StoreError } from '../errors.ts';
import { ConnectionLostError, errorMessage, isLost, isRetryable, mapDriverError } from './errors.ts';
import {
  ignore,
  type PoolSource,
  type PostgresAnswer,
  type PostgresClient,
  type PostgresPool,
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

/** Wraps an error of an effect, or one after it, which is thrown unchanged and not retried. */
export class EffectError {
  readonly thrown: unknown;

  constructor(thrown: unknown) {
    this.thrown = thrown;
  }
}

const RETRIES = 20;
const LONGEST_PAUSE_MS = 50;

export function createDatabase(source: PoolSource, timeouts: Timeouts): PostgresDatabase {
  async function connect(): Promise<PostgresClient> {
    const pool = await source.open();
    if (isEnded(pool)) throw new StoreError('closed', 'The pool was ended');
    const connecting = checkOut(pool);
    try {
      return await withTimeout(timeouts.connect, 'no connection', connecting);
    } catch (cause) {
      connecting.then((client) => release(client), ignore); // if it connects later
      if (isEnded(pool)) throw new StoreError('closed', 'The pool was ended', { cause });
      throw new StoreError('unavailable', `Postgres cannot be reached: ${errorMessage(cause)}`, { cause });
    }
  }

  /** Runs `work` with a connection, which is not used again if it was lost. */
  async function withConnection<T>(work: (query: Query) => Promise<T>): Promise<T> {
    const client = await connect();
    let lost = false;
    const query: Query = async (text, values = []) => {
      if (lost) throw new ConnectionLostError('the connection was lost before');
      try {
        return await withTimeout(timeouts.answer, 'no answer', client.query({ text, values: [...values] }));
      } catch (error) {
        lost ||= isLost(error);
        throw error;
      }
    };
    try {
      return await work(query);
    } finally {
      release(client, lost);
    }
  }

  const runStatement = (text: string, values: readonly unknown[], writing: boolean) =>
    withRetry(() => withConnection((query) => withMappedErrors(query, writing)(text, values)));

  return {
    read: async <Row>(text: string, values: readonly unknown[] = []) =>
      (await runStatement(text, values, false)).rows as Row[],
    write: async <Row>(text: string, values: readonly unknown[]) =>
      (await runStatement(text, values, true)).rows as Row[],
    transaction: (work) => withRetry(() => withConnection((raw) => inTransaction(raw, work))),
  };
}

/** Checks a client out and listens to its errors at once, since the server may end the connection at any time. */
function checkOut(pool: PostgresPool): Promise<PostgresClient> {
  return new Promise((resolve, reject) => {
    pool.connect((error, client) => {
      if (client === undefined) return reject(error);
      client.on('error', ignore);
      resolve(client);
    });
  });
}

function release(client: PostgresClient, lost = false): void {
  client.release(lost);
  client.off('error', ignore);
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
      await pause(Math.random() * LONGEST_PAUSE_MS);
    }
  }
}

const isEnded = (pool: PostgresPool) => pool.ending;
