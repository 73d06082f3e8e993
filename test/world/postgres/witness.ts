/** Notes what the servers of a cluster answer that rests on one server alone, or on a former primary. */
import type { PostgresAnswer } from '../../../src/stores/postgres/pool.ts';
import type { World } from '../world.ts';
import type { Cluster } from './cluster.ts';
import { lsnAt } from './disk.ts';
import type { Server } from './server.ts';

type Parts = Readonly<{ cluster: Cluster; primary: () => string }>;

export function createWitness({ reach }: World, { cluster, primary }: Parts) {
  const appending = new Set<object>();
  /** The events of pages of the global stream that some reader has gone on from. */
  const fed = new Set<string>();

  /** True if a server shows a commit that no other server has flushed. */
  function isAlone({ name, disk, running }: Server): boolean {
    const visible = disk.wal.slice(0, running()?.replayed ?? 0);
    const last = visible.findLastIndex(({ kind }) => kind === 'commit') + 1;
    const others = cluster.names.filter((one) => one !== name).map(cluster.server);
    return (
      last > 0 && others.every((other) => other.disk.wal[last - 1] !== disk.wal[last - 1]) && lsnAt(disk, last) > 0
    );
  }

  function onQuery(server: Server, text: string): (answer: PostgresAnswer) => void {
    const isAppend = text.includes('auxilio_add(');
    const token = {};
    if (isAppend) appending.add(token);
    return ({ rows }) => {
      appending.delete(token);
      const found = rows as { event_id?: string; answer?: string; xid?: string }[];
      if (server.name !== primary() && !server.disk.isStandby && found.length > 0)
        reach('an old primary that still answers');
      for (const { event_id: id, xid } of found) if (id !== undefined && xid !== undefined) fed.add(id);
      if (!isAlone(server)) return;
      if (found.some(({ event_id: id }) => id !== undefined)) reach('a read of what only one server has');
      if (isAppend && found[0]?.answer?.startsWith('stored')) reach('a repeat of what only one server has');
      if (isAppend && found[0]?.answer?.startsWith('conflict'))
        reach('a refusal that rests on what only one server has');
    };
  }

  function onPromotion(name: string, former: string): void {
    const [next, before] = [cluster.server(name), cluster.server(former)];
    reach('a standby promoted');
    if (appending.size > 0) reach('an append in doubt over a failover');
    if (before.running() !== undefined) reach('an old primary that runs on beside the new one');
    if (before.lsns().flush > next.lsns().flush) reach('a promotion that loses what only one server had');
    const has = (id: string) => [...(next.running()?.state.schemas.values() ?? [])].some(({ byId }) => byId.has(id));
    if ([...fed].some((id) => !has(id))) reach('a cursor beyond the switch');
    fed.clear();
    appending.clear();
  }

  return { onQuery, onPromotion };
}
