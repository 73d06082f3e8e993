/**
 * One server as the database of a world, behind the same door as a store in memory: PGlite, which runs the real SQL, or the model. Virtual
 * time stands still while it works, so both take the same time: none.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { type PostgresPool, postgresStore } from '../../../src/postgres.ts';
import type { EventStore } from '../../../src/stores/event-store.ts';
import type { PostgresClient } from '../../../src/stores/postgres/pool.ts';
import type { Database } from '../database.ts';
import { behindDoor, createDoor } from '../door.ts';
import type { Scheduler } from '../scheduler.ts';
import type { World } from '../world.ts';

/** Runs outside every node of a world: what a real database asks the platform for is no matter of the world. */
const outside = AsyncLocalStorage.snapshot();

const macrotask = () => new Promise<void>((resolve) => void setImmediate(resolve));

/** A pool whose queries hold the world until they are answered, each in a macrotask of its own. */
function holdQueries(pool: PostgresPool, { hold }: Scheduler): PostgresPool {
  const held = (client: PostgresClient): PostgresClient => ({
    on: () => undefined,
    off: () => undefined,
    release: (destroy) => client.release(destroy),
    query: (query) => hold(outside(() => macrotask().then(() => client.query(query)))),
  });
  return {
    ending: false,
    on: () => undefined,
    off: () => undefined,
    connect: (callback) => pool.connect((error, client) => callback(error, client && held(client))),
  };
}

/** A pool of one connection to an empty server. */
export const createHeldDatabase =
  (pool: PostgresPool) =>
  (world: World): Database => {
    const place = world.scheduler.createNode('database');
    const held = holdQueries(pool, world.scheduler);
    const store = world.scheduler.within(place, () => postgresStore({ pool: held })) as unknown as EventStore<never>;
    return {
      createStore(node, kill) {
        const odds = { fails: 0.012, kills: 0.004, slow: 0.05 };
        const door = createDoor(world, { caller: node, place, kill, odds, mayDoubt: true });
        return behindDoor(store, door, ['appendToStream', 'commitCheckpoint', 'reset']);
      },
      readAll: () => store.readFeed({ maxCount: 10_000 }),
      direct: () => store,
      faults: [],
      commitsEffects: true,
      heal: () => undefined,
    };
  };
