import { mustBe, mustKnowKeys } from '../kernel/known.ts';
import type { Id, Instant, NonEmptyText, Sha256, VisitEvent } from '../messages/index.ts';
import { asArray, asRecord } from '../util/json.ts';
import type { PhotoRecord, VisitState } from '../visit/index.ts';
import type { Reading } from './judging/log.ts';
import { readLog } from './judging/reader.ts';
import type { Verdict } from './verdict.ts';

/** The bytes of a photograph that a host has, and has looked at: they have that hash, and are a picture. @since 0.10.0 */
export type Holding = {
  readonly sha256: Sha256;
  /** The time since which the host has them. */
  readonly since: Instant;
  readonly mediaType: NonEmptyText;
  readonly bytes: number;
};

/** A visit whose log names a hash. @since 0.10.0 */
export type PhotoNaming = { readonly sha256: Sha256; readonly visitId: Id };

/** A photograph of a visit, and which of its states it has reached: taken, said, held, filed. @since 0.10.0 */
export type HeldPhoto = {
  readonly photoId: Id;
  /** The hash under which it was taken, in lower case; null if the log says that it was sent, and not that it was taken. */
  readonly sha256: Sha256 | null;
  readonly shot: string | null;
  readonly taken: Instant | null;
  /** The time at which it was first said to be sent (SubmitPhotos), and by which channel. */
  readonly said: Instant | null;
  readonly channel: string | null;
  /** The bytes that the host has; null if it has none of that hash. */
  readonly held: Omit<Holding, 'sha256'> | null;
  /** The time at which a person documented it (DocumentPhotos). */
  readonly filed: Instant | null;
  /** The time since which it is missing: it was said to be sent, and is not held. */
  readonly missingSince: Instant | null;
  /** The visits that name the same hash: others, and this one if another of its photographs has it. */
  readonly repeated: readonly Id[];
};

/** The input of {@link heldPhotos}: a log, and the bytes of a host. @since 0.10.0 */
export type HeldPhotosInput = {
  /** The log of one visit. */
  readonly log: readonly VisitEvent[];
  /** The photographs that the host has; those of other visits change nothing. */
  readonly holdings: Iterable<Holding>;
  /** The visits that name a hash, as far as the host knows; for the remark that a photograph is repeated. */
  readonly namings?: Iterable<PhotoNaming>;
};

/**
 * Compares the photographs of a visit with the bytes that the host has. The log alone says that photographs were taken, sent and
 * documented; no event has their bytes. In the order in which the log names them first. Reads no clock and no store.
 *
 * @throws TypeError for a log that is no array, or an unknown key
 * @since 0.10.0
 */
export function heldPhotos(input: HeldPhotosInput): readonly HeldPhoto[] {
  mustKnowKeys('heldPhotos', input, { log: 0, holdings: 0, namings: 0 });
  mustBe(Array.isArray(input.log), 'heldPhotos takes the log, an array of events', input.log);
  return compareWithHeld(readLog(input.log), input);
}

/** Compares the photographs of a log that was read with the bytes that the host has. */
export function compareWithHeld(
  { state, entries }: Reading,
  { holdings, namings = [] }: Omit<HeldPhotosInput, 'log'>,
): readonly HeldPhoto[] {
  const hashes = takenHashes(entries);
  const channels = sentChannels(entries);
  const held = new Map([...holdings].map(({ sha256, ...holding }) => [sha256.toLowerCase(), holding]));
  const namedBy = groupNamings(namings, hashes, state);
  return Object.entries(state.photos.byId).map(([photoId, photo]) => {
    const sha256 = hashes.get(photoId) ?? null;
    const holding = (sha256 !== null && held.get(sha256)) || null;
    const repeated = sha256 === null ? [] : repetitions(photoId, namedBy.get(sha256), state.visitId);
    const channel = channels.get(photoId) ?? null;
    return { photoId, sha256, ...statesOf(photo), channel, ...missing(photo, holding), repeated };
  });
}

const statesOf = ({ shot, takenAt, sentAt, documentedAt }: PhotoRecord) => ({
  shot,
  taken: takenAt,
  said: sentAt,
  filed: documentedAt,
});

const missing = ({ sentAt }: PhotoRecord, held: HeldPhoto['held']) => ({
  held,
  missingSince: held === null ? sentAt : null,
});

type Entries = Reading['entries'];

/** Keeps the first text that the log has for each photograph. */
function firstTexts(pairs: Iterable<readonly [unknown, unknown]>): ReadonlyMap<Id, string> {
  const texts = new Map<Id, string>();
  for (const [photoId, text] of pairs) {
    if (typeof photoId === 'string' && typeof text === 'string' && !texts.has(photoId)) texts.set(photoId, text);
  }
  return texts;
}

/** The hashes of the photographs: of an id that is taken twice the first one stands. */
const takenHashes = (entries: Entries): ReadonlyMap<Id, Sha256> =>
  firstTexts(
    entries.flatMap(({ event }) => {
      const photos = event.type === 'PhotosTaken' ? asArray(event.data.photos).map(asRecord) : [];
      return photos.map(({ photoId, sha256 }) => [photoId, String(sha256).toLowerCase()] as const);
    }),
  );

/** The channels by which photographs were sent first. */
const sentChannels = (entries: Entries): ReadonlyMap<Id, string> =>
  firstTexts(
    entries.flatMap(({ event }) => {
      if (event.type !== 'PhotosSubmitted') return [];
      return asArray(event.data.photoIds).map((photoId) => [photoId, event.data.channel] as const);
    }),
  );

type Named = { readonly others: Set<Id>; readonly own: Set<Id> };

/** By hash, the other visits that name it, and the photographs of this one. */
function groupNamings(namings: Iterable<PhotoNaming>, hashes: ReadonlyMap<Id, Sha256>, { visitId: own }: VisitState) {
  const grouped = new Map<Sha256, Named>();
  const groupOf = (sha256: Sha256) => {
    const there = grouped.get(sha256) ?? { others: new Set(), own: new Set() };
    grouped.set(sha256, there);
    return there;
  };
  for (const { sha256, visitId } of namings) if (visitId !== own) groupOf(sha256.toLowerCase()).others.add(visitId);
  for (const [photoId, sha256] of hashes) groupOf(sha256).own.add(photoId);
  return grouped;
}

function repetitions(photoId: Id, named: Named | undefined, visitId: Id | null): readonly Id[] {
  const { others, own } = named ?? { others: [], own: [] };
  const isTwice = [...own].some((one) => one !== photoId);
  return [...(isTwice && visitId !== null ? [visitId] : []), ...others];
}

/** True for a photograph that the application was said to send, and that the host does not have. An e-mail goes another way. */
const isAbsent = ({ missingSince, channel }: HeldPhoto) => missingSince !== null && channel !== 'email';

/**
 * Names in the verdicts on sending (1.1-19) and filing (1.1-22) the photographs that are not held, with the acts that say so. What is
 * said to be sent and is not held does not prove that it was sent.
 */
export function withHeldPhotos(verdict: Verdict, { entries }: Reading, photos: readonly HeldPhoto[]): Verdict {
  const { clause, status } = verdict;
  if (clause !== '1.1-19' && clause !== '1.1-22') return verdict;
  const absent = photos.filter((photo) => isAbsent(photo) && (clause === '1.1-19' || photo.filed !== null));
  if (absent.length === 0) return verdict;
  const notHeld = absent.map(({ photoId }) => photoId);
  const type = clause === '1.1-19' ? 'PhotosSubmitted' : 'PhotosDocumented';
  const acts = entries.filter(
    ({ event }) =>
      event.type === type && notHeld.some((photoId) => asArray(asRecord(event.data).photoIds).includes(photoId)),
  );
  const evidence = new Set([...verdict.evidence, ...acts.map(({ index }) => index)]);
  return {
    clause,
    status: clause === '1.1-19' && status === 'satisfied' ? 'missing' : status,
    evidence: [...evidence].sort((one, other) => one - other),
    facts: { ...verdict.facts, notHeld },
  };
}
