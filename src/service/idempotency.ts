import { sha256 } from '../chain/sha256.ts';
import type { Actor, CommandType, EventType, Id, Instant, Role, VisitEvent } from '../messages/index.ts';
import type { KeptMetadata } from '../messages/kept-metadata.ts';
import type { ExpectedStreamVersion } from '../stores/event-store.ts';
import { deepEqual } from '../util/equality.ts';
import { type Decision, schemaVersionOf, type VisitState } from '../visit/index.ts';
import type { PersonalTexts } from './shared/privacy.ts';

/**
 * The way in which a repeat was recognised: by its `content`, that is, recorder, type and data; or, if the data were erased and
 * can no longer be compared, by its `id` and type alone.
 *
 * @since 0.5.0
 */
export type Recognition = 'content' | 'id';

/** An idempotent request: recognised by its id in its stream, and by its content. */
export type Request = Readonly<{
  commandId: Id;
  streamName: string;
  /** The fields of its signal. */
  about: Readonly<{ visitId: Id; type: CommandType | EventType; role: Role }>;
  /** True for a fact: it is stored even if the rules refuse it, and audited. */
  isFact: boolean;
  /** The type of the event that it becomes if it is accepted. */
  becomes: EventType | undefined;
  /** Compares its recorder, type and data with those of an event that carries its id. */
  matches: (event: VisitEvent) => boolean;
  /** Judges it on a state, and on the log if it {@link Request.needsLog}. */
  judge: (state: VisitState, log: () => readonly VisitEvent[]) => Decision;
  /** True if the whole log must be read to judge it. */
  needsLog?: boolean;
  /** True if its sender may see the visit; without it, they may. */
  authorize?: ((state: VisitState) => boolean) | undefined;
  /** The version at which it must be judged; any by default. */
  expectedVersion?: ExpectedStreamVersion;
  /** Metadata of the command that its event keeps. */
  kept?: KeptMetadata;
  /** The personal texts that were taken out of it. */
  texts?: PersonalTexts;
  /** Metadata of its events besides those that the service adds. */
  metadata?: object;
}>;

/** Compares a fact with an event that carries its id: recorder, type and data. */
export function isRepeatOfFact(fact: VisitEvent, recorder: Actor, event: VisitEvent): boolean {
  const { recorder: earlier = event.data.recordedBy ?? event.data.by } = event.metadata ?? {};
  return fact.type === event.type && deepEqual(recorder, earlier) && deepEqual(fact.data, event.data);
}

/** The time at which an event is recorded, and the id of the event before it, if there is one. */
export type RecordingStamp = Readonly<{ recordedAt: Instant; previousId: string | undefined }>;

/**
 * Derives the id of the event that a command becomes: a UUID (version 8) of the stream, the command's id, the time, and the id of
 * the event before it, but not of the data. So the id of the last event identifies a history: another stream of the same length has
 * another one, even if the same command was executed there.
 */
export function deriveEventId(
  { streamName, commandId }: Pick<Request, 'streamName' | 'commandId'>,
  { recordedAt, previousId = '' }: RecordingStamp,
): string {
  // A list of texts is in canonical form.
  const hex = sha256(JSON.stringify([streamName, commandId, recordedAt, previousId]));
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 0b0011) | 0b1000).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** Adds the metadata of the service to the events of an accepted command, in this order. */
export function addMetadata(
  events: readonly VisitEvent[],
  request: Pick<Request, 'streamName' | 'commandId' | 'becomes' | 'kept' | 'metadata'>,
  { recordedAt, previousId }: RecordingStamp,
) {
  const { commandId, becomes, kept, metadata: own } = request;
  let eventId = previousId;
  return events.map(({ type, data }) => {
    eventId = deriveEventId(request, { recordedAt, previousId: eventId });
    const schemaVersion = schemaVersionOf({ type, data });
    const ofCommand = type === becomes ? kept : undefined;
    return {
      type,
      data,
      metadata: { schemaVersion, eventId, commandId, ...ofCommand, recordedAt, ...own },
    } as VisitEvent;
  });
}

/**
 * Adds the metadata of the service to the events of a batch, in this order. A report has no command: its event id is derived
 * from the discrepancy's.
 */
export function addBatchMetadata(
  events: readonly VisitEvent[],
  streamName: string,
  { recordedAt, previousId }: RecordingStamp,
): VisitEvent[] {
  let eventId = previousId;
  return events.map((event) => {
    const { type, data, metadata = {} } = event;
    const source = event.type === 'DiscrepancyReported' ? event.data.discrepancyId : (metadata.commandId ?? '');
    eventId = deriveEventId({ streamName, commandId: source }, { recordedAt, previousId: eventId });
    const schemaVersion = schemaVersionOf({ type, data } as VisitEvent);
    return { type, data, metadata: { schemaVersion, eventId, ...metadata, recordedAt } } as VisitEvent;
  });
}
