import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { postgresStore } from 'auxilio/postgres';
import { startCluster } from '../../test/support/cluster.ts';
import { startPostgres } from '../../test/support/postgres.ts';
import { login } from '../../test/support/postgres-files.ts';
import type { Campaign } from './campaign.ts';
import { makeNetwork } from './network.ts';
import { workUnder } from './postgres-work.ts';

const patienceMs = 600;

/** A connection to a server that can be cut silently in either direction. */
type Way = Readonly<{
  host: string;
  port: number;
  cut(there: boolean, back: boolean): void;
  mend(): void;
  close(): void;
}>;

type Server = Readonly<{ connectionString: string; stop(): Promise<void> }>;

/**
 * The connection between the store and the server is cut: first packets are dropped silently, in one direction or both;
 * then the connection is restored, and the packets in flight are lost. No call may take longer than its timeout.
 */
export const partitionPostgres: Campaign = {
  name: 'partition-postgres',
  says: 'what passes between the store and PostgreSQL is lost, for longer or for shorter than the timeouts',
  short: 6,
  long: 120,
  async run({ rounds, random }) {
    const server = await startPostgres();
    return cutAgainAndAgain(server, await relayTo(server.host, server.port), rounds, random);
  },
};

/**
 * The same to a machine of a network: packets in flight are sent again once the connection is restored. Needs the right to
 * create a network namespace.
 */
export const partitionNetwork: Campaign = {
  name: 'partition-network',
  says: 'the network between the store and PostgreSQL is cut, for longer or for shorter than the timeouts',
  short: 3,
  long: 120,
  async run({ rounds, random }) {
    const network = makeNetwork(1);
    const [machine] = network?.machines ?? [];
    if (network === undefined || machine === undefined)
      return { faults: [], figures: { skipped: 'no network namespace may be made here' } };
    const cluster = await startCluster({ synchronous: undefined, places: [machine.place] });
    const server = { connectionString: cluster.primary().connectionString, stop: cluster.stop };
    return cutAgainAndAgain(server, { ...machine.place, ...machine, close: network.close }, rounds, random);
  },
};

async function cutAgainAndAgain(server: Server, way: Way, rounds: number, random: () => number) {
  const { user, password, database } = login;
  const store = postgresStore({
    connectionString: `postgres://${user}:${password}@${way.host}:${way.port}/${database}`,
    connectTimeoutMs: patienceMs,
    statementTimeoutMs: patienceMs,
    lockTimeoutMs: patienceMs,
    responseTimeoutMs: patienceMs,
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
    await server.stop();
    way.close();
  }
}

/** A relay to a port, whose two directions can be cut. */
async function relayTo(host: string, port: number): Promise<Way> {
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
    host,
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
