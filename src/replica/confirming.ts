/** Events of the server join a copy: they continue its log, and what they have on record waits no longer. */
import type { Id, Instant, Photo, Sha256, VisitEvent } from '../messages/index.ts';
import { commandIdsIn, firstOutcome } from '../reconciling/repeats.ts';
import { deepEqual } from '../util/equality.ts';
import { parseEvent } from '../wire/index.ts';
import { unusable } from './answers.ts';
import type { Copy, Lead, Queued, ReplicaPhoto } from './copy.ts';
import { readable } from './readable.ts';
import type { RemoteEvents } from './remote.ts';

/** The events of the server do not continue those that are here: its log was replaced, as by a restored backup. */
export class DivergedError extends Error {
  override readonly name = 'DivergedError';
}

/**
 * Reads an event of the server. One of a later release is kept as it is: the copy says that it needs an upgrade.
 *
 * @throws RemoteError for what is no event
 */
function readEvent(value: unknown, place: number): VisitEvent {
  const parsed = parseEvent(value);
  if (parsed.ok) return parsed.value;
  if ('unknown' in parsed && parsed.unknown) return value as VisitEvent;
  const [issue] = parsed.issues;
  throw unusable(`event ${place}, ${issue?.path} ${issue?.code}`);
}

const isSameEvent = (one: VisitEvent, other: VisitEvent): boolean =>
  one.type === other.type &&
  one.metadata?.eventId === other.metadata?.eventId &&
  // Without an id only the data tell them apart.
  (one.metadata?.eventId !== undefined || deepEqual(one.data, other.data));

/**
 * Continues a copy by events of the server after a place, which may overlap with those that are here.
 *
 * @throws DivergedError when they do not continue the copy
 * @throws RemoteError when they cannot be read
 */
export function confirmEvents(copy: Copy, after: number, { events: given, version, own, lead }: RemoteEvents): Copy {
  const events = given.map((value, index) => readEvent(value, after + index + 1));
  const overlap = copy.events.slice(after, after + events.length);
  const isGap = after > copy.events.length || version < after;
  if (isGap || !overlap.every((event, index) => isSameEvent(event, events[index] as VisitEvent))) {
    throw new DivergedError('The events of the server do not continue those of the device');
  }
  const added = events.slice(overlap.length);
  const confirmed = {
    ...copy,
    events: added.length === 0 ? copy.events : [...copy.events, ...added],
    // Who is assigned again has them among the events.
    own: own === undefined ? noneOf(copy.own) : own.map((value, index) => readEvent(value, index + 1)),
    lead: leadAfter(copy.lead, lead),
  };
  return withoutRecorded(confirmed);
}

const noneOf = (own: Copy['own']): Copy['own'] => (own.length === 0 ? own : []);

/** The lead as the server says it, unless this device took it and the server does not know it yet. */
function leadAfter(lead: Lead | null, told: string | null | undefined): Lead | null {
  if (told === undefined || lead?.confirmed === false || lead?.device === told) return lead;
  return told === null ? null : { device: told, confirmed: true };
}

/** Removes the commands that are on record from the queue. */
function withoutRecorded(copy: Copy): Copy {
  const log = readable([...copy.events, ...copy.own]);
  const onRecord = { log, reported: [], ids: commandIdsIn(log) };
  const queue = copy.queue.filter(({ command }) => firstOutcome(onRecord, command) === null);
  return queue.length === copy.queue.length ? copy : { ...copy, queue };
}

/** Removes commands that the server answered and has on record under their ids, though their content cannot be compared. */
export function withoutAnswered(copy: Copy, answered: readonly Queued[]): Copy {
  const ids = commandIdsIn(readable([...copy.events, ...copy.own]));
  const isDone = (one: Queued) =>
    ids.has(idOf(one)) && answered.some((queued) => queued.place === one.place && idOf(queued) === idOf(one));
  const queue = copy.queue.filter((one) => !isDone(one));
  return queue.length === copy.queue.length ? copy : { ...copy, queue };
}

export const idOf = ({ command }: Pick<Queued, 'command'>): Id => command.metadata.commandId ?? '';

/** The copy with a photograph as it is now. */
export function withPhoto(copy: Copy, photo: ReplicaPhoto): Copy {
  return { ...copy, photos: new Map(copy.photos).set(photo.sha256, photo) };
}

/** The copy with its commands marked as sent, before they are. */
export function markSent(copy: Copy, batch: readonly Queued[], sentAt: Instant): Copy {
  const places = new Set(batch.map(({ place }) => place));
  const isNew = ({ place, sentAt: before }: Queued) => places.has(place) && before === undefined;
  if (!copy.queue.some(isNew)) return copy;
  return { ...copy, queue: copy.queue.map((queued) => (isNew(queued) ? { ...queued, sentAt } : queued)) };
}

/** The copy with a command withheld. */
export function asWithheld(copy: Copy, place: number, reason: NonNullable<Queued['withheld']>): Copy {
  return {
    ...copy,
    queue: copy.queue.map((queued) => (queued.place === place ? { ...queued, withheld: reason } : queued)),
  };
}

/** The references to the photographs that were taken: on record, in a report or waiting. */
function references({ events, own, queue }: Copy): readonly Photo[] {
  const log = readable([...events, ...own]);
  const reported = log.flatMap((event) => (event.type === 'DiscrepancyReported' ? event.data.acts : []));
  return [
    ...[...log, ...reported].flatMap((act) => (act.type === 'PhotosTaken' ? act.data.photos : [])),
    ...queue.flatMap(({ command: one }) => (one.type === 'TakePhotos' ? one.data.photos : [])),
  ];
}

export const takenPhotos = (copy: Copy): readonly Sha256[] => references(copy).map(({ sha256 }) => sha256);

/** The hashes of the photographs that a command of the copy says are sent by the app. */
export function photosOf(copy: Copy, { command }: Queued): readonly Sha256[] {
  if (command.type !== 'SubmitPhotos' || command.data.channel === 'email') return [];
  const { photoIds } = command.data;
  const sent = references(copy).filter(({ photoId }) => photoIds.includes(photoId));
  return sent.map(({ sha256 }) => sha256);
}
