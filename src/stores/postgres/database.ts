import { setTimeout as pause } from 'node:timers/promises';
import { isStoreError, StoreError } from '../errors.ts';
import { isLost, isRace, LostError, told, translated } from './errors.ts';
import { type Patience, type PostgresAnswer, type PostgresClient, type PostgresPool, within } from './pool.ts';

/** Asks the server one thing. */
export type Ask = (text: string, values?: readonly unknown[]) => Promise<PostgresAnswer>;

/** A server, and what to do when it does not answer as it should. What lost a race is retried. */
export type PostgresDatabase = Readonly<{
  /** One statement that changes nothing. */
  read<Row>(text: string, values?: readonly unknown[]): Promise<Row[]>;
  /** One statement that is a transaction of its own. */
  write<Row>(text: string, values: readonly unknown[]): Promise<Row[]>;
  /** All of `work` or nothing, at READ COMMITTED. `raw` throws what the driver threw. */
  transaction<T>(work: (ask: Ask, raw: Ask) => Promise<T>): Promise<T>;
  /** Lets go of the pool. */
  leave(): void;
}>;

/** What is thrown as it is, since it came after the host's own writing or from it. */
export class HostFailure {
  readonly thrown: unknown;

  constructor(thrown: unknown) {
    this.thrown = thrown;
  }
}

const RETRIES = 20;
const LONGEST_PAUSE_MS = 50;

export function databaseOver(pool: PostgresPool, patience: Patience): PostgresDatabase {
  pool.on('error', ignore);

  async function connect(): Promise<PostgresClient> {
    if (isEnded(pool)) throw new StoreError('closed', 'The pool was ended');
    const connecting = checkedOut(pool);
    try {
      return await within(patience.connect, 'no connection', connecting);
    } catch (cause) {
      connecting.then((client) => givenBack(client), ignore); // it came too late
      if (isEnded(pool)) throw new StoreError('closed', 'The pool was ended', { cause });
      throw new StoreError('unavailable', `Postgres cannot be reached: ${told(cause)}`, { cause });
    }
  }

  /** Runs `work` with a connection, which is not used again if it was lost. */
  async function connected<T>(work: (ask: Ask) => Promise<T>): Promise<T> {
    const client = await connect();
    let lost = false;
    const ask: Ask = async (text, values = []) => {
      if (lost) throw new LostError('the connection was lost before');
      try {
        return await within(patience.answer, 'no answer', client.query({ text, values: [...values] }));
      } catch (error) {
        lost ||= isLost(error);
        throw error;
      }
    };
    try {
      return await work(ask);
    } finally {
      givenBack(client, lost);
    }
  }

  const alone = (text: string, values: readonly unknown[], writing: boolean) =>
    retried(() => connected((ask) => spokenAsThePort(ask, writing)(text, values)));

  return {
    read: async <Row>(text: string, values: readonly unknown[] = []) =>
      (await alone(text, values, false)).rows as Row[],
    write: async <Row>(text: string, values: readonly unknown[]) => (await alone(text, values, true)).rows as Row[],
    transaction: (work) => retried(() => connected((raw) => inTransaction(raw, work))),
    leave: () => pool.off('error', ignore),
  };
}

/** Listens at once: the next that a server says, and nobody has asked yet, may be that it ends the connection. */
function checkedOut(pool: PostgresPool): Promise<PostgresClient> {
  return new Promise((resolve, reject) => {
    pool.connect((error, client) => {
      if (client === undefined) return reject(error);
      client.on('error', ignore);
      resolve(client);
    });
  });
}

function givenBack(client: PostgresClient, lost = false): void {
  client.release(lost);
  client.off('error', ignore);
}

async function inTransaction<T>(raw: Ask, work: (ask: Ask, raw: Ask) => Promise<T>): Promise<T> {
  const ask = spokenAsThePort(raw, false);
  await ask('BEGIN ISOLATION LEVEL READ COMMITTED');
  try {
    const result = await work(ask, raw);
    await commit(raw);
    return result;
  } catch (error) {
    const isRolledBack = await raw('ROLLBACK').then(
      () => true,
      () => false, // the connection is lost, and the server does it
    );
    throw isRolledBack ? error : ofLost(error);
  }
}

/** The failure of an effect whose connection was lost: whatever it threw, nothing was written, and it can be tried again. */
function ofLost(error: unknown): unknown {
  if (!(error instanceof HostFailure) || isStoreError(error.thrown)) return error;
  const cause = error.thrown;
  return new HostFailure(
    new StoreError('unavailable', `Postgres: the effect lost its connection: ${told(cause)}`, { cause }),
  );
}

/** A failure from here on is not retried: an effect has run. */
async function commit(raw: Ask): Promise<void> {
  const { command } = await raw('COMMIT').catch((error: unknown) => {
    throw new HostFailure(translated(error, true));
  });
  if (command !== 'COMMIT') throw new StoreError('invalid', 'A query of the effect failed, and the effect went on');
}

/** `ask`, whose failures are those of the port, but for lost races. */
function spokenAsThePort(ask: Ask, writing: boolean): Ask {
  return async (text, values) => {
    try {
      return await ask(text, values);
    } catch (error) {
      throw isRace(error) ? error : translated(error, writing);
    }
  };
}

async function retried<T>(work: () => Promise<T>): Promise<T> {
  for (let retry = 0; ; retry++) {
    try {
      return await work();
    } catch (error) {
      if (error instanceof HostFailure) throw error.thrown;
      if (!isRace(error)) throw error;
      if (retry === RETRIES) throw translated(error, false);
      await pause(Math.random() * LONGEST_PAUSE_MS);
    }
  }
}

const isEnded = (pool: PostgresPool) => pool.ending;

/** For a failure that another caller reports. */
function ignore(): void {}
