/** The form of an act, drawn from its description in `auxilio/forms`. */
import type { ContactField, Form, FormField, GroupField, RowsField } from 'auxilio/forms';
import { rowFields, shownFields } from 'auxilio/forms';
import { createContext } from 'preact';
import { useContext, useId } from 'preact/hooks';
import { Icon } from './icon.tsx';
import { Photographs } from './photographs.tsx';
import { fromControls, toControls } from './time.ts';

/** Values that were entered, by the names of the fields: a list has a value an entry. */
export type Entered = Readonly<Record<string, readonly string[]>>;

/** The texts around the fields. */
type FormTexts = Readonly<{
  choose: string;
  other: string;
  addRow: string;
  remove: string;
  onePerLine: string;
  callNow: string;
  now: string;
  day: string;
  hour: string;
  useHere: string;
  located: string;
  takePhoto: string;
  photoOf: (place: number) => string;
}>;

/** A photograph of the visit, to be chosen. */
type ChosenPhoto = Readonly<{ photoId: string; sha256: string }>;

export type FormHost = Readonly<{
  texts: FormTexts;
  entered: Entered;
  /** Replaces what was entered under some names; those of `undefined` are removed. */
  enter: (changes: Readonly<Record<string, readonly string[] | undefined>>) => void;
  problems: Readonly<Record<string, string>>;
  /** Texts that were entered before, to choose from. */
  suggestions: (name: string) => readonly string[];
  /** Ids to choose from, with their captions. */
  people?: (name: string) => readonly Readonly<{ id: string; name: string }>[];
  centerPhone?: string;
  /** Keeps a photograph on the device, and answers what the act names of it. */
  keepPhoto?: (file: Blob) => Promise<Readonly<Record<'photoId' | 'sha256' | 'takenAt' | 'mediaType', string>>>;
  photosOfVisit?: readonly ChosenPhoto[];
  /** The bytes of a photograph, for its picture. */
  readPhoto?: (sha256: string) => Promise<Blob | null>;
}>;

const Host = createContext<FormHost | null>(null);

export function useHost(): FormHost {
  const host = useContext(Host);
  if (host === null) throw new Error('A field stands in a form');
  return host;
}

/** The fields of a form that apply to what was entered so far, apart from those that the host asks for in its own way. */
export function Fields({ form, isAsked, host }: { form: Form; isAsked: (name: string) => boolean; host: FormHost }) {
  const fields = shownFields(form, host.entered).filter(({ name }) => isAsked(name));
  return (
    <Host.Provider value={host}>
      {fields.map((field) => (
        <Field key={field.name} field={field} />
      ))}
    </Host.Provider>
  );
}

const first = (entered: Entered, name: string): string => entered[name]?.[0] ?? '';

export function Field({ field }: { field: FormField }) {
  const { people } = useHost();
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

type Of<K extends FormField['kind']> = Extract<FormField, { kind: K }>;

function Labelled({ field }: { field: Of<'text' | 'quantity' | 'long-text' | 'instant' | 'id'> }) {
  const id = useId();
  const { problems } = useHost();
  const problem = problems[field.name];
  return (
    <div class="field">
      <label for={id}>
        {field.label}
        {field.required && <span aria-hidden="true"> *</span>}
      </label>
      {field.hint !== undefined && (
        <p class="hint" id={`${id}-hint`}>
          {field.hint}
        </p>
      )}
      <Control id={id} field={field} describedBy={`${id}-hint ${id}-problem`} isWrong={problem !== undefined} />
      {problem !== undefined && (
        <p class="problem" id={`${id}-problem`}>
          {problem}
        </p>
      )}
    </div>
  );
}

type ControlProps = Readonly<{
  id: string;
  field: Of<'text' | 'quantity' | 'long-text' | 'instant' | 'id'>;
  describedBy: string;
  isWrong: boolean;
}>;

function Control({ id, field, describedBy, isWrong }: ControlProps) {
  const { entered, enter, suggestions, people } = useHost();
  const { name } = field;
  const value = first(entered, name);
  const set = (text: string) => enter({ [name]: [text] });
  const common = {
    id,
    name,
    value,
    'aria-describedby': describedBy,
    'aria-invalid': isWrong,
    required: field.required,
  };
  if (field.kind === 'long-text') {
    return (
      <textarea {...common} rows={3} maxLength={field.maxLength} onInput={(event) => set(event.currentTarget.value)} />
    );
  }
  if (field.kind === 'instant') return <Moment id={id} name={name} describedBy={describedBy} />;
  const listed = field.kind === 'id' ? people?.(name) : undefined;
  if (listed !== undefined) {
    return (
      <select {...common} onInput={(event) => set(event.currentTarget.value)}>
        <option value="" />
        {listed.map((person) => (
          <option key={person.id} value={person.id}>
            {person.name}
          </option>
        ))}
      </select>
    );
  }
  const known = suggestions(name);
  return (
    <>
      <input
        {...common}
        inputMode={field.kind === 'quantity' ? 'decimal' : 'text'}
        {...(field.kind !== 'quantity' && { maxLength: field.maxLength })}
        list={known.length > 0 ? `${id}-known` : undefined}
        autocomplete="off"
        onInput={(event) => set(event.currentTarget.value)}
      />
      {known.length > 0 && (
        <datalist id={`${id}-known`}>
          {known.map((text) => (
            <option key={text} value={text} />
          ))}
        </datalist>
      )}
    </>
  );
}

/** A day and a time. */
function Moment({ id, name, describedBy }: { id: string; name: string; describedBy?: string }) {
  const { entered, enter, texts } = useHost();
  const at = first(entered, name);
  const { day, time } = toControls(at === '' ? new Date().toISOString() : at);
  const set = (newDay: string, newTime: string) => {
    const made = fromControls(newDay, newTime);
    if (made !== null) enter({ [name]: [made] });
  };
  return (
    <div class="moment">
      <input
        id={id}
        type="time"
        aria-describedby={describedBy}
        value={at === '' ? '' : time}
        onInput={(event) => set(day, event.currentTarget.value)}
      />
      <input
        type="date"
        aria-label={texts.day}
        value={at === '' ? '' : day}
        onInput={(event) => set(event.currentTarget.value, time)}
      />
      <button type="button" onClick={() => enter({ [name]: [new Date().toISOString()] })}>
        {texts.now}
      </button>
    </div>
  );
}

function Choices({ field }: { field: Of<'choice' | 'choices' | 'yes-no'> }) {
  const { entered, enter, problems } = useHost();
  const id = useId();
  const { name } = field;
  const chosen = entered[name] ?? [];
  const isMany = field.kind === 'choices';
  const isOpen = field.kind !== 'yes-no' && field.open;
  const captions = field.choices.map(({ value }) => value);
  const other = chosen.find((value) => !captions.includes(value));
  const problem = problems[name];
  function toggle(value: string, isOn: boolean) {
    if (!isMany) enter({ [name]: [value] });
    else enter({ [name]: isOn ? [...chosen, value] : chosen.filter((one) => one !== value) });
  }
  return (
    <fieldset class="field" aria-describedby={`${id}-problem`}>
      <legend>
        {field.label}
        {field.required && <span aria-hidden="true"> *</span>}
      </legend>
      {field.hint !== undefined && <p class="hint">{field.hint}</p>}
      <div class="choices">
        {field.choices.map(({ value, caption }) => (
          <label key={value} class="choice">
            <input
              type={isMany ? 'checkbox' : 'radio'}
              name={name}
              value={value}
              checked={chosen.includes(value)}
              onInput={(event) => toggle(value, event.currentTarget.checked)}
            />
            <span>{caption}</span>
          </label>
        ))}
      </div>
      {isOpen && <Other name={name} value={other} isMany={isMany} known={captions} chosen={chosen} />}
      {problem !== undefined && (
        <p class="problem" id={`${id}-problem`}>
          {problem}
        </p>
      )}
    </fieldset>
  );
}

type OtherProps = Readonly<{
  name: string;
  value: string | undefined;
  isMany: boolean;
  known: readonly string[];
  chosen: readonly string[];
}>;

/** Another text than those to choose from. */
function Other({ name, value, isMany, known, chosen }: OtherProps) {
  const { enter, texts } = useHost();
  return (
    <label class="other">
      {texts.other}
      <input
        value={value ?? ''}
        onInput={({ currentTarget }) => {
          const kept = isMany ? chosen.filter((one) => known.includes(one)) : [];
          enter({ [name]: currentTarget.value === '' ? kept : [...kept, currentTarget.value] });
        }}
      />
    </label>
  );
}

/** Lines of text, one under the other; what was entered before is one touch away. */
function List({ field }: { field: Of<'list'> }) {
  const { entered, enter, texts, problems, suggestions } = useHost();
  const id = useId();
  const { name } = field;
  const lines = entered[name] ?? [];
  const isNone = first(entered, `${name}.none`) !== '';
  const unused = suggestions(name).filter((text) => !lines.includes(text));
  const problem = problems[name];
  return (
    <fieldset class="field">
      <legend id={`${id}-legend`}>
        {field.label}
        {field.required && <span aria-hidden="true"> *</span>}
      </legend>
      {field.hint !== undefined && <p class="hint">{field.hint}</p>}
      {!isNone && (
        <>
          {unused.length > 0 && (
            <div class="chips">
              {unused.slice(0, 12).map((text) => (
                <button
                  type="button"
                  class="chip"
                  key={text}
                  onClick={() => enter({ [name]: [...lines.filter(Boolean), text] })}
                >
                  + {text}
                </button>
              ))}
            </div>
          )}
          <textarea
            aria-labelledby={`${id}-legend`}
            aria-describedby={`${id}-lines`}
            rows={Math.max(2, lines.length + 1)}
            value={lines.join('\n')}
            onInput={(event) => {
              const { value } = event.currentTarget;
              enter({ [name]: value === '' ? undefined : value.split('\n') });
            }}
          />
          <p class="hint" id={`${id}-lines`}>
            {texts.onePerLine}
          </p>
        </>
      )}
      {field.none !== undefined && <None name={name} caption={field.none} />}
      {problem !== undefined && <p class="problem">{problem}</p>}
    </fieldset>
  );
}

/** The box that says that a list is empty. */
function None({ name, caption }: { name: string; caption: string }) {
  const { entered, enter } = useHost();
  const key = `${name}.none`;
  return (
    <label class="choice">
      <input
        type="checkbox"
        checked={first(entered, key) !== ''}
        onInput={(event) => {
          const within = Object.keys(entered).filter((one) => one === name || one.startsWith(`${name}.`));
          const removed = Object.fromEntries(within.map((one) => [one, undefined]));
          enter({ ...removed, [key]: event.currentTarget.checked ? ['on'] : undefined });
        }}
      />
      <span>{caption}</span>
    </label>
  );
}

/** The number of rows that were begun. */
export function countOf(entered: Entered, name: string): number {
  const places = Object.keys(entered).flatMap((key) => {
    const place = key.startsWith(`${name}.`) ? Number.parseInt(key.slice(name.length + 1), 10) : Number.NaN;
    return Number.isNaN(place) ? [] : [place + 1];
  });
  return Math.max(0, ...places);
}

/** Removes a row; those after it move up. */
export function withoutRow(
  entered: Entered,
  name: string,
  place: number,
): Record<string, readonly string[] | undefined> {
  const changes: Record<string, readonly string[] | undefined> = {};
  for (const key of Object.keys(entered)) {
    const match = key.startsWith(`${name}.`) ? /^(\d+)\.(.+)$/.exec(key.slice(name.length + 1)) : null;
    if (match === null) continue;
    const [, index, rest] = match;
    if (Number(index) < place) continue;
    changes[key] ??= undefined;
    if (Number(index) > place) changes[`${name}.${Number(index) - 1}.${rest}`] = entered[key];
  }
  return changes;
}

function Rows({ field }: { field: RowsField }) {
  const { entered, enter, texts, problems } = useHost();
  const { name } = field;
  const isNone = first(entered, `${name}.none`) !== '';
  // A list that must have a row begins with one.
  const count = Math.max(countOf(entered, name), field.minItems > 0 && !isNone ? 1 : 0);
  const problem = problems[name];
  const [start] = rowFields(field, count);
  return (
    <fieldset class="field rows">
      <legend>
        {field.label}
        {field.required && <span aria-hidden="true"> *</span>}
      </legend>
      {field.hint !== undefined && <p class="hint">{field.hint}</p>}
      {Array.from({ length: count }, (_, place) => (
        <div class="row" key={`${name}-${count}-${place}`}>
          {rowFields(field, place).map((one) => (
            <Field key={one.name} field={one} />
          ))}
          <button type="button" class="quiet" onClick={() => enter(withoutRow(entered, name, place))}>
            {texts.remove}
          </button>
        </div>
      ))}
      {!isNone && count < field.maxItems && start !== undefined && (
        <button type="button" onClick={() => enter({ [start.name]: [''] })}>
          + {texts.addRow}
        </button>
      )}
      {field.none !== undefined && count === 0 && <None name={name} caption={field.none} />}
      {problem !== undefined && <p class="problem">{problem}</p>}
    </fieldset>
  );
}

function Group({ field }: { field: GroupField | ContactField }) {
  const { enter, texts, centerPhone, problems } = useHost();
  const at = field.kind === 'contact' ? field.fields.find(({ kind }) => kind === 'instant') : undefined;
  const problem = problems[field.name];
  return (
    <fieldset class="field group">
      <legend>
        {field.label}
        {(field.required || field.clauses.length > 0) && <span aria-hidden="true"> *</span>}
      </legend>
      {field.hint !== undefined && <p class="hint">{field.hint}</p>}
      {at !== undefined && centerPhone !== undefined && (
        <a class="button" href={`tel:${centerPhone}`} onClick={() => enter({ [at.name]: [new Date().toISOString()] })}>
          <Icon name="call" /> {texts.callNow}
        </a>
      )}
      {field.fields.map((one) => (
        <Field key={one.name} field={one} />
      ))}
      {problem !== undefined && <p class="problem">{problem}</p>}
    </fieldset>
  );
}

/** The position of the device, taken by a touch. */
function Place({ name, label }: { name: string; label: string }) {
  const { entered, enter, texts } = useHost();
  if (typeof navigator === 'undefined' || navigator.geolocation === undefined) return null;
  const take = () =>
    navigator.geolocation.getCurrentPosition(({ coords }) =>
      enter({
        [`${name}.latitude`]: [String(coords.latitude)],
        [`${name}.longitude`]: [String(coords.longitude)],
        [`${name}.accuracyMeters`]: [String(Math.round(coords.accuracy))],
      }),
    );
  const isTaken = first(entered, `${name}.latitude`) !== '';
  return (
    <div class="field">
      <button type="button" onClick={take} aria-label={`${label}: ${texts.useHere}`}>
        <Icon name="arrive" /> {isTaken ? texts.located : texts.useHere}
      </button>
    </div>
  );
}
