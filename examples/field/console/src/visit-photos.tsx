import type { HeldPhoto } from 'auxilio/service';
import { useEffect, useState } from 'preact/hooks';
import { get, visitPath } from './api.ts';
import { t, when } from './app.ts';
import { countBy } from './kept.ts';
import type { Log } from './visit-log.ts';

export type VisitPhoto = Readonly<{ photoId: string; sha256: string; takenAt: string; shot?: string | undefined }>;

/** The photographs that the log names, in the order in which they were taken. */
export const photosOf = ({ events }: Pick<Log, 'events'>): readonly VisitPhoto[] =>
  events.flatMap((event) => (event.type === 'PhotosTaken' ? event.data.photos : []));

export const photoUrl = (visitId: string, sha256: string): string =>
  `/api/photos/${sha256}?visit=${encodeURIComponent(visitId)}`;

type PicturesProps = Readonly<{
  visitId: string;
  photos: readonly VisitPhoto[];
  states?: ReadonlyMap<string, HeldPhoto>;
}>;

export function Pictures({ visitId, photos, states }: PicturesProps) {
  const words = t();
  return (
    <ul class="pictures">
      {photos.map(({ photoId, sha256, shot }, place) => (
        <li key={photoId}>
          <Picture url={photoUrl(visitId, sha256)} name={shot ?? words.photoOf(place + 1)} />
          <State photo={states?.get(photoId)} visitId={visitId} />
        </li>
      ))}
    </ul>
  );
}

/** The times after which a photograph that has not arrived is looked for again, in milliseconds: it comes after its act. */
const [soonMs, laterMs] = [3_000, 30_000];

/** A photograph, or that it has not arrived. */
function Picture({ url, name }: { url: string; name: string }) {
  const [isAbsent, setAbsent] = useState(false);
  useEffect(() => {
    if (!isAbsent) return;
    let timer = 0;
    const look = () => {
      const probe = new Image();
      probe.onload = () => setAbsent(false);
      probe.onerror = () => wait(laterMs);
      probe.src = url;
    };
    const wait = (ms: number) => {
      if (timer >= 0) timer = window.setTimeout(look, ms);
    };
    wait(soonMs);
    return () => {
      clearTimeout(timer);
      timer = -1;
    };
  }, [isAbsent, url]);
  if (isAbsent) return <p class="no-picture">{t().notArrived(name)}</p>;
  return (
    <a href={url} target="_blank" rel="noreferrer">
      <img src={url} alt={name} loading="lazy" onError={() => setAbsent(true)} />
    </a>
  );
}

/** The state that a photograph has reached, and the visits that have the same file. */
function State({ photo, visitId: own }: { photo: HeldPhoto | undefined; visitId: string }) {
  const words = t();
  if (photo === undefined) return null;
  const { filed, held, missingSince, channel, repeated } = photo;
  const isMissing = missingSince !== null && channel !== 'email';
  return (
    <>
      {isMissing && <small class="chip">{words.missingSince(when(missingSince))}</small>}
      {held !== null && (
        <small>{filed === null ? words.heldSince(when(held.since)) : words.filedAt(when(filed))}</small>
      )}
      {repeated.map((visitId) => (
        <small key={visitId}>
          {visitId === own ? (
            words.repeatedHere
          ) : (
            <a href={`#/visit/${encodeURIComponent(visitId)}`}>{words.repeatedIn(visitId)}</a>
          )}
        </small>
      ))}
    </>
  );
}

/** The states of photographs as the server has them, read again as the log grows, and while one of them is not held. */
function useStates({ visitId, events }: Log): ReadonlyMap<string, HeldPhoto> {
  const [states, setStates] = useState<ReadonlyMap<string, HeldPhoto>>(new Map());
  const count = photosOf({ events }).length;
  useEffect(() => {
    let timer: number | undefined;
    let isGone = false;
    async function read(): Promise<void> {
      const answer = await get<Readonly<{ photos: readonly HeldPhoto[] }>>(`${visitPath(visitId)}/photos`);
      if (isGone) return;
      if (answer.ok) setStates(new Map(answer.value.photos.map((photo) => [photo.photoId, photo])));
      if (!answer.ok || answer.value.photos.some(({ held }) => held === null)) timer = window.setTimeout(read, laterMs);
    }
    if (count > 0) void read();
    return () => {
      isGone = true;
      clearTimeout(timer);
    };
  }, [visitId, events.length]);
  return states;
}

/** The photographs of a visit. */
export function Photos({ log }: { log: Log }) {
  const words = t();
  const photos = photosOf(log);
  const records = Object.values(log.state.photos.byId);
  const states = useStates(log);
  const [sent, held, filed] = [
    countBy(records, ({ sentAt }) => sentAt !== null),
    countBy([...states.values()], (photo) => photo.held !== null),
    countBy(records, ({ documentedAt }) => documentedAt !== null),
  ];
  return (
    <section>
      <h2>{words.photos}</h2>
      {photos.length > 0 && <p class="hint">{words.photoCounts(photos.length, sent, held, filed)}</p>}
      {photos.length === 0 ? (
        <p class="hint">{words.noPhotos}</p>
      ) : (
        <Pictures visitId={log.visitId} photos={photos} states={states} />
      )}
    </section>
  );
}
