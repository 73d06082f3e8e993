/** The form of an act, drawn from its description in `auxilio/forms`. */
import { type ContactField, type Form, type FormField, type GroupField, shownFields } from 'auxilio/forms';
import { useId, useState } from 'preact/hooks';
import { Caption, Hint, Problem } from './captions.tsx';
import { Choices } from './choices.tsx';
import { Labelled } from './control.tsx';
import { type FormHost, first, Host, useHost } from './host.ts';
import { Icon } from './icon.tsx';
import { List, Rows } from './lists.tsx';
import { Photographs } from './photographs.tsx';

/** The fields of a form that apply to what was entered so far. */
export function Fields({ form, host }: { form: Form; host: FormHost }) {
  return (
    <Host.Provider value={host}>
      {shownFields(form, host.entered).map((field) => (
        <Field key={field.name} field={field} />
      ))}
    </Host.Provider>
  );
}

export function Field({ field }: { field: FormField }) {
  const { people, isAsked } = useHost();
  if (!isAsked(field.name)) return null;
  switch (field.kind) {
    case 'text':
    case 'quantity':
    case 'long-text':
    case 'instant':
      return <Labelled field={field} />;
    case 'id':
      // Nobody knows an id by heart: it is chosen, or not asked for.
      return people === undefined && !field.required ? null : <Labelled field={field} />;
    case 'choice':
    case 'yes-no':
    case 'choices':
      return <Choices field={field} />;
    case 'list':
      return <List field={field} />;
    case 'rows':
      return <Rows field={field} />;
    case 'group':
    case 'contact':
      return <Group field={field} />;
    case 'photographs':
      return <Photographs field={field} />;
    case 'position':
      return <Place name={field.name} label={field.label} />;
    case 'reported-acts':
      return null;
  }
}

function Group({ field }: { field: GroupField | ContactField }) {
  const { enter, texts, centerPhone } = useHost();
  const id = useId();
  const at = field.kind === 'contact' ? field.fields.find(({ kind }) => kind === 'instant') : undefined;
  return (
    <fieldset class="field group" aria-describedby={`${id}-hint ${id}-problem`}>
      <legend>
        <Caption field={field} />
      </legend>
      <Hint id={id} field={field} />
      <Problem id={id} field={field} />
      {at !== undefined && centerPhone !== undefined && (
        <a class="button" href={`tel:${centerPhone}`} onClick={() => enter({ [at.name]: [new Date().toISOString()] })}>
          <Icon name="call" /> {texts.callNow}
        </a>
      )}
      {field.fields.map((one) => (
        <Field key={one.name} field={one} />
      ))}
    </fieldset>
  );
}

/** The position of the device, taken by a touch. */
function Place({ name, label }: { name: string; label: string }) {
  const { entered, enter, position } = useHost();
  const [isRefused, setRefused] = useState(false);
  if (position === undefined || typeof navigator === 'undefined' || navigator.geolocation === undefined) return null;
  const take = () => {
    setRefused(false);
    navigator.geolocation.getCurrentPosition(
      ({ coords }) =>
        enter({
          [`${name}.latitude`]: [String(coords.latitude)],
          [`${name}.longitude`]: [String(coords.longitude)],
          [`${name}.accuracyMeters`]: [String(Math.round(coords.accuracy))],
        }),
      () => setRefused(true),
    );
  };
  const isTaken = first(entered, `${name}.latitude`) !== '';
  return (
    <div class="field">
      <button type="button" onClick={take} aria-label={`${label}: ${position.useHere}`}>
        <Icon name="arrive" /> {isTaken ? position.located : position.useHere}
      </button>
      {isRefused && (
        <p class="hint" role="status">
          {position.notLocated}
        </p>
      )}
    </div>
  );
}
