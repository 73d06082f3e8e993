import type { Id, Sha256, VisitCommand, VisitEvent, VisitState } from 'auxilio';
import type { Caller } from './access.ts';
import type { App } from './app.ts';
import { Problem } from './problem.ts';

type Sent = Readonly<{ photoIds: readonly Id[]; channel?: string }>;
type Taken = Readonly<{ photos: readonly Readonly<{ photoId: Id; sha256: Sha256 }>[]; takers: readonly Id[] }>;
/** The hashes under which a photograph is said to be taken, and who says so of each. */
type Hashes = ReadonlyMap<Sha256, ReadonlySet<Id>>;
type Photos = NonNullable<App['photos']>;

/** Called with the state on which the commands are judged, before they are. */
export type PhotoGuard = (state: VisitState) => void;

/**
 * Refuses commands that say that photographs are sent whose bytes are not here: the log says so only of bytes that have been
 * checked, and that came from one who took the photograph or from the sender. The bytes of anyone else count as missing, so that
 * the answer does not disclose them. Photographs sent by e-mail need none.
 */
export async function guardPhotos(
  photos: Photos,
  log: readonly VisitEvent[],
  commands: readonly VisitCommand[],
): Promise<PhotoGuard> {
  const sent = sentBy(log, commands);
  const recorded = hashes(
    log.flatMap(({ type, data }) => (type === 'PhotosTaken' ? [{ ...data, takers: takersOf(data) }] : [])),
  );
  const sender = commands[0]?.metadata.actor.id;
  const reports = log.filter((event) => event.type === 'DiscrepancyReported');
  // On record; else of this batch; else in a report, first of all of the sender's own.
  const known = [
    recorded,
    hashes(takenBy(commands)),
    hashes(reportedIn(reports.filter(({ data }) => data.by.id === sender))),
    hashes(reportedIn(reports)),
  ];
  const missing: Sha256[] = [];
  for (const [sha256, takers] of hashesOf(sent, known)) {
    const having = sender === undefined ? takers : new Set([...takers, sender]);
    const sizes = await Promise.all([...having].map((person) => photos.size(sha256, person)));
    if (sizes.every((size) => size === null)) missing.push(sha256);
  }
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
  const { events } = await service.load(visitId, { authorize: (state) => access.mayRead(caller, visitId, state) });
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

const takersOf = ({ by, recordedBy = by }: VisitEvent['data']): readonly Id[] => [by.id, recordedBy.id];

const takenBy = (commands: readonly VisitCommand[]): Taken[] =>
  commands.flatMap(({ type, data, metadata }) =>
    type === 'TakePhotos' ? [{ photos: data.photos, takers: [metadata.actor.id] }] : [],
  );

const reportedIn = (log: readonly VisitEvent[]): Taken[] =>
  log.flatMap(({ type, data }) => {
    if (type !== 'DiscrepancyReported') return [];
    const takers = takersOf(data);
    return data.acts.flatMap((act) => (act.type === 'PhotosTaken' ? [{ photos: act.data.photos, takers }] : []));
  });

function hashes(taken: readonly Taken[]): ReadonlyMap<Id, Hashes> {
  const found = new Map<Id, Map<Sha256, Set<Id>>>();
  for (const { photos, takers } of taken) {
    for (const { photoId, sha256 } of photos) {
      const own = found.get(photoId) ?? new Map<Sha256, Set<Id>>();
      found.set(photoId, own);
      const key = sha256.toLowerCase();
      own.set(key, new Set([...(own.get(key) ?? []), ...takers]));
    }
  }
  return found;
}

/** The hashes of photographs, each by the first of the places that know it. */
function hashesOf(photoIds: readonly Id[], known: readonly ReadonlyMap<Id, Hashes>[]): Hashes {
  const found = new Map<Sha256, Set<Id>>();
  for (const photoId of photoIds) {
    const own = known.find((each) => each.has(photoId))?.get(photoId) ?? new Map<Sha256, Set<Id>>();
    for (const [sha256, takers] of own) found.set(sha256, new Set([...(found.get(sha256) ?? []), ...takers]));
  }
  return found;
}
