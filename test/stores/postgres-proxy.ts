import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import type { PostgresServer } from '../support/postgres.ts';

/** A proxy between a store and its server that fails on request. */
export type Proxy = Readonly<{
  host: string;
  port: number;
  connectionString: string;
  /** The number of connections that were begun. */
  begun(): number;
  /** Lets the next answer of the server fall, and ends the connection instead. */
  loseNextAnswer(after?: number): void;
  /** Has the server end the next connection in the breath in which it lets the client in. */
  endNextConnection(): void;
  /** Has the server end a connection in the breath in which the client takes its leave. */
  endAtLeave(): void;
  /** Lets the answers on a connection fall from when its client sends this text, which arrives. */
  loseAnswersTo(text: string): void;
  /** Passes nothing on any more, either way, and ends nothing. */
  freeze(): void;
}>;

type Server = Pick<PostgresServer, 'host' | 'port' | 'user' | 'password' | 'database'>;

/** Leads each new connection to a server, or to the one that is found at that moment. */
export async function proxyTo(target: Server | (() => Server)): Promise<Proxy> {
  const find = typeof target === 'function' ? target : () => target;
  const { host, user, password, database } = find();
  /** The number of responses that pass before the one that is lost. */
  let passing: number | undefined;
  let frozen = false;
  let begun = 0;
  let lostTo: string | undefined;
  let ending = false;
  let endingAtLeave = false;
  const sockets = new Set<Socket>();
  const proxy = createServer((client) => {
    begun += 1;
    const found = find();
    const server = connect(found.port, found.host);
    for (const socket of [client, server]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
    }
    let mute = false;
    const end = () => {
      client.destroy();
      server.destroy();
    };
    client.on('data', (data) => {
      if (endingAtLeave && data.equals(leave)) client.write(goodbye);
      mute ||= lostTo !== undefined && data.includes(lostTo);
      if (!frozen) server.write(data);
    });
    server.on('data', (data) => {
      if (frozen || mute) return;
      if (passing === 0) end();
      else client.write(ending && data.includes(letIn) ? Buffer.concat([data, goodbye]) : data);
      passing = passing === undefined || passing === 0 ? undefined : passing - 1;
      if (data.includes(letIn)) ending = false;
    });
    client.on('close', end);
    server.on('close', end);
  });
  proxy.listen(0, host);
  await once(proxy, 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    proxy.close();
  });
  const address = proxy.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    ...{ host, port: address.port },
    connectionString: `postgres://${user}:${password}@${host}:${address.port}/${database}`,
    begun: () => begun,
    loseNextAnswer(after = 0) {
      passing = after;
    },
    endNextConnection() {
      ending = true;
    },
    endAtLeave() {
      endingAtLeave = true;
    },
    loseAnswersTo(text) {
      lostTo = text;
    },
    freeze() {
      frozen = true;
    },
  };
}

/** The server is ready for a first question, outside a transaction. */
const letIn = Buffer.from('Z\0\0\0\x05I', 'latin1');

/** The client takes its leave. */
const leave = Buffer.from('X\0\0\0\x04', 'latin1');

/** An ErrorResponse: terminating connection due to administrator command. */
const goodbye = (() => {
  const fields = Buffer.from('SFATAL\0VFATAL\0C57P01\0Mterminating connection\0\0', 'latin1');
  const head = Buffer.from('E\0\0\0\0', 'latin1');
  head.writeInt32BE(fields.length + 4, 1);
  return Buffer.concat([head, fields]);
})();
