/** Databases of the servers of a world: stores in memory, or a model of a cluster. */
import { memoryStore } from '../../src/memory.ts';
import { placeOf } from '../../src/stores/cursor.ts';
import { isCheckpointConflict, isVersionConflict } from '../../src/stores/errors.ts';
import type { CheckpointUpdate, EventShape, EventStore, FeedEvent } from '../../src/stores/event-store.ts';
import { behindDoor, createDoor } from './door.ts';
import type { WorldNode } from './scheduler.ts';
import type { World } from './world.ts';

/** A fault of a database that the world may bring about; it ends by itself, or with {@link Database.heal}. */
type DatabaseFault = Readonly<{ name: string; inject: () => unknown }>;

export type Database = Readonly<{
  /** The store of a server process, which runs in a node. `kill` ends that process. */
  createStore: (node: WorldNode, kill: (how: string) => void) => EventStore<never>;
  /** All events that are there for good, in the order of the global stream, without any fault: what a restart would find. */
  readAll: () => Promise<readonly FeedEvent[]>;
  /** A store without faults, for the checks at the end. */
  direct: () => EventStore<never>;
  faults: readonly DatabaseFault[];
  /** True if an effect that runs belongs to a commit that succeeds: a transaction over a network may still fail. */
  commitsEffects: boolean;
  /** Ends all its faults. */
  heal: () => void;
  /** Goes back to an older backup, without the last so many changes, where it can. */
  restore?: (changes: number) => Promise<void>;
}>;

const writes = ['appendToStream', 'commitCheckpoint', 'reset', 'startGeneration', 'promoteGeneration'] as const;
type Store = EventStore<never>;

/** A database in memory that all servers share. Its backups are taken by the way: each change is one. */
export function createMemoryDatabase(world: World): Database {
  const { scheduler, tell, reach } = world;
  const place = scheduler.createNode('database');
  let store: Store = memoryStore();
  let changes: ((to: Store) => Promise<unknown>)[] = [];

  /** Calls the store as it is now, and notes each change, so that a backup can repeat it. */
  async function note(name: string, given: readonly unknown[]): Promise<unknown> {
    const answer = await call(store, name, given).catch((error: unknown) => {
      if (isVersionConflict(error)) reach('two servers append to one visit at once');
      if (isCheckpointConflict(error)) reach('two servers move one checkpoint at once');
      throw error;
    });
    if (!(writes as readonly string[]).includes(name)) return answer;
    if (name === 'appendToStream') tellAppend(given[0] as string, given[1] as readonly EventShape[]);
    const again = name === 'commitCheckpoint' ? [given[0], repeatable(given[1] as CheckpointUpdate)] : given;
    changes.push((to) => call(to, name, again));
    return answer;
  }
  function tellAppend(streamName: string, events: readonly EventShape[]): void {
    const list = events.map(({ type, metadata }) => {
      const { commandId } = (metadata ?? {}) as { commandId?: string };
      return commandId === undefined ? type : `${type} (${commandId})`;
    });
    tell('database', `commits ${list.join(', ')} in ${streamName.replace(/^visit-/, '')}`);
  }

  const noted = Object.fromEntries(
    Object.entries(store).map(([name, part]) => [
      name,
      typeof part === 'function' ? (...given: readonly unknown[]) => note(name, given) : part,
    ]),
  ) as unknown as Store;

  return {
    createStore(node, kill) {
      const odds = { fails: 0.012, kills: 0.004, slow: 0.05 };
      return behindDoor(noted, createDoor(world, { caller: node, place, kill, odds, mayDoubt: true }), writes);
    },
    readAll: () => store.readFeed({ maxCount: 10_000 }),
    direct: () => noted,
    faults: [],
    commitsEffects: true,
    heal: () => undefined,
    async restore(count) {
      changes = changes.slice(0, Math.max(0, changes.length - count));
      store = memoryStore();
      for (const repeat of changes) await repeat(store);
    },
  };
}

const call = (store: Store, name: string, given: readonly unknown[]): Promise<unknown> =>
  (store[name as keyof Store] as unknown as (...all: readonly unknown[]) => Promise<unknown>)(...given);

/** An update that the store of a backup takes: its effect has run, and its cursor was read in the history of another store. */
const repeatable = ({ cursor, ...update }: CheckpointUpdate) => ({
  ...update,
  effect: undefined,
  cursor: cursor && placeOf(cursor),
});
