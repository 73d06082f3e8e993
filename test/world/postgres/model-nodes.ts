/** The model as the nodes of a history. */
import { createCluster } from './cluster.ts';
import type { Nodes } from './histories.ts';
import type { Patterns } from './platform.ts';

const columns: Patterns = [
  [
    /^SELECT xid::text AS xid FROM auxilio\.auxilio_events ORDER BY position$/,
    ({ tx }) => {
      const rows = [...tx.view('auxilio').feed()];
      return rows.sort((one, other) => Number(one.position - other.position)).map(({ xid }) => ({ xid }));
    },
  ],
];

export function modelNodes(): Nodes {
  const names = ['n1', 'n2', 'n3'];
  const settings = { synchronousStandbyNames: 'ANY 1 (n2, n3)' };
  const cluster = createCluster({ servers: names, settings, statements: columns });
  const { server } = cluster;
  let primary = 'n1';
  const listWaits = (node: string) =>
    server(node)
      .sessions()
      .filter(({ waitsForStandby }) => waitsForStandby);
  const settle = () => new Promise<void>((resolve) => void setImmediate(resolve));
  return {
    pool: (host) => ({ pool: cluster.pool({ host }) }),
    async sql(node, text) {
      const session = server(node).connect('sql', () => undefined);
      const { rows } = await session.run(text, []);
      session.disconnect();
      return rows as Record<string, unknown>[];
    },
    kill: async (node) => server(node).kill(),
    start: async (node) => server(node).start(),
    pause: (node) => server(node).pause(),
    resume: (node) => server(node).resume(),
    async promote(node) {
      cluster.follow(node, undefined);
      server(node).promote();
      primary = node;
      for (const name of names) if (server(name).disk.isStandby) cluster.follow(name, node);
    },
    cutReceiver: async (node) => cluster.follow(node, undefined),
    restoreReceiver: async (node) => cluster.follow(node, primary),
    caughtUp: settle,
    waitFor: async (node, synchronousStandbyNames) => cluster.set(node, { synchronousStandbyNames }),
    countWaits: async (node) => listWaits(node).length,
    async interruptWaits(node, how) {
      for (const { pid } of listWaits(node)) how === 'cancel' ? server(node).cancel(pid) : server(node).terminate(pid);
    },
  };
}
