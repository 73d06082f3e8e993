import {
  type HeldAppend,
  type OpenedStore,
  type StoreCapability,
  type StoreHost,
  type StoreProcess,
  storeCapabilities,
  storeTask,
} from 'auxilio/testing';
import { copyMemoryStore, type MemoryStore, memoryStore } from '../../../src/memory.ts';
import type { EventShape, EventStore } from '../../../src/stores/event-store.ts';

/** The state shared by all handles of a case: the data, and the notes of effects. */
export type Place = { base: EventStore<never>; readonly notes: string[] };

export type Handle = OpenedStore & { readonly place: Place };

/** The fault of a store: the differences of a handle from the memory store, or of the host. */
export type Sabotage = {
  readonly store?: (honest: EventStore, place: Place) => Partial<EventStore>;
  readonly host?: Partial<StoreHost<Handle>>;
};

/**
 * A memory store of which every capability can be claimed: its handles share what it holds. Another store may take its place:
 * what a saboteur spoils is that one then.
 */
export function memoryHost(
  { store: sabotaged, host = {} }: Sabotage = {},
  newBase: () => EventStore<never> = memoryStore,
): StoreHost<Handle> {
  const handle = (place: Place): Handle => {
    const honest = noting(place);
    return { place, store: { ...honest, ...sabotaged?.(honest, place) } };
  };
  const again = ({ place }: Handle) => handle(place);
  return {
    capabilities: [...storeCapabilities] as StoreCapability[],
    open: () => handle({ base: newBase(), notes: [] }),
    second: again,
    reopen: again,
    copy: ({ place }) =>
      handle({ base: copyMemoryStore(place.base as MemoryStore) as EventStore<never>, notes: [...place.notes] }),
    crash: again,
    hold: async ({ store }, streamName, events) => later(store, streamName, events),
    notes: {
      write: (transaction: never, note: string) => {
        (transaction as string[]).push(note);
      },
      read: ({ place }) => place.notes,
    },
    process: ({ store }, task) => processOf(store, task),
    tamper: () => ({
      'a change': () => {
        throw new Error('nobody changes an event');
      },
    }),
    ...host,
  };
}

/** The effects of the memory store get nothing to write with; these get a list, which is kept if they do not fail. */
function noting(place: Place): EventStore {
  return {
    ...place.base,
    async commitCheckpoint(consumer, { effect, ...move }) {
      const written: string[] = [];
      const noted = effect === undefined ? {} : { effect: () => effect(written as never) };
      await place.base.commitCheckpoint(consumer, { ...move, ...noted });
      place.notes.push(...written);
    },
  };
}

/** An append that takes place when it is committed. */
export function later(store: EventStore, streamName: string, events: readonly EventShape[]): HeldAppend {
  return { commit: () => store.appendToStream(streamName, events), rollback: async () => undefined };
}

/** A simulated process: it runs in this one, until it is killed. */
export function processOf(store: EventStore, task: string): StoreProcess {
  let alive = true;
  async function* output() {
    for await (const line of storeTask(store, task)) {
      if (!alive) return;
      yield `${line}\n`;
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
  return {
    output: output(),
    kill: () => {
      alive = false;
    },
  };
}
