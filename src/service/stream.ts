import type { VisitEvent } from '../messages/index.ts';
import type { EventStore, RecordedEvent } from '../stores/port.ts';
import { eventTypes, replay, schemaVersion, type VisitState } from '../visit/index.ts';
import { type UnreadableReason, UnreadableStreamError } from './errors.ts';

/** What the service needs of a store. */
export type ServiceStore = Pick<EventStore, 'readStream' | 'appendToStream'>;

/** A stream, read whole. */
export type VisitStream = Readonly<{
  streamName: string;
  version: bigint;
  events: readonly RecordedEvent<VisitEvent>[];
}>;

const known: ReadonlySet<string> = new Set(eventTypes);

/** Reads a stream, and refuses one that holds what this release does not know. */
export async function readVisit(store: ServiceStore, streamName: string): Promise<VisitStream> {
  const { events, currentStreamVersion } = await store.readStream<VisitEvent>(streamName);
  for (const event of events) {
    const reason = unreadable(event);
    if (reason !== undefined) throw new UnreadableStreamError(streamName, event.metadata.streamPosition, reason);
  }
  return { streamName, version: currentStreamVersion, events };
}

function unreadable({ type, data, metadata }: RecordedEvent<VisitEvent>): UnreadableReason | undefined {
  if (!known.has(type)) return 'unknown-type';
  const version: unknown = metadata.schemaVersion ?? schemaVersion;
  if (version !== schemaVersion) return 'unknown-schema-version';
  return typeof data.visitId === 'string' && typeof data.at === 'string' ? undefined : 'malformed';
}

/** The state after the first `count` events of a stream, by default all. */
export function stateOf({ streamName, events, version }: VisitStream, count = events.length): VisitState {
  try {
    return replay(count === events.length ? events : events.slice(0, count));
  } catch (cause) {
    throw new UnreadableStreamError(streamName, version, 'malformed', { cause });
  }
}

/** An event without what the store added. */
export function asWritten(event: RecordedEvent<VisitEvent>): VisitEvent {
  const { messageId: _1, streamName: _2, streamPosition: _3, globalPosition: _4, ...metadata } = event.metadata;
  return { type: event.type, data: event.data, metadata } as VisitEvent;
}
