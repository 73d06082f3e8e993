/** Joins events of the server to a copy: they continue its log, and commands that are on record leave the queue. */
import type { Id, Instant, Photo, Sha256, VisitEvent } from '../../messages/index.ts';

import { collectCommandIds, firstOutcome } from '../../reconciling/repeats.ts';
import { deepEqual } from '../../util/equality.ts';
import { eventTypes } from '../../visit/index.ts';
import { schemaVersion } from '../../visit/known.ts';
import { parseEvent } from '../../wire/parse.ts';
import { type Answered, unusable } from '../remote/answers.ts';
import { RemoteError, type RemoteEvents, type RemoteHead } from '../remote/remote.ts';
import { type Copy, isUnsent, type Lead, type Queued, type ReplicaPhoto } from './copy.ts';

const known: ReadonlySet<string> = new Set(eventTypes);

/** True if this release can read an event. */
export const isKnown = ({ type, metadata }: VisitEvent): boolean =>
  known.has(type) && (metadata?.schemaVersion ?? 1) <= schemaVersion;

/** Hides the events of a later release from what reads a log, by a type that nothing reads: their data may have another shape. */
export const readable = (log: readonly VisitEvent[]): readonly VisitEvent[] =>
  log.every(isKnown)
    ? log
    : log.map((event) => (isKnown(event) ? event : { ...event, type: 'OfLaterRelease' as never }));

/** A log as the server has it. */
export type Log = Readonly<{ events: Copy['events']; own: Copy['own']; lead: string | null | undefined }>;

/** Reads the log in an answer of the server, whose events follow those up to a place. */
export function readLog({ events, own = [], lead }: RemoteEvents, after = 0): Answered<Log> {
  const read = readEvents(events, after);
  if (!read.ok) return read;
  const readOwn = readEvents(own, 0);
  return readOwn.ok ? { ok: true, value: { events: read.value, own: readOwn.value, lead } } : readOwn;
}

/** Reads events of the server. One of a later release is kept as it is: the copy says that it needs an upgrade. */
function readEvents(values: readonly unknown[], after: number): Answered<readonly VisitEvent[]> {
  const events: VisitEvent[] = [];
  for (const [index, value] of values.entries()) {
    const parsed = parseEvent(value);
    if (!parsed.ok && !('unknown' in parsed && parsed.unknown)) {
      const [issue] = parsed.issues;
      return { ok: false, failure: unusable(`event ${after + index + 1}, ${issue?.path} ${issue?.code}`) };
    }
    events.push(parsed.ok ? parsed.value : (value as VisitEvent));
  }
  return { ok: true, value: events };
}

export const isSameEvent = (one: VisitEvent, other: VisitEvent | undefined): boolean =>
  one.type === other?.type &&
  one.metadata?.eventId === other.metadata?.eventId &&
  // Events without an id are compared by their data.
  (one.metadata?.eventId !== undefined || deepEqual(one.data, other.data));

/**
 * Continues a copy by events of the server after a place, which may overlap with those that are here. Fails when they cannot be read, or do
 * not continue the copy (`diverged`): the log of the server was replaced.
 */
export function confirmEvents(copy: Copy, after: number, answer: RemoteEvents): Answered<Copy> {
  const { version } = answer;
  const read = readLog(answer, after);
  if (!read.ok) return read;
  const { events, own, lead } = read.value;
  const overlap = copy.events.slice(after, after + events.length);
  const isGap = after > copy.events.length || version < after;
  const added = events.slice(overlap.length);
  // A server that announces more events than it sends is asked for the others in the next round: they are not lost.
  const isShort = after + events.length < version;
  const isLost = (event: VisitEvent) => !isShort && ![...added, ...own].some((other) => isSameEvent(event, other));
  if (isGap || !overlap.every((event, index) => isSameEvent(event, events[index])) || copy.own.some(isLost)) {
    const message = 'The events of the server do not continue those of the device';
    return { ok: false, failure: new RemoteError('refused', message, { reason: 'diverged' }) };
  }
  const announced = isShort ? Math.max(copy.wanted, version) : copy.wanted;
  const count = copy.events.length + added.length + own.length;
  const known = { ...copy, wanted: count < announced ? announced : 0 };
  const log = { events: added.length === 0 ? copy.events : [...copy.events, ...added], own, lead };
  return { ok: true, value: withLog(known, log) };
}

/** Gives a copy the log of the server, without the waiting commands that are on record in it. */
export function withLog(copy: Copy, { events, own, lead }: Log): Copy {
  // A provider who is assigned again gets them among the events.
  const isFormer = own.length + copy.own.length > 0;
  return withoutRecorded({ ...copy, events, own: isFormer ? own : copy.own, lead: deriveLead(copy.lead, lead) });
}

/** Takes over the lead that the server names, unless this device took it and the server does not know it yet. */
function deriveLead(lead: Lead | null, named: string | null | undefined): Lead | null {
  if (named === undefined || lead?.confirmed === false || lead?.device === named) return lead;
  return named === null ? null : { device: named, confirmed: true };
}

/** Names the last event of a copy, by which a server compares the logs; undefined if the event has no id. */
export function readLogHead({ events, own }: Copy): RemoteHead | undefined {
  const [lastEventId, lastOwnEventId] = [events, own].map((log) => log.at(-1)?.metadata?.eventId);
  if (lastEventId === undefined) return undefined;
  return { version: events.length, lastEventId, ...(lastOwnEventId !== undefined && { lastOwnEventId }) };
}

/** Removes the commands that are on record from the queue. */
function withoutRecorded(copy: Copy): Copy {
  const log = readable([...copy.events, ...copy.own]);
  const onRecord = { log, reported: [], ids: collectCommandIds(log) };
  return withoutQueued(copy, ({ command }) => firstOutcome(onRecord, command) !== null);
}

/** Removes the commands that the server answered and whose ids are on record, though their content cannot be compared. */
export function withoutAnswered(copy: Copy, answered: readonly Queued[]): Copy {
  const ids = collectCommandIds(readable([...copy.events, ...copy.own]));
  const isAnswered = (one: Queued) =>
    answered.some((queued) => queued.place === one.place && idOf(queued) === idOf(one));
  return withoutQueued(copy, (one) => ids.has(idOf(one)) && isAnswered(one));
}

function withoutQueued(copy: Copy, isDone: (queued: Queued) => boolean): Copy {
  const queue = copy.queue.filter((one) => !isDone(one));
  return queue.length === copy.queue.length ? copy : { ...copy, queue };
}

export const idOf = ({ command }: Pick<Queued, 'command'>): Id => command.metadata.commandId ?? '';

/** Puts a photograph into a copy, in the place of one of its hash. */
export function withPhoto(copy: Copy, photo: ReplicaPhoto): Copy {
  return { ...copy, photos: new Map(copy.photos).set(photo.sha256, photo) };
}

/** Marks commands of a copy as sent, if they were not. */
export function markSent(copy: Copy, batch: readonly Queued[], sentAt: Instant): Copy {
  const places = new Set(batch.map(({ place }) => place));
  const isNew = ({ place, sentAt: before }: Queued) => places.has(place) && before === undefined;
  if (!copy.queue.some(isNew)) return copy;
  return { ...copy, queue: copy.queue.map((queued) => (isNew(queued) ? { ...queued, sentAt } : queued)) };
}

/** Withholds a command of a copy. */
export function asWithheld(copy: Copy, place: number, reason: NonNullable<Queued['withheld']>): Copy {
  return {
    ...copy,
    queue: copy.queue.map((queued) => (queued.place === place ? { ...queued, withheld: reason } : queued)),
  };
}

/** Lists the references to the photographs that were taken: on record, in a report or waiting. */
function references({ events, own, queue }: Copy): readonly Photo[] {
  const log = readable([...events, ...own]);
  const reported = log.flatMap((event) => (event.type === 'DiscrepancyReported' ? event.data.acts : []));
  return [
    ...[...log, ...reported].flatMap((act) => (act.type === 'PhotosTaken' ? act.data.photos : [])),
    ...queue.flatMap(({ command: one }) => (one.type === 'TakePhotos' ? one.data.photos : [])),
  ];
}

/** The hashes of the photographs that a command takes. */
export const photosTakenBy = ({ command: one }: Queued): readonly Sha256[] =>
  one.type === 'TakePhotos' ? one.data.photos.map(({ sha256 }) => sha256) : [];

export const takenPhotos = (copy: Copy): readonly Sha256[] => references(copy).map(({ sha256 }) => sha256);

/** The photographs that were taken and that the server does not have, unless their bytes are lost. */
export function unsentPhotos(copy: Copy): readonly ReplicaPhoto[] {
  const taken = new Set(takenPhotos(copy));
  return [...copy.photos.values()].filter((photo) => taken.has(photo.sha256) && isUnsent(photo));
}

/** Releases the commands that were withheld for photographs which are no longer lost or refused. */
export function releaseForPhotos(copy: Copy): Copy {
  const isMissing = (sha256: Sha256) => {
    const { lost, refused } = copy.photos.get(sha256) ?? { lost: true };
    return Boolean(lost ?? refused);
  };
  const queue = copy.queue.map((queued): Queued => {
    const isWithheld = queued.withheld?.reason === 'photos-lost' || queued.withheld?.reason === 'photos-refused';
    if (!isWithheld || photosSentBy(copy, queued).some(isMissing)) return queued;
    const { withheld: _, ...waiting } = queued;
    return waiting;
  });
  return { ...copy, queue };
}

/** The hashes of the photographs that a command of the copy reports as sent by the app. */
export function photosSentBy(copy: Copy, { command }: Queued): readonly Sha256[] {
  if (command.type !== 'SubmitPhotos' || command.data.channel === 'email') return [];
  const { photoIds } = command.data;
  const sent = references(copy).filter(({ photoId }) => photoIds.includes(photoId));
  return sent.map(({ sha256 }) => sha256);
}
