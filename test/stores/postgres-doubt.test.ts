/** Clients of a primary whose answers are lost while another node is promoted: what they sent is in doubt. */
import { expect, it, onTestFinished } from 'vitest';
import { startCluster } from '../support/cluster.ts';
import { until } from '../support/cluster-node.ts';
import { login } from '../support/postgres-files.ts';
import { event, events, wholeFeed } from './cases.ts';
import { freshSchema } from './postgres-host.ts';
import { proxyTo } from './postgres-proxy.ts';
import { replicatedStore } from './replicated-store.ts';

it('eight clients in doubt at a promotion repeat what they sent, which is recorded once', async () => {
  const cluster = await startCluster({ standbys: 2 });
  onTestFinished(() => cluster.stop());
  const [n1, n2] = cluster.nodes;
  if (n1 === undefined || n2 === undefined) throw new Error('a node is missing');
  const proxies = await Promise.all(cluster.nodes.map((node) => proxyTo({ ...node, ...login })));
  const schema = freshSchema();
  const clients = Array.from({ length: 8 }, () => replicatedStore(cluster, { hosts: proxies, schema }));
  await Promise.all(clients.map((client, n) => client.appendToStream(`s-${n}`, events(n))));

  proxies[0]?.loseAnswersTo('in doubt');
  const appends = clients.map((client, n) => {
    const sent = [event(10 + n, { is: 'in doubt' }), event(20 + n)];
    return client.appendToStream(`s-${n}`, sent, { expectedStreamVersion: 1n });
  });
  await until('each append is committed', async () => {
    return (await n1.sql(`SELECT FROM ${schema}.auxilio_events`)).length === 3 * clients.length;
  });
  await cluster.caughtUp();
  await cluster.promote(n2); // nobody fences the other one
  for (const answer of await Promise.all(appends))
    expect(answer).toMatchObject({ repeated: true, nextExpectedStreamVersion: 3n });
  const [client] = clients;
  const ids = client && (await wholeFeed(client)).map(({ messageId }) => messageId);
  expect(ids?.toSorted()).toEqual(
    clients.flatMap((_, n) => [`event-${n}`, `event-${10 + n}`, `event-${20 + n}`]).toSorted(),
  );
});
