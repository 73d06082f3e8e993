/**
 * Three servers, each in a network namespace, and a contact center at work on them: eight writers, two of which sync, a
 * subscription, rows and screens. A primary or a standby is killed, stopped, paused, cut off or full, commits that wait are ended, and
 * another node is promoted. In the end nothing that was said may be gone, nothing be there twice or not be handled.
 */
import { type PostgresStore, postgresStore } from 'auxilio/postgres';
import type { ClusterOptions } from '../../test/support/cluster.ts';
import { login } from '../../test/support/postgres-files.ts';
import type { Campaign } from './campaign.ts';
import { runLeg } from './cluster/leg.ts';
import { startRouter } from './cluster/router.ts';
import { type Site, startSite } from './cluster/site.ts';
import { type Strike, strikes } from './cluster/strikes.ts';
import type { Work } from './cluster/work.ts';
import { type Leg, runLegs } from './legs.ts';
import { chance } from './support.ts';

/** Rounds on one cluster: each of the strikes once. */
const roundsOfLeg = strikes.length;

/** A pair that is put to the test: the replication of the servers, and the store on them. */
type Subject = Readonly<{
  synchronous: ClusterOptions['synchronous'];
  open: (site: Site) => Promise<() => PostgresStore>;
}>;

const timeouts = { connectTimeoutMs: 1000, lockTimeoutMs: 1000, statementTimeoutMs: 2000, responseTimeoutMs: 2500 };

/** A store that knows one address, which leads to the primary. */
async function throughRouter(site: Site): Promise<() => PostgresStore> {
  const { host, port } = await startRouter(site.primary);
  const connectionString = `postgres://${login.user}:${login.password}@${host}:${port}/${login.database}`;
  return () => postgresStore({ connectionString, ...timeouts });
}

/** A store that knows the nodes, finds the primary by itself, and says nothing that no standby has. */
async function replicatedStore({ cluster }: Site): Promise<() => PostgresStore> {
  const hosts = cluster.nodes.map(({ host, port }) => ({ host, port }));
  const standbys = cluster.nodes.map(({ name }) => name);
  const options = { hosts, connection: login, durability: 'replicated', standbys, standbyTimeoutMs: 2000 } as const;
  return () => postgresStore({ ...options, ...timeouts });
}

const replicated: Subject = { synchronous: 'ANY 1', open: replicatedStore };

/** Pairs that lose something. */
const controls: Readonly<Record<string, Subject>> = {
  asynchronous: { synchronous: undefined, open: throughRouter },
  local: { synchronous: 'ANY 1', open: throughRouter },
};

export const failover: Campaign = {
  name: 'failover',
  says: 'a node of three is killed, paused, cut off or full, and another one promoted, under writers, sync, subscriptions and screens',
  short: roundsOfLeg,
  long: 200,
  async run({ rounds, directory, seed }) {
    const lost = await findLosses(directory);
    if (lost === undefined) return { faults: [], figures: { skipped: 'no network namespace may be made here' } };
    const legs = Math.ceil(rounds / roundsOfLeg);
    const { faults, figures } = await runLegs(`failover-${seed}-${rounds}`, legs, async (leg) => {
      const left = strikes.slice(0, rounds - leg * roundsOfLeg);
      return (await runOn(directory, replicated, left, chance(seed + 1000 * leg))) ?? { faults: [], figures: {} };
    });
    return { faults: [...lost.faults, ...faults], figures: { ...lost.figures, ...figures } };
  },
};

/** Runs the pairs that must lose something: a campaign that finds nothing there finds nothing anywhere. */
async function findLosses(directory: string): Promise<Leg | undefined> {
  const faults: unknown[] = [];
  const figures: Record<string, number> = {};
  const waits = strikes.filter(({ name }) => name.startsWith('waiting commits'));
  for (const [name, subject] of Object.entries(controls)) {
    const leg = await runOn(directory, subject, waits, chance(1));
    if (leg === undefined) return undefined;
    const found = (leg.figures.lost ?? 0) + (leg.figures.vanished ?? 0);
    figures[`${name}LostOrVanished`] = found;
    if (found === 0) faults.push(`nothing was lost, nor vanished, under ${name}`);
  }
  return { faults, figures };
}

/** Runs rounds on a site of their own; undefined where there may be none. */
async function runOn(
  directory: string,
  { synchronous, open }: Subject,
  rounds: readonly Strike[],
  random: () => number,
): Promise<Leg | undefined> {
  let work: Work | undefined;
  const site = await startSite(directory, { synchronous }, () => work?.timeNextAnswer());
  if (site === undefined) return undefined;
  try {
    const started = (begun: Work) => {
      work = begun;
    };
    return await runLeg(site, await open(site), rounds, random, started);
  } finally {
    await site.stop();
  }
}
