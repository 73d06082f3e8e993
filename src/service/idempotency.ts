import { sha256 } from '../chain/sha256.ts';
import type {
  Actor,
  CommandType,
  EventType,
  Id,
  Instant,
  Role,
  Sha256,
  VisitCommand,
  VisitEvent,
} from '../messages/index.ts';
import { isCommandBehind, isSameJson } from '../reading/judging/reconstruct-command.ts';
import { canonicalJson } from '../stores/canonical.ts';
import type { ExpectedStreamVersion } from '../stores/event-store.ts';
import { type Decision, schemaVersion, type VisitState } from '../visit/index.ts';

/**
 * The means by which a repeat was recognised: its `content`, which is recorder, type and data; or, where the data were
 * erased and can no
 * longer be compared, by its `id`, and its type, alone.
 *
 * @since 0.5.0
 */
export type Recognition = 'content' | 'id';

/** An idempotent request: recognised by its id in its stream, and by its content. */
export type Request = Readonly<{
  commandId: Id;
  streamName: string;
  /** For those who hear of it. */
  about: Readonly<{ visitId: Id; type: CommandType | EventType; role: Role }>;
  /** True for a fact: it is stored even if the rules refuse it, and audited. */
  isFact: boolean;
  /** The type of the event that it becomes if it is accepted. */
  becomes: EventType | undefined;
  /** Compares its recorder, type and data with those of an event that carries its id. */
  matches: (event: VisitEvent) => boolean;
  /** What becomes of it on that state. */
  judge: (state: VisitState) => Decision;
  /** Answers whether its sender may see the visit; without it, they may. */
  authorize?: ((state: VisitState) => boolean) | undefined;
  /** The only version at which it may be judged; any by default. */
  expectedVersion?: ExpectedStreamVersion;
  /** What is kept in the metadata of its events beside what the service adds. */
  metadata?: object;
}>;

/**
 * SHA-256 of a command's content: the canonical form (RFC 8785) of its `type`, `data` and actor. The order of keys does
 * not matter; the Unicode normal form does, so a host parses a command before it handles it.
 *
 * @deprecated since 0.5.0, to be removed: the service neither stores nor compares it. It has no secret, so that anybody who
 * holds
 * one can confirm a guess of what the command said, also after the data were erased.
 * @since 0.1.0
 */
export function commandHash({ type, data, metadata }: VisitCommand): Sha256 {
  return sha256(canonicalJson({ type, data, actor: metadata.actor }));
}

/** Compares a command with an event that carries its id: who recorded it, its type, and its data as the parser left them. */
export function isRepeatOfCommand(command: VisitCommand, event: VisitEvent): boolean {
  const { recorder } = event.metadata ?? {};
  const { role, id } = command.metadata.actor;
  return isCommandBehind(command, event) && (recorder === undefined || isSameJson(recorder, { role, id }));
}

/** Compares a fact with an event that carries its id: who brought it, its type and its data. */
export function isRepeatOfFact(fact: VisitEvent, recorder: Actor, event: VisitEvent): boolean {
  const { recorder: earlier = event.data.recordedBy ?? event.data.by } = event.metadata ?? {};
  return fact.type === event.type && isSameJson(recorder, earlier) && isSameJson(fact.data, event.data);
}

/** The moment at which an event is recorded, and the id of the event before it, if there is one. */
export type Occasion = Readonly<{ recordedAt: Instant; previousId: string | undefined }>;

/**
 * The id of the event that a command becomes, a UUID (version 8) made of the stream, the command's id, the moment, and the id
 * of the event before it. So the last event of a stream distinguishes it from another of the same length, also from one in which the
 * same command was carried out on another history. It is not derived from the data of the event.
 */
export function eventIdOf(
  { streamName, commandId }: Pick<Request, 'streamName' | 'commandId'>,
  { recordedAt, previousId = '' }: Occasion,
): string {
  const hex = sha256(canonicalJson([streamName, commandId, recordedAt, previousId]));
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 0b0011) | 0b1000).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}

/** Recognises the form of {@link eventIdOf}: a UUID of version 8. Asked of every event that is read. */
export const isEventId = (id: unknown) =>
  typeof id === 'string' && id.length === 36 && id[13] === '-' && id[14] === '8' && id[18] === '-';

/** The events of an accepted command as they are stored, their metadata in this order. */
export function withMetadata(events: readonly VisitEvent[], request: Request, { recordedAt, previousId }: Occasion) {
  const { commandId, metadata: own } = request;
  let eventId = previousId;
  return events.map(({ type, data }) => {
    eventId = eventIdOf(request, { recordedAt, previousId: eventId });
    return { type, data, metadata: { schemaVersion, eventId, commandId, recordedAt, ...own } } as VisitEvent;
  });
}
