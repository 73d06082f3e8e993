import { t } from './app.ts';
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
          <a href={photoUrl(visitId, sha256)} target="_blank" rel="noreferrer">
            <img
              src={photoUrl(visitId, sha256)}
              alt={shot ?? words.photoOf(place + 1)}
              loading="lazy"
              onError={({ currentTarget }) => currentTarget.classList.add('absent')}
            />
          </a>
        </li>
      ))}
    </ul>
  );
}

/** The photographs of a visit. */
export function Photos({ log }: { log: Log }) {
  const words = t();
  const photos = photosOf(log);
  return (
    <section>
      <h2>{words.photos}</h2>
      {photos.length === 0 ? <p class="hint">{words.noPhotos}</p> : <Pictures visitId={log.visitId} photos={photos} />}
    </section>
  );
}
