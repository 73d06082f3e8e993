import { useEffect, useState } from 'preact/hooks';
import { t } from './app.ts';
import { countBy } from './kept.ts';
import type { Log } from './visit-log.ts';

export type VisitPhoto = Readonly<{ photoId: string; sha256: string; takenAt: string; shot?: string | undefined }>;

/** The photographs that the log names, in the order in which they were taken. */
export const photosOf = ({ events }: Pick<Log, 'events'>): readonly VisitPhoto[] =>
  events.flatMap((event) => (event.type === 'PhotosTaken' ? event.data.photos : []));

export const photoUrl = (visitId: string, sha256: string): string =>
  `/api/photos/${sha256}?visit=${encodeURIComponent(visitId)}`;

export function Pictures({ visitId, photos }: { visitId: string; photos: readonly VisitPhoto[] }) {
  const words = t();
  return (
    <ul class="pictures">
      {photos.map(({ photoId, sha256, shot }, place) => (
        <li key={photoId}>
          <Picture url={photoUrl(visitId, sha256)} name={shot ?? words.photoOf(place + 1)} />
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

/** The photographs of a visit. */
export function Photos({ log }: { log: Log }) {
  const words = t();
  const photos = photosOf(log);
  const records = Object.values(log.state.photos.byId);
  const [sent, filed] = [
    countBy(records, ({ sentAt }) => sentAt !== null),
    countBy(records, ({ documentedAt }) => documentedAt !== null),
  ];
  return (
    <section>
      <h2>{words.photos}</h2>
      {photos.length > 0 && <p class="hint">{words.photoCounts(photos.length, sent, filed)}</p>}
      {photos.length === 0 ? <p class="hint">{words.noPhotos}</p> : <Pictures visitId={log.visitId} photos={photos} />}
    </section>
  );
}
