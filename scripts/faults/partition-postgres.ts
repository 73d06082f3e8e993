import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { postgresStore } from 'auxilio/postgres';
import { startPostgres } from '../../test/support/postgres.ts';
import type { Campaign } from './campaign.ts';
import { workUnder } from './postgres-work.ts';

const patienceMs = 600;

/**
 * The way between the store and the server is cut: at first nothing passes any more, in one direction or both, and nobody is
 * told; then the way is there again, and what was on it is lost. No call may take longer than its timeout.
 */
export const partitionPostgres: Campaign = {
  name: 'partition-postgres',
  says: 'the network between the store and PostgreSQL is cut, for longer or for shorter than the timeouts',
  short: 6,
  long: 120,
  async run({ rounds, random }) {
    const server = await startPostgres();
    const way = await wayTo(server.host, server.port);
    const { user, password, database, host } = server;
    const store = postgresStore({
      connectionString: `postgres://${user}:${password}@${host}:${way.port}/${database}`,
      connectTimeoutMs: patienceMs,
      statementTimeoutMs: patienceMs,
      lockTimeoutMs: patienceMs,
      answerTimeoutMs: patienceMs,
    });
    try {
      return await workUnder(server, store, rounds, async (n) => {
        await pause(100 + 200 * random());
        way.cut(n % 3 !== 0, n % 3 !== 1);
        await pause(2 * patienceMs * random());
        way.mend();
      });
    } finally {
      await store.close();
      way.close();
      await server.stop();
    }
  },
};

/** A relay to a port, whose two directions can be cut. */
async function wayTo(host: string, port: number) {
  const open = { there: true, back: true };
  const pairs = new Set<Socket>();
  const relay = createServer((client) => {
    const server = connect(port, host);
    const end = () => {
      client.destroy();
      server.destroy();
      pairs.delete(client);
    };
    pairs.add(client);
    for (const socket of [client, server]) socket.on('error', end).on('close', end);
    client.on('data', (data) => open.there && server.write(data));
    server.on('data', (data) => open.back && client.write(data));
  });
  relay.listen(0, host);
  await once(relay, 'listening');
  const address = relay.address();
  if (address === null || typeof address === 'string') throw new Error('The relay has no port');
  const endAll = () => {
    for (const client of pairs) client.destroy();
  };
  return {
    port: address.port,
    cut(there: boolean, back: boolean) {
      if (there) open.there = false;
      if (back) open.back = false;
    },
    mend() {
      endAll(); // what was on its way is lost
      open.there = true;
      open.back = true;
    },
    close() {
      endAll();
      relay.close();
    },
  };
}
