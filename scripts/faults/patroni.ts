/**
 * The campaign of failovers on Patroni, etcd and HAProxy, by the files of docs/how-to/run-on-three-nodes.md. It installs Debian's packages
 * if they are missing, and runs by its name only: `npm run faults -- patroni`.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { postgresStore } from 'auxilio/postgres';
import { until } from '../../test/support/cluster-node.ts';
import type { Campaign } from './campaign.ts';
import { type Round, runLeg } from './cluster/leg.ts';
import { installPackages } from './cluster/packages.ts';
import { type PatroniSite, startPatroni } from './cluster/patroni-site.ts';
import { runLegs } from './legs.ts';
import { chance } from './support.ts';

const timeouts = { connectTimeoutMs: 1000, lockTimeoutMs: 1000, statementTimeoutMs: 2000, responseTimeoutMs: 2500 };

const rounds: readonly Round<PatroniSite>[] = [
  { name: 'the machine of the primary is lost', run: loseMachine },
  {
    name: 'waiting commits are cancelled and terminated, and the machine of the primary is lost',
    async run(site) {
      const [one, other] = site.standbys();
      one?.cut(true, true);
      other?.cut(true, true);
      const old = site.primary();
      const waiting = () => old.sql(`SELECT FROM pg_stat_activity WHERE wait_event = 'SyncRep'`);
      await Promise.race([until('a commit waits', async () => (await waiting()).length > 1), pause(2000)]);
      await old.sql(`SELECT CASE WHEN pid % 2 = 0 THEN pg_cancel_backend(pid) ELSE pg_terminate_backend(pid) END
        FROM pg_stat_activity WHERE wait_event = 'SyncRep'`);
      await pause(800); // what was in doubt is asked again
      await old.kill();
      one?.mend();
      other?.mend();
      await site.movedFrom(old);
    },
  },
  {
    name: 'the machine of the primary is paused for longer than its lock, and goes on',
    async run(site) {
      const old = site.primary();
      old.pause();
      await site.movedFrom(old);
      old.resume();
      await pause(2000);
    },
  },
  {
    name: 'what the primary sends is lost',
    async run(site) {
      const old = site.primary();
      old.cut(false, true);
      await site.movedFrom(old);
      old.mend();
      await pause(1000);
    },
  },
  {
    name: 'PostgreSQL of the primary is killed',
    async run(site, random) {
      site.primary().killProcess('bin/postgres');
      await pause(3000 * random());
    },
  },
  {
    name: 'what is sent to the primary is lost',
    async run(site) {
      const old = site.primary();
      old.cut(true, false);
      await site.movedFrom(old);
      old.mend();
    },
  },
  {
    name: 'a standby is lost, then the primary, and the standby comes back',
    async run(site, random) {
      const [one] = site.standbys();
      await one?.kill();
      await pause(3000 * random());
      const old = site.primary();
      await old.kill();
      one?.start();
      await site.movedFrom(old);
    },
  },
  {
    name: 'a standby is restarted, and the primary moved to it',
    async run(site) {
      const old = site.primary();
      site.upgrade();
      await site.movedFrom(old);
    },
  },
  {
    name: 'etcd of the primary is killed',
    async run(site, random) {
      site.primary().killProcess('etcd');
      await pause(5000 * random());
    },
  },
  {
    name: 'a standby is paused and goes on',
    async run(site, random) {
      const [one] = site.standbys();
      one?.pause();
      await pause(10_000 * random());
      one?.resume();
    },
  },
];

async function loseMachine(site: PatroniSite): Promise<void> {
  const old = site.primary();
  await old.kill();
  await site.movedFrom(old);
}

export const patroni: Campaign = {
  name: 'patroni',
  says: 'machines of a cluster of Patroni are lost, paused and cut off, and its primary moves, under the work of a contact center',
  short: rounds.length,
  long: 2 * rounds.length,
  byNameOnly: true,
  async run({ rounds: count, directory, seed }) {
    installPackages();
    const legs = Math.ceil(count / rounds.length);
    return runLegs(`patroni-${seed}-${count}`, legs, async (leg) => {
      const site = await startPatroni(`${directory}/${leg}`);
      if (site === undefined) throw new Error('No network namespace may be made here');
      try {
        const left = rounds.slice(0, count - leg * rounds.length);
        return await runLeg(site, () => openStore(site), left, chance(seed + leg));
      } finally {
        await site.stop();
      }
    });
  },
};

/** The store of the page, with timeouts as short as those of the other campaigns. */
function openStore(site: PatroniSite) {
  return postgresStore({
    hosts: site.nodes.map(({ host }) => ({ host })),
    connection: { user: 'auxilio', password: 'change-me-4', database: 'auxilio' },
    durability: 'replicated',
    standbys: ['n1', 'n2', 'n3'],
    standbyTimeoutMs: 2000,
    ...timeouts,
  });
}
