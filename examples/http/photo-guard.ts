import type { Id, Sha256, VisitCommand, VisitEvent, VisitState } from 'auxilio';
import type { Caller } from './access.ts';
import type { App } from './app.ts';
import { Problem } from './problem.ts';
import { maySync } from './views.ts';

type Sent = Readonly<{ photoIds: readonly Id[]; channel?: string }>;
type Taken = Readonly<{ photos: readonly Readonly<{ photoId: Id; sha256: Sha256 }>[] }>;
type Photos = NonNullable<App['photos']>;

/** Called with the state on which the commands are judged, before they are. */
export type PhotoGuard = (state: VisitState) => void;

/**
 * Refuses commands that say that photographs are sent whose bytes are not here: the log says so only of bytes that have been
 * checked. Photographs sent by e-mail need none.
 */
export async function guardPhotos(
  photos: Photos,
  log: readonly VisitEvent[],
  commands: readonly VisitCommand[],
): Promise<PhotoGuard> {
  const sent = sentBy(log, commands);
  const recorded = hashes(log.flatMap(({ type, data }) => (type === 'PhotosTaken' ? [data] : [])));
  const sender = commands[0]?.metadata.actor.id;
  const reports = log.filter((event) => event.type === 'DiscrepancyReported');
  // On record; else of this batch; else in a report, first of all of the sender's own.
  const known = [
    recorded,
    hashes(takenBy(commands)),
    hashes(reportedIn(reports.filter(({ data }) => data.by.id === sender))),
    hashes(reportedIn(reports)),
  ];
  const hashesOf = (photoId: Id) => known.find((each) => each.has(photoId))?.get(photoId) ?? [];
  const wanted = new Set(sent.flatMap(hashesOf));
  const missing: Sha256[] = [];
  for (const sha256 of wanted) if ((await photos.size(sha256)) === null) missing.push(sha256);
  if (missing.length > 0) throw new Problem('photos-missing', { photos: missing });
  const unseen = sent.filter((photoId) => !recorded.has(photoId));
  return ({ photos: { byId } }) => {
    // They were taken on record in between, perhaps under another hash. One that is said to be sent need not have been taken.
    if (!unseen.some((photoId) => Object.hasOwn(byId, photoId) && byId[photoId]?.takenAt !== null)) return;
    throw new Problem('unavailable', { headers: { 'retry-after': '1' } });
  };
}

/** The guard of commands to one visit; undefined if they say of no photograph that it is sent. */
export async function guardCommands(
  { photos, service, access }: App,
  caller: Caller,
  visitId: Id,
  commands: readonly VisitCommand[],
): Promise<PhotoGuard | undefined> {
  if (photos === undefined || !commands.some(({ type }) => type === 'SubmitPhotos')) return undefined;
  const { events } = await service.load(visitId, { authorize: maySync(access, caller, visitId) });
  return guardPhotos(photos, events, commands);
}

/** The photographs that commands say are sent to the server, but for commands that are on record. */
function sentBy(log: readonly VisitEvent[], commands: readonly VisitCommand[]): Id[] {
  const acts = log.flatMap((event) => (event.type === 'DiscrepancyReported' ? event.data.acts : []));
  const known = new Set([...log.map(({ metadata }) => metadata?.commandId), ...acts.map(({ commandId }) => commandId)]);
  const sent = commands.flatMap((command): Sent[] => {
    if (command.metadata.commandId !== undefined && known.has(command.metadata.commandId)) return [];
    return command.type === 'SubmitPhotos' ? [command.data] : [];
  });
  return sent.flatMap(({ photoIds, channel }) => (channel === 'email' ? [] : photoIds));
}

const takenBy = (commands: readonly VisitCommand[]): Taken[] =>
  commands.flatMap((command) => (command.type === 'TakePhotos' ? [command.data] : []));

const reportedIn = (log: readonly VisitEvent[]): Taken[] =>
  log.flatMap((event) => {
    if (event.type !== 'DiscrepancyReported') return [];
    return event.data.acts.flatMap(({ type, data }) => (type === 'PhotosTaken' ? [data as Taken] : []));
  });

function hashes(taken: readonly Taken[]): ReadonlyMap<Id, readonly Sha256[]> {
  const found = new Map<Id, Sha256[]>();
  for (const { photoId, sha256 } of taken.flatMap(({ photos }) => photos)) {
    found.set(photoId, [...(found.get(photoId) ?? []), sha256.toLowerCase()]);
  }
  return found;
}
