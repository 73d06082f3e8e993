import { sha256 } from '../chain/sha256.ts';
import type { CommandType, EventType, Id, Instant, Role, Sha256, VisitCommand, VisitEvent } from '../messages/index.ts';
import { canonicalJson } from '../stores/canonical.ts';
import type { ExpectedStreamVersion } from '../stores/port.ts';
import { type Decision, schemaVersion, type VisitState } from '../visit/index.ts';

/** Something that is to be carried out once: known again by its id in its stream, and by its content. */
export type Request = Readonly<{
  commandId: Id;
  commandHash: Sha256;
  streamName: string;
  /** For those who hear of it. */
  about: Readonly<{ visitId: Id; type: CommandType | EventType; role: Role }>;
  /** What becomes of it on that state. */
  judge: (state: VisitState) => Decision;
  /** The version at which alone it may be judged; any if there is none. */
  expectedVersion?: ExpectedStreamVersion;
  /** What is kept in the metadata of its events beside what the service adds. */
  metadata?: object;
}>;

/**
 * SHA-256 of a command's content: the canonical form (RFC 8785) of its `type`, `data` and actor. The order of keys does
 * not matter; the Unicode normal form does, so a host parses a command before it handles it.
 *
 * @since 0.1.0
 */
export function commandHash({ type, data, metadata }: VisitCommand): Sha256 {
  return contentHash({ type, data, actor: metadata.actor });
}

/** SHA-256 of the canonical form (RFC 8785) of a value. */
export function contentHash(content: unknown): Sha256 {
  return sha256(canonicalJson(content));
}

/**
 * The id of the event that a command becomes, a UUID (version 8) made of the stream, the command's id and the event's
 * place in the answer: a retry makes the same one, so the store refuses to write it twice. Another visit makes another
 * one, since a command id is unique in its visit alone.
 */
export function eventIdOf({ streamName, commandId }: Pick<Request, 'streamName' | 'commandId'>, index: number): string {
  const hex = sha256(canonicalJson([streamName, commandId, index]));
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 0b0011) | 0b1000).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}

/** The events of an accepted command as they are stored, their metadata in this order. */
export function stamped(events: readonly VisitEvent[], request: Request, recordedAt: Instant): VisitEvent[] {
  const { commandId, commandHash, metadata: own } = request;
  return events.map(({ type, data }, index) => {
    const eventId = eventIdOf(request, index);
    return {
      type,
      data,
      metadata: { schemaVersion, eventId, commandId, commandHash, recordedAt, ...own },
    } as VisitEvent;
  });
}
