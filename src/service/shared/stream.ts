import type { ChainFault, Sha256, VisitEvent } from '../../messages/index.ts';
import type { ConsumerState, EventStreams, RecordedEvent, StreamRange } from '../../stores/event-store.ts';
import { mapInSlices } from '../../util/slices.ts';
import { eventTypes, replay, schemaVersion, type VisitState } from '../../visit/index.ts';
import { incrementalFold } from '../../visit/visit.ts';
import { parseEvent } from '../../wire/parse.ts';
import { type Codec, decodePersonal } from './codec.ts';
import { type UnreadableReason, UnreadableStreamError } from './errors.ts';
import type { CachedVisit } from './state-cache.ts';

/**
 * The part of a store that the service needs. Over a store that does not declare `checksLastEventId`, no visit is cached: each is
 * read before it is written to.
 *
 * @since 0.1.0
 */
export type ServiceStore = Pick<EventStreams, 'readStream' | 'appendToStream' | 'checksLastEventId'> &
  Partial<Pick<ConsumerState, 'readRow'>>;

/** The place where the chain of a stream breaks. */
export type StreamFault = Readonly<{ position: bigint; fault: ChainFault }>;

/** A stream as it was read: whole, or from its cached part on. */
export type VisitStream = Readonly<{
  streamName: string;
  version: bigint;
  /** The cached part, which was not read again. */
  cached?: CachedVisit;
  /** The events that were read: those after the cached part, or all of them without one. See {@link wholeLog}. */
  read: readonly RecordedEvent<VisitEvent>[];
  /** The same events as the store has them, not decoded by the codec. */
  stored: readonly RecordedEvent<VisitEvent>[];
  /** The positions of events whose data were erased, among those that carry the id of a request. */
  erased?: ReadonlySet<bigint> | undefined;
  /** The id of the last event; undefined for an empty stream. */
  lastId: string | undefined;
  /** The hash of the last event as it is stored, if it is sealed. */
  lastHash: Sha256 | undefined;
  /** The place where its chain breaks. */
  fault?: StreamFault | undefined;
}>;

const known: ReadonlySet<string> = new Set(eventTypes);

/** Reads a stream, by default whole, with its unreadable events; a codec must be able to decode them. */
export async function readVisit(
  store: Pick<ServiceStore, 'readStream'>,
  streamName: string,
  codec?: Codec,
  range?: StreamRange,
): Promise<VisitStream> {
  const { events, currentStreamVersion } = await store.readStream<VisitEvent>(streamName, range);
  const { messageId, hash } = events.at(-1)?.metadata ?? {};
  return {
    streamName,
    version: currentStreamVersion,
    read: codec === undefined ? events : await Promise.all(events.map((event) => decodeEvent(event, codec))),
    stored: events,
    lastId: messageId,
    lastHash: typeof hash === 'string' ? hash : undefined,
  };
}

/** Finds the events with one of these ids, and the reports with an act under one, whose data were erased. */
export async function findErased(
  { read, stored }: VisitStream,
  commandIds: ReadonlySet<unknown>,
  isErased: (event: VisitEvent) => boolean | Promise<boolean>,
): Promise<ReadonlySet<bigint>> {
  const erased = new Set<bigint>();
  for (const [index, event] of stored.entries()) {
    if (!commandIds.has(event.metadata.commandId) && !hasReportedAct(read[index], commandIds)) continue;
    if ((await isErased(stripStoreMetadata(event))) === true) erased.add(readPosition(event));
  }
  return erased;
}

/** True for a report of a discrepancy with an act under one of these ids, which was sent in a batch. */
export function hasReportedAct(event: VisitEvent | undefined, commandIds: ReadonlySet<unknown>): boolean {
  return event?.type === 'DiscrepancyReported' && event.data.acts.some(({ commandId }) => commandIds.has(commandId));
}

/** The stream of a cached visit, without a read: there may be newer events. */
export function cachedStream(streamName: string, cached: CachedVisit): VisitStream {
  const { version, lastId, lastHash } = cached;
  return { streamName, version, cached, read: [], stored: [], lastId, lastHash };
}

/** Reads the new events of a stream, or all of it if it is no longer the one that was cached. */
export async function readAfter(
  store: Pick<ServiceStore, 'readStream'>,
  streamName: string,
  cached: CachedVisit,
  codec?: Codec,
): Promise<VisitStream> {
  const stream = await readVisit(store, streamName, codec, { from: cached.version });
  const [overlap, ...read] = stream.read;
  const [, ...stored] = stream.stored;
  const isContinued =
    overlap?.metadata.streamPosition === cached.version &&
    overlap.metadata.messageId === cached.lastId &&
    overlap.metadata.hash === cached.lastHash;
  return isContinued ? { ...stream, cached, read, stored } : readVisit(store, streamName, codec);
}

/** An event as it was before the codec encoded it. @throws whatever the codec throws */
export async function decodeStored(event: RecordedEvent<VisitEvent>, codec: Codec): Promise<RecordedEvent<VisitEvent>> {
  const written = stripStoreMetadata(event);
  const data = await codec.decode(written);
  return {
    ...event,
    data,
    metadata: await decodePersonal(event.metadata, written, codec),
  } as RecordedEvent<VisitEvent>;
}

async function decodeEvent(event: RecordedEvent<VisitEvent>, codec: Codec): Promise<RecordedEvent<VisitEvent>> {
  try {
    return await decodeStored(event, codec);
  } catch (cause) {
    throw new UnreadableStreamError(event.metadata.streamName, readPosition(event), 'undecodable', { cause });
  }
}

/** The whole log of a stream that was read whole, as it was written. */
export const wholeLog = ({ read }: VisitStream): VisitEvent[] => read.map(stripStoreMetadata);

/** The state after the first `count` of the events that were read, by default all. Refuses an unreadable event. */
export function foldRead(stream: VisitStream, count = stream.read.length): VisitState {
  if (count === 0 && stream.cached !== undefined) return stream.cached.state;
  const events = stream.read.slice(0, count);
  assertReadable(stream, events);
  try {
    return replay(events, stream.cached?.state);
  } catch (cause) {
    const fold = incrementalFold(stream.cached?.state);
    for (const event of events) foldEvent(fold, event); // throws with the event that cannot be folded
    throw cause;
  }
}

/** The events of a whole log, and the state after them, computed in slices of time. Refuses an unreadable event. */
export async function foldLog(
  stream: VisitStream,
  signal?: AbortSignal,
): Promise<Readonly<{ events: VisitEvent[]; state: VisitState }>> {
  const readEvent = (event: RecordedEvent<VisitEvent>) => {
    assertReadable(stream, [event]);
    return stripStoreMetadata(event);
  };
  const events = await mapInSlices(stream.read, readEvent, signal);
  const fold = incrementalFold();
  await mapInSlices(stream.read, (event) => foldEvent(fold, event), signal);
  return { events, state: fold.freeze() };
}

function foldEvent(fold: ReturnType<typeof incrementalFold>, event: RecordedEvent<VisitEvent>): void {
  try {
    fold.step(event);
  } catch (cause) {
    throw new UnreadableStreamError(event.metadata.streamName, readPosition(event), 'malformed', { cause });
  }
}

/** Refuses events that this release cannot read, by default all that were read. */
export function assertReadable({ streamName, read }: VisitStream, events = read): void {
  for (const event of events) {
    const reason = findUnreadable(event);
    if (reason !== undefined) throw new UnreadableStreamError(streamName, readPosition(event), reason);
  }
}

/** The reason why an event cannot be read by a release of that schema version; undefined if it can. */
export function findUnreadable(event: RecordedEvent<VisitEvent>, newest = schemaVersion): UnreadableReason | undefined {
  const { type, data, metadata } = event;
  if (!known.has(type)) return 'unknown-type';
  if (!isKnownVersion(metadata.schemaVersion, newest)) return 'unknown-schema-version';
  if (typeof data?.visitId !== 'string' || typeof data.at !== 'string') return 'malformed';
  // An event that a service wrote was parsed then; any other is parsed now.
  return isStamped(type, metadata) || parseEvent(stripStoreMetadata(event)).ok ? undefined : 'malformed';
}

const isKnownVersion = (version: unknown = 1, newest: number) =>
  Number.isSafeInteger(version) && Number(version) >= 1 && Number(version) <= newest;

/** True for an event with the metadata that a service adds. A report of a discrepancy comes from no command. */
function isStamped(type: VisitEvent['type'], metadata: RecordedEvent<VisitEvent>['metadata']): boolean {
  const { commandId, messageId, recordedAt } = metadata;
  const isSent = commandId !== undefined || type === 'DiscrepancyReported';
  return isSent && recordedAt !== undefined && isEventId(messageId);
}

/** True for an id as a service derives it, a UUID of version 8. Called for every event that is read. */
export const isEventId = (id: unknown) =>
  typeof id === 'string' && id.length === 36 && id[13] === '-' && id[14] === '8' && id[18] === '-';

function readPosition(event: RecordedEvent<VisitEvent>): bigint {
  return event.metadata.streamPosition;
}

/** The event without the metadata that the store added. */
export function stripStoreMetadata(event: RecordedEvent<VisitEvent>): VisitEvent {
  const { messageId: _1, streamName: _2, streamPosition: _3, globalPosition: _4, ...metadata } = event.metadata;
  return { type: event.type, data: event.data, metadata } as VisitEvent;
}
