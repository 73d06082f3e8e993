import { createServer } from 'node:net';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { type PostgresStoreOptions, postgresStore } from '../../src/postgres.ts';
import { type Cluster, startCluster } from '../support/cluster.ts';
import { freePort, host } from '../support/free-port.ts';
import { events, idsOf } from './cases.ts';
import { freshSchema } from './postgres-host.ts';

let cluster: Cluster;
beforeAll(async () => {
  cluster = await startCluster({ standbys: 2 });
});
afterAll(() => cluster?.stop());

const credentials = { user: 'postgres', password: 'password', database: 'postgres' };

/** A host that accepts connections and never answers. */
async function silentHost() {
  const port = await freePort();
  const sockets = new Set<{ destroy(): void }>();
  const server = createServer((socket) => {
    sockets.add(socket.on('error', () => undefined));
  }).listen(port, host);
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { host, port };
}

function opened(hosts: readonly { host: string; port: number }[], options: Partial<PostgresStoreOptions> = {}) {
  const all = { hosts, connection: credentials, schema: freshSchema(), ...options };
  const store = postgresStore(all as PostgresStoreOptions);
  onTestFinished(() => store.close());
  return store;
}

it('a store goes on at the promoted standby, past a dead and a silent host, and never back to the former primary', async () => {
  const hosts = [{ host, port: await freePort() }, await silentHost(), ...cluster.nodes];
  const replication = { durability: 'replicated', standbys: cluster.nodes.map(({ name }) => name) } as const;
  const store = opened(hosts, { ...replication, connectTimeoutMs: 60_000, responseTimeoutMs: 120_000 });
  await store.appendToStream('a', events(1));
  const former = cluster.primary();
  const [next, other] = cluster.standbys();
  if (next === undefined || other === undefined) throw new Error('a standby is missing');

  // It stops in the middle of appends: their connections stay open, and nothing answers.
  const before = [store.appendToStream('a', events(2)), store.appendToStream('b', events(11))];
  former.pause();
  const during = [store.appendToStream('c', events(21)), store.readStored('a')];
  await cluster.promote(next);
  await Promise.all([...before, ...during]);
  expect(await idsOf(store, 'a')).toEqual(['event-1', 'event-2']);
  expect(await store.appendToStream('a', events(2))).toMatchObject({ repeated: true });

  // It answers again, as if it were the primary.
  former.resume();
  const late = opened(hosts, { connectTimeoutMs: 3000 });
  await expect
    .poll(() =>
      late.appendToStream('a', events(1)).then(
        () => true,
        () => false,
      ),
    )
    .toBe(true);
  expect(await former.sql('SELECT pg_is_in_recovery() AS is')).toEqual([{ is: false }]);
  await next.stop('immediate');
  await expect(late.readStored('a')).rejects.toThrow(/is the primary of timeline 1, but 2 was seen/);
  await next.start();
  await expect.poll(() => idsOf(store, 'a').catch(() => [])).toEqual(['event-1', 'event-2']);
});
