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

/** Runs one query on the server; under a name it is planned once for each connection. */
export type Query = (text: string, values?: readonly unknown[], name?: string) => Promise<PostgresAnswer>;

/** Access to a server, with timeouts and mapped errors. Lost races are retried. */
export type PostgresDatabase = Readonly<{
  /** Runs one statement that changes nothing. */
  read<Row>(text: string, values?: readonly unknown[]): Promise<Row[]>;
  /** Runs one statement in a transaction of its own. */
  write<Row>(text: string, values: readonly unknown[]): Promise<Row[]>;
  /** Runs `work` in a transaction, at READ COMMITTED. `raw` throws the errors of the driver unchanged. */
  transaction<T>(work: (query: Query, raw: Query) => Promise<T>): Promise<T>;
}>;

/** The ends of the WAL of a server that is written, flushed, and flushed by the standbys, and when they were asked for. */
export type Positions = Readonly<{ server: string; at: number; written: bigint; flushed: bigint; replicated: bigint }>;

/** Notes on the statements of a call. */
export type Basis = {
  /** The servers that were asked. */
  readonly servers: Set<string>;
  /** The place in the WAL beyond which lies nothing that the statements of known place saw or wrote. */
  place: bigint;
  /** The number of statements of unknown place: they failed, have no row, are parts of a transaction, or wrote and have no positions. */
  unplaced: number;
  /** The newest positions that came with a write. */
  positions: Positions | undefined;
};

export const createBasis = (): Basis => ({ servers: new Set(), place: 0n, unplaced: 0, positions: undefined });

/** A database whose connections are admitted before their first use. */
export type AdmittedDatabase = PostgresDatabase &
  Readonly<{
    /** The same database; it notes what is asked. */
    noting(basis: Basis): PostgresDatabase;
    readPositions(): Promise<Positions>;
  }>;

export type Admission = Readonly<{
  /** Names the server of a new connection, or refuses it. */
  admit(client: PostgresClient, query: Query): Promise<string>;
  askPositions(query: Query, server: string): Promise<Positions>;
}>;

const ADMIT_ALL: Admission = {
  admit: async () => '',
  askPositions: () => Promise.reject(new Error('the store knows no standbys')),
};

/** The server of a connection, and whether a query may be sent on it before the answer to another. */
type Admitted = Readonly<{ server: string; isPipelined: boolean }>;

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

export function createDatabase(source: PoolSource, timeouts: Timeouts, admission = ADMIT_ALL): AdmittedDatabase {
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

  /** Runs `work` with a connection, which is given back once nothing is asked on it, and not used again if it was lost. */
  async function withConnection<T>(work: (query: Query, on: Admitted) => Promise<T>, basis?: Basis): Promise<T> {
    const client = await connect();
    let [lost, isDone, unanswered] = [false, false, 0];
    const giveBack = () => {
      if (isDone && unanswered === 0) release(client, lost);
    };
    const query: Query = async (text, values = [], name) => {
      if (lost) throw new ConnectionLostError('the connection was lost before');
      unanswered += 1;
      try {
        return await waitForAnswer(client.query({ text, values: [...values], ...(name && { name }) }));
      } catch (error) {
        lost ||= isLost(error);
        throw error;
      } finally {
        unanswered -= 1;
        giveBack();
      }
    };
    try {
      const server = await admission.admit(client, withMappedErrors(query, false));
      basis?.servers.add(server);
      if (basis !== undefined) basis.unplaced += 1;
      return await work(query, { server, isPipelined: client.pipeline === true });
    } finally {
      isDone = true;
      giveBack();
    }
  }

  function noting(basis?: Basis): PostgresDatabase {
    async function run<Row>(text: string, values: readonly unknown[], writing: boolean): Promise<Row[]> {
      const once = async (query: Query, { server, isPipelined }: Admitted) => {
        const name = writing && isPipelined ? nameStatement(text) : undefined;
        const answering = withMappedErrors(query, writing)(text, values, name);
        // Sent behind the write without waiting for its answer, and answered after its commit.
        const asking = writing && basis && isPipelined && admission.askPositions(query, server).catch(ignore);
        const { rows } = await answering;
        if (basis !== undefined) notePlace(basis, rows[0], writing, (await asking) || undefined);
        return rows as Row[];
      };
      return withRetry(() => withConnection(once, basis));
    }
    return {
      read: (text, values = []) => run(text, values, false),
      write: (text, values) => run(text, values, true),
      transaction: (work) => withRetry(() => withConnection((raw) => inTransaction(raw, work), basis)),
    };
  }

  const readPositions = () =>
    withRetry(() =>
      withConnection((query, { server }) => admission.askPositions(withMappedErrors(query, false), server)),
    );

  return { ...noting(), noting, readPositions };
}

/**
 * Notes the place of a statement. Its answer says how far the WAL went after its snapshot was taken, and a commit is in the WAL before a
 * snapshot sees it. A commit of its own lies beyond that, but is flushed before it is answered: so it is not beyond what is flushed after
 * it. Where the answer does not say it, the end of the WAL after it stands in.
 */
function notePlace(basis: Basis, row: unknown, writing: boolean, positions: Positions | undefined): void {
  const { place } = (row ?? {}) as { place?: unknown };
  const seen = typeof place === 'string' ? BigInt(place) : positions?.written;
  const written = writing ? positions?.flushed : 0n;
  if (positions !== undefined && positions.at >= (basis.positions?.at ?? 0)) basis.positions = positions;
  if (seen === undefined || written === undefined) return;
  basis.unplaced -= 1;
  for (const end of [seen, written]) if (end > basis.place) basis.place = end;
}

const statementNames = new Map<string, string>();

/** Names a call of a function, so that a connection plans it once; the plan of another statement would rest on what the tables hold. */
function nameStatement(text: string): string {
  const name = statementNames.get(text) ?? `auxilio_${statementNames.size}`;
  statementNames.set(text, name);
  return name;
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
  return async (...question) => {
    try {
      return await query(...question);
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
