/** The strikes on the nodes of a site. After each of them the site is healed. */
import { setTimeout as pause } from 'node:timers/promises';
import { type ClusterNode, until } from '../../../test/support/cluster-node.ts';
import type { Round } from './leg.ts';
import type { Site } from './site.ts';

export type Strike = Round<Site>;

/** In the order of the rounds; all in ten. */
export const strikes: readonly Strike[] = [
  {
    name: 'the primary is killed',
    async run(site) {
      await site.primary().stop('kill');
      await site.failOver();
    },
  },
  {
    name: 'waiting commits are cancelled and terminated, and the primary is killed',
    async run(site) {
      await commitsWait(site);
      await endWaits(site.primary());
      await pause(800); // what was in doubt is asked again
      await site.primary().stop('kill');
      await site.failOver();
    },
  },
  {
    name: 'the primary is paused, and goes on beside the next one',
    async run(site, random) {
      const old = site.primary();
      old.pause();
      await fenceOrNot(site, old, random);
      old.resume();
      await pause(500 + 1000 * random());
    },
  },
  {
    name: 'the primary restarts in place while commits wait, and is then killed',
    async run(site) {
      await commitsWait(site);
      await site.primary().stop('immediate');
      await site.primary().start();
      await pause(800);
      await site.primary().stop('kill');
      await site.failOver();
    },
  },
  {
    name: 'the answers of the primary are lost, and come back beside the next one',
    async run(site, random) {
      const old = site.primary();
      old.cut(false, true);
      await pause(1000 * random());
      await fenceOrNot(site, old, random);
      old.mend();
      await pause(500 + 1000 * random());
    },
  },
  {
    name: 'a standby is killed, then the primary',
    async run(site, random) {
      const [one] = site.standbys();
      await one.stop('kill');
      await pause(1000 * random());
      await site.primary().stop('kill');
      await one.start();
      await site.failOver();
    },
  },
  {
    name: 'what is sent to the primary is lost, then it is killed',
    async run(site, random) {
      site.primary().cut(true, false);
      await pause(1000 * random());
      await site.primary().stop('kill');
      await site.failOver();
    },
  },
  {
    name: 'the disk of a standby is full, then the primary stops at once',
    async run(site, random) {
      const [one] = site.standbys();
      one.fillDisk();
      await pause(500 + 1000 * random());
      await site.primary().stop('immediate');
      one.freeDisk();
      if (!one.isUp()) await one.stop('kill').then(one.start);
      await site.failOver();
    },
  },
  {
    name: 'a standby is cut off in one direction, the other one does not replay, and the primary is killed',
    async run(site, random) {
      const [one, other] = site.standbys();
      await other.sql('SELECT pg_wal_replay_pause()');
      one.cut(random() < 0.5, true);
      await pause(500 + 2500 * random());
      await site.primary().stop('kill');
      one.mend();
      await site.failOver();
    },
  },
  {
    name: 'the primary stops at once and restarts in place',
    async run(site, random) {
      await site.primary().stop('immediate');
      await pause(500 * random());
      await site.primary().start();
    },
  },
];

/** Promotes another node, once the old primary is ended for good (fenced) or while it may come back. */
async function fenceOrNot(site: Site, old: ClusterNode, random: () => number): Promise<void> {
  if (random() < 0.5) await old.stop('kill');
  await site.failOver();
}

/** Cuts both standbys off, until a commit waits for them. */
async function commitsWait(site: Site): Promise<void> {
  await Promise.all(site.standbys().map((standby) => site.cluster.cutReceiver(standby)));
  await Promise.race([until('a commit waits', async () => (await waiting(site.primary())).length > 1), pause(2000)]);
}

const waiting = (primary: ClusterNode) =>
  primary.sql(`SELECT pid FROM pg_stat_activity WHERE wait_event = 'SyncRep' ORDER BY pid`);

/** Cancels one half of the waiting backends, and terminates the other. */
async function endWaits(primary: ClusterNode): Promise<void> {
  await primary.sql(`SELECT CASE WHEN pid % 2 = 0 THEN pg_cancel_backend(pid) ELSE pg_terminate_backend(pid) END
    FROM pg_stat_activity WHERE wait_event = 'SyncRep'`);
}
