/**
 * Surprises of a primary and its standbys, each as a history of acts. The same history runs on the model and on real
 * servers, and must answer the same: so the model is held against what it stands for.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { type PostgresStore, type PostgresStoreOptions, postgresStore } from '../../../src/postgres.ts';
import { isStoreError } from '../../../src/stores/errors.ts';
import { events } from '../../stores/cases.ts';
import { limits } from '../../support/limits.ts';

/** Three servers, of which `n1` is the primary at first, and what a test does with them. */
export type Nodes = Readonly<{
  pool(node: string): PostgresStoreOptions & { pool: unknown };
  /** Runs a statement of the server on a connection of its own. */
  sql(node: string, text: string): Promise<Record<string, unknown>[]>;
  kill(node: string): Promise<void>;
  start(node: string): Promise<void>;
  pause(node: string): void;
  resume(node: string): void;
  promote(node: string): Promise<void>;
  cutReceiver(node: string): Promise<void>;
  restoreReceiver(node: string): Promise<void>;
  caughtUp(): Promise<void>;
  /** Changes `synchronous_standby_names`. */
  waitFor(node: string, names: string): Promise<void>;
  /** Number of commits that wait for a standby. */
  countWaits(node: string): Promise<number>;
  /** Cancels or terminates each backend that waits for a standby. */
  interruptWaits(node: string, how: 'cancel' | 'terminate'): Promise<void>;
}>;

/** The options of a store that gives up soon on a server that does not answer. */
const impatient = { responseTimeoutMs: 1_500, connectTimeoutMs: limits.waitMs };

type Scene = ReturnType<typeof setScene>;

/** Opens stores on the nodes, as they are needed. */
function setScene(nodes: Nodes, schema: string) {
  const stores = new Map<string, PostgresStore>();
  function store(node: string): PostgresStore {
    const found = stores.get(node) ?? postgresStore({ ...impatient, ...nodes.pool(node), schema });
    stores.set(node, found);
    return found;
  }
  /** The ids of the stream `a`, as that server shows it. */
  const read = async (node: string) => (await store(node).readStored('a')).map(({ messageId }) => messageId).join(' ');

  /** Appends to the stream `a`, and answers with the outcome. */
  const append = (node: string, ...numbers: number[]) =>
    store(node)
      .appendToStream('a', events(...numbers))
      .then(
        () => 'acknowledged',
        (error: unknown) => (isStoreError(error) ? error.kind : String(error)),
      );

  const untilWaiting = (node: string, count: number) =>
    until(`${count} commits wait on ${node}`, async () => (await nodes.countWaits(node)) === count);
  const untilRead = (node: string, ids: string) =>
    until(`${node} shows ${ids}`, async () => (await read(node).catch(() => '')) === ids);
  const close = () => Promise.all([...stores.values()].map((one) => one.close()));
  return { ...nodes, schema, store, read, append, untilWaiting, untilRead, close };
}

async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + limits.waitMs;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`It did not come to be that ${what}`);
    await pause(5);
  }
}

/** Stores one event that all servers have, then begins an append that no standby receives. */
async function beginAlone(scene: Scene): Promise<{ appended: Promise<string> }> {
  await scene.append('n1', 1);
  await scene.caughtUp();
  for (const standby of ['n2', 'n3']) await scene.cutReceiver(standby);
  const appended = scene.append('n1', 2);
  await scene.untilWaiting('n1', 1);
  return { appended };
}

const timeline = async ({ sql }: Scene, node: string) => {
  const [row] = await sql(node, 'SELECT pg_walfile_name(pg_current_wal_lsn()) AS file');
  return String(row?.file).slice(0, 8);
};

/** `promotes`: it leaves a cluster that no other history can use. */
type History = Readonly<{ name: string; promotes?: true; run: (scene: Scene) => Promise<unknown>; seen: unknown }>;

export const histories: readonly History[] = [
  {
    name: 'a commit that waits for a standby is not visible on its server',
    async run(scene) {
      const { appended } = await beginAlone(scene);
      const waiting = await scene.read('n1');
      for (const standby of ['n2', 'n3']) await scene.restoreReceiver(standby);
      return [waiting, await appended, await scene.read('n1')];
    },
    seen: ['event-1', 'acknowledged', 'event-1 event-2'],
  },
  {
    name: 'a standby shows a commit before its primary does, and before another standby has it',
    async run(scene) {
      await scene.append('n1', 1);
      await scene.waitFor('n1', 'FIRST 2 (n2, n3)');
      await scene.caughtUp();
      await scene.cutReceiver('n3');
      const appended = scene.append('n1', 2);
      await scene.untilRead('n2', 'event-1 event-2');
      const before = [await scene.read('n1'), await scene.read('n3')];
      await scene.restoreReceiver('n3');
      return [...before, await appended];
    },
    seen: ['event-1', 'event-1', 'acknowledged'],
  },
  {
    name: 'a wait that is cancelled acknowledges a commit that no standby has',
    async run(scene) {
      const { appended } = await beginAlone(scene);
      await scene.interruptWaits('n1', 'cancel');
      return [await appended, await scene.read('n1'), await scene.read('n2'), await scene.read('n3')];
    },
    seen: ['acknowledged', 'event-1 event-2', 'event-1', 'event-1'],
  },
  {
    name: 'a backend that is terminated while it waits leaves a commit that no standby has, in doubt',
    async run(scene) {
      const { appended } = await beginAlone(scene);
      await scene.interruptWaits('n1', 'terminate');
      return [await appended, await scene.read('n1'), await scene.read('n2')];
    },
    seen: ['io', 'event-1 event-2', 'event-1'],
  },
  {
    name: 'a primary that is restarted shows a commit that no standby has',
    async run(scene) {
      const { appended } = await beginAlone(scene);
      await scene.kill('n1');
      const outcome = await appended;
      await scene.start('n1');
      return [outcome, await scene.read('n1'), await scene.read('n2')];
    },
    seen: ['io', 'event-1 event-2', 'event-1'],
  },
  {
    name: 'a promotion loses what no standby had, and its positions jump by up to 32',
    promotes: true,
    async run(scene) {
      const { appended } = await beginAlone(scene);
      await scene.interruptWaits('n1', 'cancel');
      await appended;
      await scene.kill('n1');
      await scene.promote('n2');
      await scene.waitFor('n2', '');
      const outcome = await scene.append('n2', 3);
      const [first, second] = await scene.store('n2').readStored('a');
      const jump = Number(second?.globalPosition) - Number(first?.globalPosition);
      return [outcome, await scene.read('n2'), jump > 1 && jump <= 33, await timeline(scene, 'n2')];
    },
    seen: ['acknowledged', 'event-1 event-3', true, '00000002'],
  },
  {
    name: 'a promoted server gives the numbers of lost transactions to others',
    promotes: true,
    async run(scene) {
      await scene.append('n1', 1);
      await scene.caughtUp();
      await scene.waitFor('n1', '');
      for (const standby of ['n2', 'n3']) await scene.cutReceiver(standby);
      for (const n of [2, 3, 4]) await scene.append('n1', n);
      const xids = `SELECT xid::text AS xid FROM ${scene.schema}.auxilio_events ORDER BY position`;
      const lost = await scene.sql('n1', xids);
      await scene.kill('n1');
      await scene.promote('n2');
      await scene.waitFor('n2', '');
      await scene.append('n2', 5);
      const now = await scene.sql('n2', xids);
      return [lost.length, now.length, BigInt(String(now.at(-1)?.xid)) < BigInt(String(lost.at(-1)?.xid))];
    },
    seen: [4, 2, true],
  },
  {
    name: 'an old primary still answers reads as a primary, and its writes wait for ever',
    promotes: true,
    async run(scene) {
      await scene.append('n1', 1);
      await scene.caughtUp();
      scene.pause('n1');
      await scene.promote('n2');
      await scene.waitFor('n2', '');
      const outcome = await scene.append('n2', 2);
      scene.resume('n1');
      const roles = [];
      for (const node of ['n1', 'n2'])
        roles.push(...(await scene.sql(node, 'SELECT pg_is_in_recovery() AS is_standby')));
      const late = await scene.append('n1', 3);
      const shown = [await scene.read('n1'), await scene.read('n2')];
      return [outcome, roles, late, shown, [await timeline(scene, 'n1'), await timeline(scene, 'n2')]];
    },
    seen: [
      'acknowledged',
      [{ is_standby: false }, { is_standby: false }],
      'io',
      ['event-1', 'event-1 event-2'],
      ['00000001', '00000002'],
    ],
  },
  {
    name: 'an asynchronous old primary acknowledges what the new one will never have',
    promotes: true,
    async run(scene) {
      await scene.append('n1', 1);
      await scene.caughtUp();
      await scene.waitFor('n1', '');
      scene.pause('n1');
      await scene.promote('n2');
      scene.resume('n1');
      return [await scene.append('n1', 2), await scene.read('n1'), await scene.read('n2')];
    },
    seen: ['acknowledged', 'event-1 event-2', 'event-1'],
  },
  {
    name: 'a standby refuses writes',
    async run(scene) {
      await scene.append('n1', 1);
      await scene.caughtUp();
      await scene.untilRead('n2', 'event-1');
      return [await scene.append('n2', 2), await scene.sql('n2', 'SELECT pg_is_in_recovery() AS is_standby')];
    },
    seen: ['read-only', [{ is_standby: true }]],
  },
];

/** Runs a history on `n1` and its two standbys, in an unused schema. */
export async function runHistory({ run }: History, nodes: Nodes, schema = 'auxilio'): Promise<unknown> {
  const scene = setScene(nodes, schema);
  try {
    return await run(scene);
  } finally {
    await scene.close();
  }
}
