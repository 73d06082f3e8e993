/** What the servers of a world keep their data in: stores in memory, or a model of a cluster. */
import { memoryStore } from '../../src/memory.ts';
import type { EventStore, FeedEvent } from '../../src/stores/event-store.ts';
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
  /** Ends all its faults. */
  heal: () => void;
  /** Goes back to an older backup, without the last so many changes, where it can. */
  restore?: (changes: number) => Promise<void>;
}>;

const writes = ['appendToStream', 'commitCheckpoint', 'reset', 'startGeneration', 'promoteGeneration'] as const;
type Store = EventStore<never>;

/** A database in memory that all servers share. Its backups are taken by the way: each change is one. */
export function createMemoryDatabase(world: World): Database {
  const { scheduler } = world;
  const place = scheduler.createNode('database');
  let store: Store = memoryStore();
  let changes: ((to: Store) => Promise<unknown>)[] = [];

  /** Calls the store as it is now, and notes each change, so that a backup can repeat it. */
  async function note(name: string, given: readonly unknown[]): Promise<unknown> {
    const answer = await call(store, name, given);
    if (!(writes as readonly string[]).includes(name)) return answer;
    const again = name === 'commitCheckpoint' ? [given[0], withoutEffect(given[1] as object)] : given;
    changes.push((to) => call(to, name, again));
    return answer;
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
    direct: () => store,
    faults: [],
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

const withoutEffect = (update: object) => ({ ...update, effect: undefined });
