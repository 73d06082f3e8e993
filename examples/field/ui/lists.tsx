import { type RowsField, rowFields } from 'auxilio/forms';
import { useId } from 'preact/hooks';
import { Caption, Hint, Problem } from './captions.tsx';
import { Field } from './form.tsx';
import { type Entered, first, isMarked, type Of, useHost } from './host.ts';

/** Lines of text, one under the other; what was entered before is one touch away. */
export function List({ field }: { field: Of<'list'> }) {
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
      <Hint id={id} field={field} />
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
            aria-describedby={`${id}-hint ${id}-lines ${id}-problem`}
            aria-invalid={problem !== undefined}
            required={field.required}
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
      <Problem id={id} field={field} />
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

export function Rows({ field }: { field: RowsField }) {
  const { entered, enter, texts } = useHost();
  const id = useId();
  const { name } = field;
  const isNone = first(entered, `${name}.none`) !== '';
  // A list that must have a row, by its form or by a rule, begins with one, which stays.
  const isAsked = isMarked(field);
  const count = Math.max(countOf(entered, name), isAsked && field.none === undefined ? 1 : 0);
  const [start] = rowFields(field, count);
  return (
    <fieldset class="field rows" aria-describedby={`${id}-problem`}>
      <legend>
        <Caption field={field} />
      </legend>
      <Hint id={id} field={field} />
      {Array.from({ length: count }, (_, place) => (
        <div class="row" key={`${name}-${count}-${place}`}>
          {rowFields(field, place).map((one) => (
            <Field key={one.name} field={one} />
          ))}
          {(count > 1 || !isAsked || field.none !== undefined) && (
            <button
              type="button"
              class="quiet"
              aria-label={`${texts.remove} ${place + 1}`}
              onClick={() => enter(withoutRow(entered, name, place))}
            >
              {texts.remove}
            </button>
          )}
        </div>
      ))}
      {!isNone && count < field.maxItems && start !== undefined && (
        <button type="button" onClick={() => enter({ [start.name]: [''] })}>
          + {texts.addRow}
        </button>
      )}
      {field.none !== undefined && count === 0 && <None name={name} caption={field.none} />}
      <Problem id={id} field={field} />
    </fieldset>
  );
}
