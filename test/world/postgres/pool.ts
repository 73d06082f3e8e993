/** A pool of connections to one server of the model, as one of pg is to the store. */
import type { PostgresAnswer, PostgresClient, PostgresPool } from '../../../src/stores/postgres/pool.ts';
import type { Conditions, Io } from './io.ts';
import type { Network } from './replication.ts';
import type { Connected, Server } from './server.ts';

export type PoolOptions = Readonly<{
  /** The server that a new connection goes to: a name, or the choice of a proxy between them. */
  host: string | (() => string);
  /** The machine that it is on, as the network knows it. */
  client: string;
  /** Decides when an answer reaches that machine: that of the servers by default. */
  clientIo: Io;
  applicationName: string;
  max: number;
  /** Called before each query, and returns what is called with its answer. */
  onQuery: (server: Server, text: string) => ((answer: PostgresAnswer) => void) | undefined;
}>;

type Parts = Readonly<{ route: () => Server; io: Io; conditions: Conditions; network: Network }>;
type Connection = Readonly<{
  server: Server;
  session: Connected;
  lost: Promise<never>;
  lose(error: unknown): void;
  isLost(): boolean;
}>;
type Callback = Parameters<PostgresPool['connect']>[0];

/** The time after which the server ends a session whose client is out of reach, as the pool of the store asks for. */
const IDLE_IN_TRANSACTION_MS = 60_000;

export type ModelPool = PostgresPool & {
  /** Closes all connections, as the kernel does when the process ends. Statements that run go on to their end. */
  drop(): void;
  /** Closes all connections, and fails what waits for one, or for an answer. */
  abandon(): void;
  end(): Promise<void>;
};

export function createPool({ route, io, conditions, network }: Parts, options: Partial<PoolOptions>): ModelPool {
  const { client = 'client', applicationName = 'auxilio', max = 10, clientIo = io } = options;
  const idle: Connection[] = [];
  const opened = new Set<Connection>();
  const waiting: Callback[] = [];
  /** Those who asked for a connection and have no answer. */
  const connecting = new Set<Callback>();
  let count = 0;
  let ending = false;

  /** Carries a message, which a cut holds back. */
  async function send({ name }: Server, what: string): Promise<void> {
    await io.delay(`${client} → ${name}: ${what}`);
    await conditions.until(() => !network.isCut(client, name));
  }

  async function receive({ name }: Server, what: string): Promise<void> {
    await conditions.until(() => !network.isCut(name, client));
    await clientIo.delay(`${name} → ${client}: ${what}`);
  }

  async function openConnection(): Promise<Connection> {
    const server = route();
    await send(server, 'connect');
    await conditions.until(() => !server.isPaused());
    if (server.running() === undefined) {
      await receive(server, 'refused');
      throw Object.assign(new Error(`connect ECONNREFUSED ${server.name}`), { code: 'ECONNREFUSED' });
    }
    let isLost = false;
    let lose: (error: unknown) => void = () => undefined;
    const lost = new Promise<never>((_, reject) => {
      lose = (error) => {
        isLost = true;
        reject(error);
      };
    });
    lost.catch(() => undefined);
    const session = server.connect(applicationName, (error) => {
      void receive(server, 'lost').then(() => lose(error));
    });
    await receive(server, 'connected');
    const connection = { server, session, lost, lose, isLost: () => isLost || !session.isOf() };
    opened.add(connection);
    return connection;
  }

  async function query(connection: Connection, text: string, values: readonly unknown[]): Promise<PostgresAnswer> {
    if (connection.isLost()) throw new Error('Client has encountered a connection error and is not queryable');
    const answering = exchange(connection, text, values);
    answering.catch(() => undefined);
    return await Promise.race([answering, connection.lost]);
  }

  /** Sends a query, and receives its answer, unless the connection breaks on either way. */
  async function exchange(connection: Connection, text: string, values: readonly unknown[]): Promise<PostgresAnswer> {
    const { server, session, lose } = connection;
    const reset = () => Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });
    const broken = clientIo.choose(3, `${client} ${server.name}`);
    await send(server, 'query');
    await conditions.until(() => !server.isPaused());
    if (broken === 1) {
      session.disconnect();
      await receive(server, 'reset');
      lose(reset());
    }
    const answered = options.onQuery?.(server, text);
    const outcome = await session.run(text, values).then(
      (answer) => {
        answered?.(answer);
        return () => answer;
      },
      (error: unknown) => () => {
        throw error;
      },
    );
    await receive(server, 'answer');
    if (broken === 2) lose(reset());
    return outcome();
  }

  function checkOut(connection: Connection, callback: Callback): void {
    let isReleased = false;
    let previous: Promise<unknown> = Promise.resolve();
    const given: PostgresClient = {
      pipeline: true,
      query({ text, values }) {
        const answer = previous.then(() => query(connection, text, values));
        previous = answer.catch(() => undefined);
        return answer;
      },
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
    const { server, session } = connection;
    const heard = () => isLate || (!network.isCut(client, server.name) && !server.isPaused());
    void conditions.until(heard).then(() => {
      stopTimer();
      session.disconnect();
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
    connect(callback) {
      const once: Callback = (error, given) => {
        if (connecting.delete(once)) callback(error, given);
        else given?.release(true);
      };
      connecting.add(once);
      serve(once);
    },
    drop,
    abandon() {
      ending = true;
      const error = new Error('Connection terminated');
      for (const { lose } of opened) lose(error);
      drop();
      for (const once of connecting) once(error, undefined);
    },
    async end() {
      ending = true;
      for (const connection of idle.splice(0)) close(connection);
    },
  };
}
