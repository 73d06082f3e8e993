import { createEventStore } from '../create-event-store.ts';
import type { EventStore } from '../event-store.ts';
import { createConsumerStorage } from './consumer-state.ts';
import { createEventStorage } from './events.ts';

/** An {@link EventStore} whose effects get no transaction to write with. @since 0.4.0 */
export type MemoryStore = EventStore<undefined>;

/**
 * Creates an empty store. It keeps texts, as the stores on disk do, so that a test against it gets the same JSON.
 *
 * @since 0.1.0
 */
export function memoryStore(): MemoryStore {
  const { writeRows, ...consumers } = createConsumerStorage();
  return createEventStore({ ...createEventStorage(writeRows), ...consumers });
}
