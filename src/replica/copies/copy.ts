/** The copy of a visit that a replica keeps: its confirmed events, its waiting commands, its photographs; and how it is stored. */
import type { Actor, Id, Instant, Sha256, VisitCommand, VisitEvent } from '../../messages/index.ts';
import type { ReplicaChanges, ReplicaGroup } from '../../stores/replica-store.ts';
import { isId } from '../../wire/characters.ts';

/** The time of a try that failed, and of the next. @since 0.5.0 */
export type Tried = Readonly<{
  /** Time of the last try. */
  at: Instant;
  /** The number of tries so far. */
  tries: number;
  /** Time from which it is tried again by itself. */
  retryAt: Instant;
}>;

/** The reason why a command is withheld: it is kept and shown, but not sent, and stops no other. @since 0.5.0 */
export type Withheld = Readonly<{
  /**
   * - `malformed`: the server cannot read it;
   * - `photos-lost`: the bytes of its photographs are neither here nor there;
   * - `photos-refused`: the server does not take the bytes of its photographs: see `refused` of each;
   * - `photos-missing`: the server lacks the bytes of its photographs, which are on another device;
   * - `too-large`: the server does not take a command of its size;
   * - `refused`: the server refuses this command, though it takes others of the visit;
   * - `server-failed`: the server, or a proxy before it, fails at this command, and at no other of the visit;
   * - `given-up`: the user withheld it;
   * - `quarantined`: the device was revoked, and the server keeps it until an operator vouches for it.
   */
  reason:
    | 'malformed'
    | 'photos-lost'
    | 'photos-refused'
    | 'photos-missing'
    | 'too-large'
    | 'refused'
    | 'server-failed'
    | 'given-up'
    | 'quarantined';
  /** The words of the server or of the user, the hashes of the photographs, or the id under which the server keeps it. */
  message: string;
  /** Of a reason that may pass: it is sent again by itself, less and less often. */
  tried?: Tried;
}>;

/**
 * The server's refusal of a photograph. It is kept on the device, and stops no act but one that says that it is sent. It is offered
 * again by itself, less and less often.
 *
 * @since 0.5.0
 */
export type PhotoRefusal = Tried &
  Readonly<{
    /** A {@link RemoteErrorKind}: `refused`, `forbidden`, `too-large` …; `unavailable` where the server fails at this one alone. */
    kind: string;
    /** The server's code, such as `not-an-image`. */
    reason?: string;
    /** The server's words. */
    message: string;
  }>;

/** A command that waits to be sent. @since 0.5.0 */
export type WaitingCommand = Readonly<{
  command: VisitCommand;
  /** The number of events of the visit that were here when it was recorded. */
  basedOn: number;
  /** Time when it was recorded here. */
  recordedAt: Instant;
  /** Time when it was first sent, or put in a file of `exportUnsent`: the server may have it, and it can no longer be undone. */
  sentAt?: Instant;
  withheld?: Withheld;
}>;

/** A waiting command with its place in the queue, which grows and is never used again. */
export type Queued = WaitingCommand & Readonly<{ place: number }>;

/** True if an act was recorded at most `undoMs` before or after a time: a clock that was set back makes no act younger. */
export const isUndoable = ({ recordedAt }: WaitingCommand, at: Instant, undoMs: number): boolean =>
  Math.abs(Date.parse(at) - Date.parse(recordedAt)) <= undoMs;

/** A photograph of a visit. @since 0.5.0 */
export type ReplicaPhoto = Readonly<{
  sha256: Sha256;
  size: number;
  mediaType: string;
  addedAt: Instant;
  /** Time when the server had it. */
  uploadedAt?: Instant;
  /** Time when its bytes were removed from the device, since the log has it as sent. */
  droppedAt?: Instant;
  /** True if its bytes are neither here nor on the server. */
  lost?: true;
  /** The server's last refusal of it, until it is taken. */
  refused?: PhotoRefusal;
}>;

/** True for a photograph that the server does not have, and whose bytes are not lost. */
export const isUnsent = ({ uploadedAt, lost }: ReplicaPhoto): boolean => !uploadedAt && !lost;

/** The device that leads a visit. @since 0.5.0 */
export type Lead = Readonly<{
  device: string;
  /** False if it was taken without a signal, so that the device that led before may not know it. */
  confirmed: boolean;
}>;

/** The reason why a visit could not be synced. @since 0.5.0 */
export type SyncFailure = Readonly<{
  /**
   * A {@link RemoteErrorKind}, or `diverged`: the log of the server does not continue the events that are here, as after a restored
   * backup; `refetch` leads out of it.
   */
  kind: string;
  reason?: string;
  /** The HTTP status, if something answered. */
  status?: number;
  message: string;
  at: Instant;
  /** The number of rounds in a row that failed, and of those in which the server answered other calls. */
  rounds: number;
  reached: number;
}>;

/** An act that is withheld, or a photograph that was refused or lost. */
export type Problem =
  | (Withheld & Readonly<{ what: 'act'; commandId: Id; type: VisitCommand['type'] }>)
  | (PhotoRefusal & Readonly<{ what: 'photo'; sha256: Sha256 }>)
  | Readonly<{ what: 'lost-photo'; sha256: Sha256 }>;

/**
 * An act that is withheld, a photograph that the server refused, or one whose bytes are lost, by its name and with its reason.
 *
 * @since 0.5.0
 */
export type ReplicaProblem = Problem & Readonly<{ visitId: Id }>;

/** The summary of a copy, which is listed without reading the rest. */
export type Head = Readonly<{
  visitId: Id;
  /** The number of its confirmed events. */
  version: number;
  /** The place of the next command in the queue. */
  nextPlace: number;
  waiting: number;
  withheld: number;
  /** The number of withheld commands that the server keeps for an operator. */
  quarantined: number;
  /** Time when the oldest of its waiting commands was recorded. */
  oldestWaitingAt: Instant | null;
  photosWaiting: number;
  photosRefused: number;
  photosLost: number;
  problems: readonly Problem[];
  /** The hashes whose bytes are kept for it. */
  bytes: readonly Sha256[];
  /** The number of events that the server has announced, as far as they could not be fetched; lower than `version` after a restore. */
  wanted: number;
  lead: Lead | null;
  failure: SyncFailure | null;
  /** Time of its last change here. */
  changedAt: Instant;
  /** True if it has ended for the user: it did, or it is another provider's by now. */
  hasEnded: boolean;
  /** The number of the events of a former provider about their own acts. */
  own: number;
  /** The ids of the acts that were undone; absent without any. */
  undone?: readonly Id[];
}>;

/** The copy of a visit, at the revision of its group. */
export type Copy = Readonly<{
  visitId: Id;
  revision: number;
  nextPlace: number;
  wanted: number;
  lead: Lead | null;
  failure: SyncFailure | null;
  events: readonly VisitEvent[];
  /** Of a former provider: the later events about their own acts. */
  own: readonly VisitEvent[];
  queue: readonly Queued[];
  /** The ids of the acts that were undone: another tab may write one of them into the journal late. */
  undone: readonly Id[];
  photos: ReadonlyMap<Sha256, ReplicaPhoto>;
}>;

const part = encodeURIComponent;

/** The beginning of the names of the groups of all visits, of whichever person. */
export const ALL_VISITS = 'visit/';

/** The beginning of the names of all groups of a person: several people may use one device in turn. */
export const prefixOf = ({ role, id }: Actor): string => `${ALL_VISITS}${role}/${part(id)}/`;
/** The group of a visit. @throws TypeError for what is no id */
export function groupOf(actor: Actor, visitId: Id): string {
  if (!isId(visitId)) throw new TypeError('A visit is named by its id: 1 to 128 letters, digits and . _ : / @ + -');
  return prefixOf(actor) + part(visitId);
}

const placed = (kind: string, place: number) => `${kind}/${String(place).padStart(10, '0')}`;

/** Reads a copy from its records, whose keys are in order. */
export function copyFrom(visitId: Id, { revision, records }: ReplicaGroup): Copy {
  const events: VisitEvent[] = [];
  const queue: Queued[] = [];
  const photos = new Map<Sha256, ReplicaPhoto>();
  let head: Partial<Head> = {};
  let own: readonly VisitEvent[] = [];
  for (const [key, text] of records) {
    const value = JSON.parse(text);
    if (key === 'head') head = value;
    else if (key === 'own') own = value;
    else if (key.startsWith('event/')) events.push(value);
    else if (key.startsWith('queue/')) queue.push({ ...value, place: Number(key.slice(6)) });
    else photos.set(value.sha256, value);
  }
  const { nextPlace = 0, wanted = 0, lead = null, failure = null, undone = [] } = head;
  return { visitId, revision, nextPlace, wanted, lead, failure, events, own, queue, undone, photos };
}

/** The records in which a copy differs from the one that it was made of. */
export function changesBetween(before: Copy, after: Copy, head: Head): ReplicaChanges {
  const changes: Record<string, string | null> = { head: JSON.stringify(head) };
  for (const [index, event] of after.events.entries()) {
    if (event !== before.events[index]) changes[placed('event', index)] = JSON.stringify(event);
  }
  for (let index = after.events.length; index < before.events.length; index += 1)
    changes[placed('event', index)] = null;
  if (after.own !== before.own) changes.own = JSON.stringify(after.own);
  const kept = new Map(after.queue.map((queued) => [queued.place, queued]));
  for (const { place } of before.queue) if (!kept.has(place)) changes[placed('queue', place)] = null;
  const stored = new Set(before.queue);
  for (const queued of after.queue) {
    if (stored.has(queued)) continue;
    const { place, ...waiting } = queued;
    changes[placed('queue', place)] = JSON.stringify(waiting);
  }
  for (const [sha256, photo] of after.photos) {
    if (before.photos.get(sha256) !== photo) changes[`photo/${sha256}`] = JSON.stringify(photo);
  }
  for (const sha256 of before.photos.keys()) if (!after.photos.has(sha256)) changes[`photo/${sha256}`] = null;
  return changes;
}
