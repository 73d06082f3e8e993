/** Reading of stored events: rows of any storage as events of the port. */
import { isObject } from '../util/json.ts';
import { isStoreError, StoreError } from './errors.ts';
import type { EventShape, RecordedEvent, StoredEvent } from './event-store.ts';

/** The row of an event, not checked. */
export type EventRow = Readonly<{ position: unknown; version: unknown; event_id: unknown; body: unknown }>;

/** Reads the event of a row. Refuses an unreadable one as `corrupt`, with its position. */
export function toStoredEvent(streamName: () => string, row: EventRow, nameOf: (key: string) => string): StoredEvent {
  const { position, version, event_id: id, body } = row;
  let cause: unknown;
  try {
    const streamPosition = BigInt(version as string);
    const globalPosition = BigInt(position as string);
    if (typeof id === 'string' && typeof body === 'string' && streamPosition > 0n) {
      return { messageId: nameOf(id), streamName: streamName(), streamPosition, globalPosition, text: body };
    }
  } catch (error) {
    if (isStoreError(error)) throw error;
    cause = error;
  }
  throw new StoreError('corrupt', `The event at ${position}, version ${version} of its stream, cannot be read`, {
    cause,
  });
}

/** Runs a read; data that it cannot parse are reported as `corrupt`, named `what`. */
export async function readOrCorrupt<T>(what: () => string, read: () => T | Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (cause) {
    const isCorrupt = cause instanceof TypeError || cause instanceof SyntaxError || cause instanceof RangeError;
    throw isCorrupt ? new StoreError('corrupt', `${what()} cannot be read`, { cause }) : cause;
  }
}

/** A stored event as the port returns it. */
export function toRecordedEvent<E extends EventShape>(stored: StoredEvent): RecordedEvent<E> {
  const { type, data, metadata = {} } = parseStored(stored);
  // Filled in place, since the object is fresh: copying it costs as much as parsing the event.
  const own = metadata as Record<string, unknown>;
  own.messageId = stored.messageId;
  own.streamName = stored.streamName;
  own.streamPosition = stored.streamPosition;
  own.globalPosition = stored.globalPosition;
  return { kind: 'Event', type, data, metadata: own } as unknown as RecordedEvent<E>;
}

/** Parses the text of a stored event. Refuses one that is not an event. */
export function parseStored(stored: StoredEvent): EventShape {
  let event: unknown;
  try {
    event = JSON.parse(stored.text);
  } catch (cause) {
    throw new StoreError('corrupt', `The event at ${stored.globalPosition} is not JSON`, { cause });
  }
  if (!isEvent(event)) throw new StoreError('corrupt', `The event at ${stored.globalPosition} is not an event`);
  return event;
}

function isEvent(value: unknown): value is EventShape {
  if (!isObject(value)) return false;
  const { type, data, metadata } = value as Record<string, unknown>;
  return typeof type === 'string' && isObject(data) && (metadata === undefined || isObject(metadata));
}
