import { mustKnowKeys } from '../../kernel/known.ts';
import { createEventStore } from '../create-event-store.ts';
import type { EventStore } from '../event-store.ts';
import { createConsumerStorage } from './consumer-state.ts';
import { createEventStorage } from './events.ts';

/** Options of {@link memoryStore}. @since 0.1.0 */
export type MemoryStoreOptions = {
  /** Ids for events without one; random UUIDs by default. */
  newId?: () => string;
};

/** An {@link EventStore} whose effects get no transaction to write with. @since 0.4.0 */
export type MemoryStore = EventStore<undefined>;

/**
 * Creates an empty store. It keeps texts, as the stores on disk do, so that a test against it gets the same JSON.
 *
 * @since 0.1.0
 */
export function memoryStore(options: MemoryStoreOptions = {}): MemoryStore {
  mustKnowKeys('memoryStore', options, { newId: 0 });
  const { newId = () => crypto.randomUUID() } = options;
  const { writeRows, ...consumers } = createConsumerStorage();
  return createEventStore({ ...createEventStorage(writeRows), ...consumers }, newId);
}
