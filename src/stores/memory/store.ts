import { runtime } from '../../util/runtime.ts';
import { encodeName } from '../canonical.ts';
import { createEventStore } from '../create-event-store.ts';
import { type Epoch, type History, newEpochId } from '../cursor.ts';
import { StoreError } from '../errors.ts';
import type { EventStore } from '../event-store.ts';
import { type Consumers, createConsumerStorage, emptyConsumers } from './consumer-state.ts';
import { createEventStorage, type Events, emptyEvents } from './events.ts';

/** An {@link EventStore} whose effects get no transaction to write with. @since 0.4.0 */
export type MemoryStore = EventStore<undefined>;

/** All that a store holds. */
type Content = Readonly<{ events: Events; consumers: Consumers; epochs: Epoch[] }>;

const contents = new WeakMap<MemoryStore, Content>();

/**
 * Creates an empty store. It keeps texts, as the stores on disk do, so that a test against it gets the same JSON.
 *
 * @since 0.1.0
 */
export function memoryStore(): MemoryStore {
  return openContent({ events: emptyEvents(), consumers: emptyConsumers(), epochs: [] });
}

/**
 * Creates a copy of a store as it is now, as a restored backup is one: it has the same events and checkpoints, and goes on in a history
 * of its own. For tests of what a restored server, or a promoted standby, does to a client.
 *
 * @throws StoreError `invalid` for what `memoryStore` has not made
 * @since 0.9.0
 */
export function copyMemoryStore(store: MemoryStore): MemoryStore {
  const found = contents.get(store);
  if (found === undefined) throw new StoreError('invalid', 'copyMemoryStore takes a store that memoryStore has made');
  const { events, consumers, epochs } = structuredClone(found);
  if (epochs.length > 0) epochs.push({ id: newEpochId(runtime.randomId()), cut: BigInt(events.feed.length) });
  return openContent({ events, consumers, epochs });
}

function openContent(content: Content): MemoryStore {
  const { events, consumers, epochs } = content;
  const history: History = {
    epochs,
    idAt(position) {
      const found = events.feed[Number(position) - 1];
      return found && encodeName(found.messageId);
    },
  };
  const beginHistory = (firstId: string) => {
    if (epochs.length === 0) epochs.push({ id: hashText(firstId), cut: 0n });
  };
  const { writeRows, ...consumerStorage } = createConsumerStorage(consumers, history);
  const store = createEventStore<undefined>({
    ...createEventStorage(events, history, { writeRows, beginHistory }),
    ...consumerStorage,
  });
  contents.set(store, content);
  return store;
}

/** A hash of a text, by which the history of a store is named after its first event (FNV-1a). */
function hashText(text: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return (hash >>> 0).toString(16);
}
