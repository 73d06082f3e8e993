/** Hosts by names that lead elsewhere after a failover, and hosts that answer nothing. */
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { PostgresStore, PostgresStoreOptions } from '../../src/postgres.ts';
import { blackHole } from '../support/black-hole.ts';
import { type Cluster, startCluster } from '../support/cluster.ts';
import { freePort } from '../support/free-port.ts';
import { limits } from '../support/limits.ts';
import { stubNames } from '../support/names.ts';
import { login } from '../support/postgres-files.ts';
import { events, idsOf } from './cases.ts';
import { patientStore } from './patient-store.ts';
import { freshSchema } from './postgres-host.ts';

const [first, second] = ['127.0.0.1', '127.0.0.2'];

let port: number;
let cluster: Cluster;
beforeAll(async () => {
  port = await freePort();
  // A name leads to an address, and not to a port.
  cluster = await startCluster({ synchronous: undefined, places: [first, second].map((host) => ({ host, port })) });
});
afterAll(() => cluster?.stop());

function opened(hosts: readonly { host: string; port: number }[], options: Partial<PostgresStoreOptions> = {}) {
  const store = patientStore({ hosts, connection: login, schema: freshSchema(), ...options });
  onTestFinished(() => store.close());
  return store;
}

/** Resolves once an append is acknowledged; until a name leads to the primary, it is refused. */
const appended = (store: PostgresStore) =>
  expect.poll(() => store.appendToStream('a', events(2)).then(() => 'acknowledged', String)).toBe('acknowledged');

/** Promotes the standby; the former primary is its standby once the test is over. */
async function promote(): Promise<void> {
  const former = cluster.primary();
  const [next] = cluster.standbys();
  if (next === undefined) throw new Error('a standby is missing');
  await cluster.promote(next);
  onTestFinished(() => cluster.rejoin(former));
}

describe('a name', () => {
  it('that is the only host leads to the next primary, also for calls that wait for the former one', async () => {
    let address = cluster.primary().host;
    stubNames({ 'primary.db.test': () => address });
    const store = opened([{ host: 'primary.db.test', port }]);
    await store.appendToStream('a', events(1));
    await cluster.caughtUp();
    cluster.primary().pause();
    const during = store.appendToStream('a', events(2));
    await promote();
    address = cluster.primary().host;
    await during;
    expect(await idsOf(store, 'a')).toEqual(['event-1', 'event-2']);
  });

  it('that is exchanged for another one is looked up again, although the former server answers', async () => {
    const roles = { primary: cluster.primary().host, replica: cluster.standbys()[0]?.host ?? '' };
    stubNames({ 'primary.db.test': () => roles.primary, 'replica.db.test': () => roles.replica });
    const schema = freshSchema();
    const store = opened(
      ['primary.db.test', 'replica.db.test'].map((host) => ({ host, port })),
      { schema },
    );
    await store.appendToStream('a', events(1));
    await cluster.caughtUp();
    const former = cluster.primary();
    await promote();
    Object.assign(roles, { primary: roles.replica, replica: roles.primary });
    // Its connections go on, and it still takes itself for the primary.
    await former.configure({ default_transaction_read_only: 'on' });
    onTestFinished(() => former.configure({ default_transaction_read_only: 'off' }));
    await appended(store);
    expect(await idsOf(store, 'a')).toEqual(['event-1', 'event-2']);
    expect(await former.sql(`SELECT event_id FROM ${schema}.auxilio_events`)).toEqual([{ event_id: 'event-1' }]);
  });

  it('that leads a connection to another server than was asked is not used', async () => {
    const former = cluster.primary();
    const schema = freshSchema();
    const before = opened([former], { schema });
    await before.appendToStream('a', events(1));
    await cluster.caughtUp();
    await promote();
    // Only the first look-up, that of the question, leads to the primary.
    const addresses = [cluster.primary().host, former.host];
    stubNames({ 'primary.db.test': () => addresses.shift() ?? cluster.primary().host });
    const store = opened([{ host: 'primary.db.test', port }], { schema });
    await appended(store);
    expect(addresses).toEqual([]);
    expect(await former.sql(`SELECT event_id FROM ${schema}.auxilio_events`)).toEqual([{ event_id: 'event-1' }]);
  });
});

describe('a first host that drops all packets', () => {
  it('is passed', async () => {
    // Waiting for the first host would outlast the test.
    const store = opened([await blackHole(), cluster.primary()], { connectTimeoutMs: 10 * limits.testMs });
    await store.appendToStream('a', events(1));
    expect(await idsOf(store, 'a')).toEqual(['event-1']);
  });

  it('is named when the time is up, and so is the standby beside it', async () => {
    const dead = await blackHole();
    const [standby] = cluster.standbys();
    if (standby === undefined) throw new Error('a standby is missing');
    const store = opened([dead, standby], { connectTimeoutMs: 2000 });
    await expect(store.readStored('a')).rejects.toMatchObject({
      kind: 'unavailable',
      message: expect.stringMatching(
        new RegExp(
          `no host is the primary: ${dead.host}:${dead.port} (does not answer|cannot be reached \\(.*\\)); ${standby.host}:${port} is a standby`,
        ),
      ),
    });
  });
});
