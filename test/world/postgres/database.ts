/** A primary and two standbys as the database of a world, below the real code of the Postgres store. */

import { decodeName } from '../../../src/stores/canonical.ts';
import type { EventStore, FeedEvent } from '../../../src/stores/event-store.ts';
import { primaryPool } from '../../../src/stores/postgres/hosts.ts';
import { hostPool } from '../../../src/stores/postgres/pool.ts';
import { DEFAULT_SCHEMA } from '../../../src/stores/postgres/schema.ts';
import { openStore, type PostgresStore } from '../../../src/stores/postgres/store.ts';
import type { Database } from '../database.ts';
import { behindDoor, createDoor } from '../door.ts';
import { START_MS, type WorldNode } from '../scheduler.ts';
import type { World } from '../world.ts';
import { type ClusterOptions, createCluster } from './cluster.ts';
import { listFaults } from './cluster-faults.ts';
import type { Disk } from './disk.ts';
import type { Io } from './io.ts';
import type { ModelPool } from './pool.ts';
import { createState, replay, schemaOf } from './state.ts';
import { createSupervisor } from './supervisor.ts';
import { createWitness } from './witness.ts';

const SERVERS = ['pg-a', 'pg-b', 'pg-c'] as const;
const PAUSES_MS = [0, 4, 40, 700, 3_000] as const;
const LOOK_MS = 1_000;
/** The world's own questions, whose connections do not break. */
const HARNESS = 'harness';

export type PostgresSetting = Readonly<{
  /** `replicated` by default, by which the store finds the primary itself; with `local` a proxy leads to it. */
  durability?: 'replicated' | 'local';
  /** Statements that the servers answer wrongly. */
  statements?: ClusterOptions['replaced'];
  settings?: ClusterOptions['settings'];
}>;

/** The events that a server has for good, in the order of the global stream. */
function readDisk({ wal, flushed }: Disk): readonly FeedEvent[] {
  const state = createState();
  for (const record of wal.slice(0, flushed)) replay(state, record);
  const rows = schemaOf(state, DEFAULT_SCHEMA).feed;
  return rows.map((row) => {
    const names = { messageId: decodeName(row.event_id), streamName: decodeName(row.stream) };
    const places = { streamPosition: row.version, globalPosition: row.position, cursor: `${row.xid}-${row.position}` };
    return { ...names, ...places, text: row.body };
  });
}

export const createPostgresDatabase =
  ({ durability = 'replicated', statements, settings }: PostgresSetting = {}) =>
  (world: World): Database => {
    const { tape, scheduler, tell } = world;
    const place = scheduler.createNode('postgres');
    const pools = new Map<WorldNode, Set<ModelPool>>();

    /** Steps that happen in a node: they never happen once it is killed. */
    const ioOf = (node: WorldNode): Io => ({
      delay: (what) =>
        new Promise((resolve) => {
          const pause = tape.choose('pg-slow', what, PAUSES_MS.length, 0.02);
          scheduler.plan(node, PAUSES_MS[pause] as number, resolve);
        }),
      choose: (n, what) => (node.name === HARNESS ? 0 : tape.choose('pg-connection', what, n, 0.004)),
      now: () => START_MS + scheduler.now(),
      setTimer: (task, ms) => scheduler.plan(place, ms, task),
    });
    const replaced = statements && { replaced: statements };
    const cluster = createCluster({ io: ioOf(place), servers: SERVERS, ...replaced, ...(settings && { settings }) });
    const supervisor = createSupervisor({
      cluster,
      now: scheduler.now,
      tell: (text) => tell('supervisor', text),
      promoted: (name, former) => witness.onPromotion(name, former),
    });
    const { primary } = supervisor;
    const witness = createWitness(world, { cluster, primary });

    function look(): void {
      scheduler.plan(place, LOOK_MS, look);
      for (const [node, ofNode] of pools) {
        if (node.alive) continue;
        for (const pool of ofNode) pool.drop();
        pools.delete(node);
      }
      supervisor.look();
    }
    look();

    function openPool(node: WorldNode, host: string | (() => string), max = 10): ModelPool {
      const pool = cluster.pool({ host, client: node.name, clientIo: ioOf(node), max, onQuery: witness.onQuery });
      pools.set(node, (pools.get(node) ?? new Set()).add(pool));
      return pool;
    }
    const toOwn = (pool: ModelPool) => ({ pool, end: pool.end, abandon: pool.abandon });

    function open(node: WorldNode): PostgresStore {
      if (durability === 'local') return openStore({}, () => hostPool(openPool(node, primary)));
      const hosts = SERVERS.map((name) => ({
        name,
        questions: toOwn(openPool(node, name, 1)),
        openPool: () => toOwn(openPool(node, name)),
      }));
      return openStore({ durability, standbys: SERVERS }, (timeouts) => primaryPool(async () => hosts, timeouts));
    }

    const openHarness = () => {
      const node = scheduler.createNode(HARNESS);
      return scheduler.within(node, () => open(node));
    };

    /** A store without faults of its own, for what the world itself asks. */
    let own: PostgresStore | undefined;
    const direct = () => {
      own ??= openHarness();
      return own as EventStore<never>;
    };
    return {
      createStore(node, kill) {
        const odds = { fails: 0, kills: 0.004, slow: 0 };
        const door = createDoor(world, { caller: node, place: node, kill, odds, mayDoubt: false });
        const writes = ['appendToStream', 'commitCheckpoint', 'reset'] as const;
        return behindDoor(open(node) as EventStore<never>, door, writes);
      },
      readAll: async () => readDisk(cluster.server(primary()).disk),
      direct,
      faults: listFaults(world, { cluster, supervisor, place }),
      commitsEffects: false,
      heal: supervisor.heal,
    };
  };
