/** Many stores lose their primary at the same moment, and all go to the next one. */
import { expect, it, onTestFinished } from 'vitest';
import { startCluster } from '../support/cluster.ts';
import { login } from '../support/postgres-files.ts';
import { events } from './cases.ts';
import { patientStore } from './patient-store.ts';
import { freshSchema } from './postgres-host.ts';
import { proxyTo } from './postgres-proxy.ts';

it('fifty stores ask a standby at most once a second each, and open what their calls need once it is the primary', async () => {
  const cluster = await startCluster({ synchronous: undefined, settings: { max_connections: '250' } });
  onTestFinished(() => cluster.stop());
  const [former, next] = cluster.nodes;
  if (former === undefined || next === undefined) throw new Error('a node is missing');
  const schema = freshSchema();
  const proxy = await proxyTo({ ...next, ...login });
  const hosts = [former, proxy].map(({ host, port }) => ({ host, port }));
  const stores = Array.from({ length: 50 }, () => patientStore({ hosts, connection: login, schema }));
  onTestFinished(() => Promise.all(stores.map((store) => store.close())).then(() => undefined));
  await stores[0]?.appendToStream('a', events(1));
  await Promise.all(stores.map((store) => store.readStored('a')));
  await cluster.caughtUp();

  await former.stop('kill');
  const [before, startedAt] = [proxy.begun(), performance.now()];
  const reads = stores.map((store) => store.readStored('a'));
  await expect.poll(() => proxy.begun() - before).toBeGreaterThan(3 * stores.length); // they look for a primary
  await cluster.promote(next);
  for (const read of await Promise.all(reads)) expect(read).toHaveLength(1);
  const seconds = Math.ceil((performance.now() - startedAt) / 1000);
  expect(proxy.begun() - before).toBeLessThan(stores.length * (seconds + 2));
});
