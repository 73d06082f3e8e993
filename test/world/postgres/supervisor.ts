/**
 * Supervises a cluster as Patroni does: it promotes a standby once the primary is out of reach, if enough of the others are there to know
 * that one has all that was acknowledged, and makes standbys of former primaries. It fences no server.
 */
import type { Cluster } from './cluster.ts';

type Parts = Readonly<{
  cluster: Cluster;
  now(): number;
  tell(text: string): void;
  /** Called once a standby has become the primary. */
  promoted(name: string, former: string): void;
}>;

/** Time for which a primary may be out of reach, and how long a former one is left as it is. */
const PATIENCE_MS = 6_000;
const REJOIN_MS = 15_000;

export type Supervisor = ReturnType<typeof createSupervisor>;

export function createSupervisor({ cluster, now, tell, promoted }: Parts) {
  const { names, server } = cluster;
  let primary = names[0] as string;
  const outSince = new Map<string, number>();
  /** Cut off from the other servers, though not from their clients. */
  const isolated = new Set<string>();

  const isReachable = (name: string) =>
    server(name).running() !== undefined && !server(name).isPaused() && !isolated.has(name);
  const others = (name: string) => names.filter((one) => one !== name);
  const waitForOthers = (name: string) =>
    cluster.set(name, { synchronousStandbyNames: `ANY 1 (${others(name).join(', ')})` });
  waitForOthers(primary);

  /** Time for which a server has been in a state that must end. */
  function ageOf(name: string, isOut: boolean): number {
    if (!isOut) outSince.delete(name);
    else if (!outSince.has(name)) outSince.set(name, now());
    return isOut ? now() - (outSince.get(name) ?? now()) : -1;
  }

  /** A commit is on the primary and one of the others: all of those must be there to know which. */
  function failOver(): void {
    const candidates = others(primary);
    if (!candidates.every((name) => isReachable(name) && server(name).disk.isStandby)) return;
    const [next] = candidates.sort((one, other) => server(other).lsns().flush - server(one).lsns().flush);
    if (next === undefined) return;
    const former = primary;
    for (const name of candidates) cluster.follow(name, undefined);
    server(next).promote();
    primary = next;
    waitForOthers(next);
    for (const name of candidates) if (name !== next) cluster.follow(name, next);
    outSince.clear();
    tell(`promotes ${next}`);
    promoted(next, former);
  }

  function rejoin(name: string): void {
    tell(`makes a standby of ${name}`);
    isolated.delete(name);
    cluster.rejoin(name, primary);
    outSince.delete(name);
  }

  /** Looks after the servers; to be called again and again. */
  function look(): void {
    if (ageOf(primary, !isReachable(primary)) >= PATIENCE_MS) failOver();
    for (const name of others(primary)) {
      const isFormer = !server(name).disk.isStandby;
      const isOut = isFormer || server(name).running() === undefined;
      if (ageOf(name, isOut) >= REJOIN_MS && !server(name).isPaused() && isReachable(primary)) rejoin(name);
    }
  }

  /** Ends all that ails the servers. */
  function heal(): void {
    isolated.clear();
    cluster.heal();
    for (const name of names) server(name).resume();
    server(primary).start();
    for (const name of others(primary))
      if (server(name).running() === undefined || !server(name).disk.isStandby) rejoin(name);
    for (const name of others(primary)) cluster.follow(name, primary);
  }

  return {
    primary: () => primary,
    standbys: () => others(primary),
    look,
    heal,
    isolate: (name: string) => void isolated.add(name),
    reconnect: (name: string) => void isolated.delete(name),
  };
}
