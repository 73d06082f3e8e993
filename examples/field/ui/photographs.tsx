import type { FormField, PhotographsField } from 'auxilio/forms';
import { rowFields } from 'auxilio/forms';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { Hint, Problem } from './captions.tsx';
import { Field } from './form.tsx';
import { type Camera, type FormHost, first, useHost } from './host.ts';
import { Icon } from './icon.tsx';
import { countOf, withoutRow } from './lists.tsx';

/** Photographs of an act: taken now, or chosen among those of the visit. */
export function Photographs({ field }: { field: PhotographsField }) {
  const { camera } = useHost();
  if (field.from === 'visit') return <Chosen field={field} />;
  return camera === undefined ? null : <Taken field={field} camera={camera} />;
}

function Taken({ field, camera }: { field: PhotographsField; camera: Camera }) {
  const { entered, enter, texts, readPhoto, problems } = useHost();
  const { keepPhoto, reading } = camera;
  const id = useId();
  const [failures, setFailures] = useState<readonly string[]>([]);
  // Rows may be removed while files are read.
  const latest = useRef(entered);
  latest.current = entered;
  const { name } = field;
  const count = countOf(entered, name);
  const isBusy = reading.value;
  const chosen = Array.from({ length: count }, (_, place) => first(entered, `${name}.${place}.shot`));
  const missing = camera.missing.filter((shot) => !chosen.includes(shot));
  const choices = camera.names.map((value) => ({ value, caption: value }));
  const asked = (one: FormField): FormField =>
    one.kind === 'text' && one.name.endsWith('.shot') ? { ...one, kind: 'choice', open: true, choices } : one;

  async function take(files: readonly File[]) {
    reading.value = true;
    setFailures([]);
    const kept: Awaited<ReturnType<typeof keepPhoto>>[] = [];
    for (const file of files) {
      try {
        kept.push(await keepPhoto(file));
      } catch (error) {
        const text = error instanceof Error ? error.message : String(error);
        setFailures((before) => [...before, text]);
      }
    }
    const count = countOf(latest.current, name);
    const changes = kept.flatMap((photo, index) =>
      Object.entries(photo).map(([key, value]) => [`${name}.${count + index}.${key}`, [value]] as const),
    );
    enter(Object.fromEntries(changes));
    reading.value = false;
  }

  return (
    <fieldset class="field">
      <legend>{field.label}</legend>
      <Hint id={id} field={field} />
      {missing.length > 0 && <p class="missing">{camera.texts.missingShots(missing)}</p>}
      <label class="button camera">
        <Icon name="camera" /> {camera.texts.takePhoto}
        <input
          type="file"
          accept="image/*"
          capture="environment"
          aria-describedby={`${id}-problem`}
          multiple
          disabled={isBusy}
          onChange={({ currentTarget }) => {
            const files = [...(currentTarget.files ?? [])];
            // The same file may be chosen again.
            currentTarget.value = '';
            void take(files);
          }}
        />
      </label>
      <p class="hint" role="status">
        {isBusy && camera.texts.readingPhotos}
      </p>
      <div class="pictures">
        {Array.from({ length: count }, (_, place) => {
          const sha256 = entered[`${name}.${place}.sha256`]?.[0] ?? '';
          return (
            <figure key={sha256}>
              <Picture sha256={sha256} alt={texts.photoOf(place + 1)} readPhoto={readPhoto} />
              {rowFields(field, place).map((one) => (
                <Field key={one.name} field={asked(one)} />
              ))}
              <button type="button" class="quiet" onClick={() => enter(withoutRow(entered, name, place))}>
                {texts.remove}
              </button>
            </figure>
          );
        })}
      </div>
      <div id={`${id}-problem`} role="alert">
        {[...failures, problems[name] ?? ''].map((text) => text !== '' && <p class="problem">{text}</p>)}
      </div>
    </fieldset>
  );
}

function Chosen({ field }: { field: PhotographsField }) {
  const { entered, enter, texts, photosOfVisit = [], countPhotos, readPhoto } = useHost();
  const id = useId();
  const { name } = field;
  const chosen = entered[name] ?? [];
  return (
    <fieldset class="field" aria-describedby={`${id}-problem`}>
      <legend>{field.label}</legend>
      <Hint id={id} field={field} />
      <div class="pictures">
        {photosOfVisit.map(({ photoId, sha256, note }, place) => (
          <label key={photoId} class="picture">
            <Picture sha256={sha256} alt={texts.photoOf(place + 1)} readPhoto={readPhoto} />
            <span class="choice">
              <input
                type="checkbox"
                name={name}
                checked={chosen.includes(photoId)}
                onInput={({ currentTarget }) =>
                  enter({
                    [name]: currentTarget.checked ? [...chosen, photoId] : chosen.filter((one) => one !== photoId),
                  })
                }
              />
              {texts.photoOf(place + 1)} {note && <small>{note}</small>}
            </span>
          </label>
        ))}
      </div>
      {countPhotos !== undefined && (
        <p class="hint" role="status">
          {countPhotos(chosen)}
        </p>
      )}
      <Problem id={id} field={field} />
    </fieldset>
  );
}

type PictureProps = Readonly<{ sha256: string; alt: string; readPhoto: FormHost['readPhoto'] }>;

/** A picture from the bytes that the device has. */
export function Picture({ sha256, alt, readPhoto }: PictureProps) {
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    let made: string | null = null;
    let isGone = false;
    readPhoto?.(sha256).then((blob) => {
      if (isGone || blob === null) return;
      made = URL.createObjectURL(blob);
      setUrl(made);
    }, console.error);
    return () => {
      isGone = true;
      if (made !== null) URL.revokeObjectURL(made);
    };
  }, [sha256]);
  return url === null ? <div class="no-picture" role="img" aria-label={alt} /> : <img src={url} alt={alt} />;
}
