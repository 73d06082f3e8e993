import { useId } from 'preact/hooks';
import { Caption, Hint, Problem } from './captions.tsx';
import { first, type Of, useHost } from './host.ts';
import { useMoment } from './moment.ts';

export function Labelled({ field }: { field: Of<'text' | 'quantity' | 'long-text' | 'instant' | 'id'> }) {
  const id = useId();
  const { problems } = useHost();
  const problem = problems[field.name];
  return (
    <div class="field">
      <label for={id}>
        <Caption field={field} />
      </label>
      <Hint id={id} field={field} />
      <Control id={id} field={field} describedBy={`${id}-hint ${id}-problem`} isWrong={problem !== undefined} />
      <Problem id={id} field={field} />
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
  if (field.kind === 'instant') return <Moment id={id} field={field} describedBy={describedBy} isWrong={isWrong} />;
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

type MomentProps = Readonly<{ id: string; field: Of<'instant'>; describedBy: string; isWrong: boolean }>;

/** A day and a time; one that is to come is never now. */
function Moment({ id, field: { name, label, past: isPast }, describedBy, isWrong }: MomentProps) {
  const { entered, enter, texts } = useHost();
  const { day, time, setDay, setTime } = useMoment(first(entered, name), isPast, (at) => enter({ [name]: [at] }));
  return (
    <div class="moment">
      <input
        id={id}
        type="time"
        aria-describedby={describedBy}
        aria-invalid={isWrong}
        value={time}
        onInput={(event) => setTime(event.currentTarget.value)}
      />
      <input
        type="date"
        aria-label={`${label}: ${texts.day}`}
        value={day}
        onInput={(event) => setDay(event.currentTarget.value)}
      />
      {isPast && (
        <button type="button" onClick={() => enter({ [name]: [new Date().toISOString()] })}>
          {texts.now}
        </button>
      )}
    </div>
  );
}
