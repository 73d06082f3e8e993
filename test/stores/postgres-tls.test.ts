/** TLS with several hosts, which have a certificate for their names. */
import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { PostgresStoreOptions } from '../../src/postgres.ts';
import { type Cluster, startCluster } from '../support/cluster.ts';
import { freePort, host } from '../support/free-port.ts';
import { stubNames } from '../support/names.ts';
import { login } from '../support/postgres-files.ts';
import { makeTls } from '../support/tls.ts';
import { events, idsOf } from './cases.ts';
import { patientStore } from './patient-store.ts';
import { freshSchema } from './postgres-host.ts';

const { ca, settings } = makeTls(['one.db.test', 'two.db.test']);

let cluster: Cluster;
beforeAll(async () => {
  cluster = await startCluster({ standbys: 1, synchronous: undefined, settings });
});
afterAll(() => cluster?.stop());

/** A store of nodes under these names, which demands TLS unless an option says otherwise. */
function opened(names: readonly string[], ports: readonly number[], options: Partial<PostgresStoreOptions> = {}) {
  stubNames(Object.fromEntries(names.map((name) => [name, () => host])));
  const hosts = names.map((name, n) => ({ host: name, port: ports[n] }));
  const connection = { ...login, ssl: { ca }, application_name: 'over TLS' };
  const store = patientStore({ hosts, connection, schema: freshSchema(), ...options } as PostgresStoreOptions);
  onTestFinished(() => store.close());
  return store;
}

/** A server without TLS; it answers as PostgreSQL does, and records what it was sent. */
async function plainServer() {
  const port = await freePort();
  const received: Buffer[] = [];
  const server = createServer((socket) => {
    socket
      .on('error', () => undefined)
      .on('data', (data) => {
        received.push(data);
        socket.write('N');
      });
  }).listen(port, host);
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return { port, received: () => Buffer.concat(received).toString('latin1') };
}

describe('a store of several hosts that demands TLS', () => {
  it('refuses a certificate that is for another name, and says so', async () => {
    const ports = cluster.nodes.map(({ port }) => port);
    const store = opened(['one.db.test', 'wrong.test'], ports.toReversed(), { connectTimeoutMs: 3000 });
    await expect(store.readStored('a')).rejects.toMatchObject({
      kind: 'unavailable',
      message: expect.stringMatching(
        /^Postgres: no host is the primary: one\.db\.test:\d+ is a standby; wrong\.test:\d+ cannot be reached \(Hostname\/IP does not match certificate's altnames: Host: wrong\.test\. is not in the cert's altnames: DNS:one\.db\.test, DNS:two\.db\.test\)$/,
      ),
    });
  });

  it('refuses a certificate of an authority that it was not given', async () => {
    const connection = { ...login, ssl: true };
    const ports = cluster.nodes.map(({ port }) => port);
    const store = opened(['one.db.test', 'two.db.test'], ports, { connection, connectTimeoutMs: 3000 } as never);
    await expect(store.readStored('a')).rejects.toThrow(/one\.db\.test:\d+ cannot be reached \(unable to (get|verify)/);
  });

  it('refuses a server without TLS by its name, and sends it nothing but the question', async () => {
    const plain = await plainServer();
    const store = opened(['one.db.test', 'two.db.test'], [plain.port, await freePort()], { connectTimeoutMs: 3000 });
    await expect(store.readStored('a')).rejects.toThrow(
      `one.db.test:${plain.port} cannot be reached (The server does not support SSL connections)`,
    );
    const question = '\0\0\0\x08\x04\xd2\x16\x2f';
    expect(plain.received().replaceAll(question, '')).toBe('');
    expect(plain.received()).toContain(question);
  });

  it('goes on through a failover, and listens, on encrypted connections alone', async () => {
    const store = opened(
      ['one.db.test', 'two.db.test'],
      cluster.nodes.map(({ port }) => port),
    );
    let wakes = 0;
    onTestFinished(store.listen?.(() => wakes++, 50) ?? (() => undefined));
    await store.appendToStream('a', events(1));
    await cluster.caughtUp();
    const [next] = cluster.standbys();
    if (next === undefined) throw new Error('a standby is missing');
    await cluster.primary().stop('kill');
    await cluster.promote(next);
    await store.appendToStream('a', events(2));
    expect(await idsOf(store, 'a')).toEqual(['event-1', 'event-2']);
    const isListening = async () => {
      const rows = await next.sql(`SELECT s.ssl, a.query FROM pg_stat_ssl s JOIN pg_stat_activity a USING (pid)
        WHERE a.application_name = 'over TLS'`);
      expect(rows.every(({ ssl }) => ssl === true)).toBe(true);
      return rows.some(({ query }) => query === 'LISTEN auxilio');
    };
    await expect.poll(isListening).toBe(true);
  });
});
