/** A pool of connections to one server of the model, as one of pg is to the store. */
import type { PostgresAnswer, PostgresClient, PostgresPool } from '../../../src/stores/postgres/pool.ts';
import type { Conditions, Io } from './io.ts';
import type { Network } from './replication.ts';
import type { Connected, Server } from './server.ts';

export type PoolOptions = Readonly<{
  /** The server that it connects to. */
  host: string;
  /** The machine that it is on, as the network knows it. */
  client: string;
  applicationName: string;
  max: number;
}>;

type Parts = Readonly<{ server: Server; io: Io; conditions: Conditions; network: Network }>;
type Connection = Readonly<{ session: Connected; lost: Promise<never>; isLost(): boolean }>;
type Callback = Parameters<PostgresPool['connect']>[0];

/** The time after which the server ends a session whose client is out of reach, as the pool of the store asks for. */
const IDLE_IN_TRANSACTION_MS = 60_000;

export type ModelPool = PostgresPool & {
  /** Closes all connections, as the kernel does when the process ends. Statements that run go on to their end. */
  drop(): void;
  end(): Promise<void>;
};

export function createPool({ server, io, conditions, network }: Parts, options: Partial<PoolOptions>): ModelPool {
  const { client = 'client', applicationName = 'auxilio', max = 10 } = options;
  const idle: Connection[] = [];
  const opened = new Set<Connection>();
  const waiting: Callback[] = [];
  let count = 0;
  let ending = false;

  /** Carries a message, which a cut holds back. */
  async function carry(from: string, to: string, what: string): Promise<void> {
    await io.delay(`${from} → ${to}: ${what}`);
    await conditions.until(() => !network.isCut(from, to));
  }

  async function openConnection(): Promise<Connection> {
    await carry(client, server.name, 'connect');
    await conditions.until(() => !server.isPaused());
    if (server.running() === undefined) {
      await carry(server.name, client, 'refused');
      throw Object.assign(new Error(`connect ECONNREFUSED ${server.name}`), { code: 'ECONNREFUSED' });
    }
    let isLost = false;
    let reject: (error: unknown) => void = () => undefined;
    const lost = new Promise<never>((_, refuse) => {
      reject = refuse;
    });
    lost.catch(() => undefined);
    const session = server.connect(applicationName, async (error) => {
      await conditions.until(() => !network.isCut(server.name, client));
      isLost = true;
      reject(error);
    });
    await carry(server.name, client, 'connected');
    const connection = { session, lost, isLost: () => isLost || !session.isOf() };
    opened.add(connection);
    return connection;
  }

  async function query(connection: Connection, text: string, values: readonly unknown[]): Promise<PostgresAnswer> {
    if (connection.isLost()) throw new Error('Client has encountered a connection error and is not queryable');
    const answer = async () => {
      await carry(client, server.name, 'query');
      await conditions.until(() => !server.isPaused());
      const outcome = await connection.session.run(text, values).then(
        (answered) => () => answered,
        (error: unknown) => () => {
          throw error;
        },
      );
      await carry(server.name, client, 'answer');
      return outcome();
    };
    const answering = answer();
    answering.catch(() => undefined);
    return await Promise.race([answering, connection.lost]);
  }

  function checkOut(connection: Connection, callback: Callback): void {
    let isReleased = false;
    const given: PostgresClient = {
      query: ({ text, values }) => query(connection, text, values),
      on: () => undefined,
      off: () => undefined,
      release(destroy = false) {
        if (isReleased) throw new Error('Release called on client which has already been released to the pool.');
        isReleased = true;
        if (destroy || ending || connection.isLost()) close(connection);
        else idle.push(connection);
        serveNext();
      },
    };
    callback(undefined, given);
  }

  /** Closes a connection; the server notices when it hears of it, or that nothing comes any more. */
  function close(connection: Connection): void {
    if (!opened.delete(connection)) return;
    count--;
    let isLate = false;
    const stopTimer = io.setTimer(() => {
      isLate = true;
      conditions.changed();
    }, IDLE_IN_TRANSACTION_MS);
    const heard = () => isLate || (!network.isCut(client, server.name) && !server.isPaused());
    void conditions.until(heard).then(() => {
      stopTimer();
      connection.session.disconnect();
    });
  }

  function serveNext(): void {
    const callback = waiting.shift();
    if (callback !== undefined) serve(callback);
  }

  function serve(callback: Callback): void {
    const found = idle.pop();
    if (found?.isLost()) {
      close(found);
      serve(callback);
    } else if (found !== undefined) checkOut(found, callback);
    else if (count >= max) waiting.push(callback);
    else open(callback);
  }

  function open(callback: Callback): void {
    count++;
    openConnection().then(
      (connection) => checkOut(connection, callback),
      (error: Error) => {
        count--;
        callback(error, undefined);
        serveNext();
      },
    );
  }

  const drop = () => {
    for (const connection of [...opened]) close(connection);
    idle.length = 0;
  };
  return {
    get ending() {
      return ending;
    },
    on: () => undefined,
    off: () => undefined,
    connect: serve,
    drop,
    async end() {
      ending = true;
      for (const connection of idle.splice(0)) close(connection);
    },
  };
}
