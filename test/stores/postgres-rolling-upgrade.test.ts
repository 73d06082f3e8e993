/** Services of two releases on one schema: the newer one upgrades the tables, and a node fails over. */

import { expect, it, onTestFinished } from 'vitest';
import { commandOf } from '../../scripts/faults/commands.ts';
import { audit } from '../../src/index.ts';
import type * as postgres from '../../src/postgres.ts';
import * as service from '../../src/service.ts';
import { startCluster } from '../support/cluster.ts';
import { login } from '../support/postgres-files.ts';
import { loadRelease } from '../support/release.ts';
import { freshSchema } from './postgres-host.ts';
import { proxyTo } from './postgres-proxy.ts';
import { replicatedStore } from './replicated-store.ts';

type Release = Pick<typeof postgres, 'postgresStore'> & Pick<typeof service, 'createService'>;

it('a release and the next one work on one schema, through the upgrade of its tables and a failover', async () => {
  const former = await loadRelease<Release>('0.8.0', ['postgres', 'service']);
  const cluster = await startCluster({ standbys: 2 });
  onTestFinished(() => cluster.stop());
  const schema = freshSchema();
  // One address that leads to the primary: release 0.8 knows no hosts.
  const { connectionString } = await proxyTo(() => ({ ...cluster.primary(), ...login }));
  const openFormer = () => {
    const store = former.postgresStore({ connectionString, schema });
    onTestFinished(() => store.close());
    return store;
  };
  const storeBefore = openFormer();
  const before = former.createService({ store: storeBefore });
  const versionOfTables = async () => (await cluster.primary().sql(`SELECT value FROM ${schema}.auxilio_meta`))[0];
  await before.handle(commandOf(0));
  await storeBefore.commitCheckpoint('reader', {
    expected: 0,
    cursor: (await storeBefore.readFeed())[0]?.cursor ?? null,
  });
  expect(await versionOfTables()).toEqual({ value: '4' });

  const storeAfter = replicatedStore(cluster, { schema });
  const after = service.createService({ store: storeAfter });
  let next = 1;
  /** Both releases record acts of one visit; each repeats its command until it is answered. */
  async function bothHandle(): Promise<void> {
    for (const one of [after, before, after, before]) {
      const command = commandOf(next++);
      await expect.poll(() => one.handle(command).then(({ ok }) => ok, String)).toBe(true);
    }
  }
  await bothHandle();
  expect(await versionOfTables()).toEqual({ value: '5' });
  // A process of the former release that begins by now is refused.
  await expect(openFormer().readFeed()).rejects.toMatchObject({
    kind: 'newer-schema',
    message: 'The database has schema 5; this release knows 4',
  });

  await cluster.caughtUp();
  const [promoted] = cluster.standbys();
  if (promoted === undefined) throw new Error('a standby is missing');
  await cluster.primary().stop('kill');
  const during = bothHandle();
  await cluster.promote(promoted);
  await during;
  await bothHandle();

  // Each reads all of it, from the checkpoint of the other.
  const { events } = await after.load('v-1');
  expect(events.map(({ metadata }) => metadata?.commandId)).toEqual(Array.from({ length: next }, (_, n) => `c-${n}`));
  expect(audit(events)).toMatchObject({ clean: true });
  for (const [revision, store] of [storeAfter, storeBefore, storeAfter].entries()) {
    const { cursor } = await store.readCheckpoint('reader');
    const entries = await store.readFeed({ after: cursor });
    expect(entries).toHaveLength(next - 1 - revision);
    await store.commitCheckpoint('reader', { expected: revision + 1, cursor: entries[0]?.cursor ?? null });
  }
});
