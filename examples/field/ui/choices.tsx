import { useId } from 'preact/hooks';
import { Caption, Hint, Problem } from './captions.tsx';
import { type Of, useHost } from './host.ts';

export function Choices({ field }: { field: Of<'choice' | 'choices' | 'yes-no'> }) {
  const { entered, enter } = useHost();
  const id = useId();
  const { name } = field;
  const chosen = entered[name] ?? [];
  const isMany = field.kind === 'choices';
  const isOpen = field.kind !== 'yes-no' && field.open;
  const captions = field.choices.map(({ value }) => value);
  const other = chosen.find((value) => !captions.includes(value));
  function toggle(value: string, isOn: boolean) {
    if (!isMany) enter({ [name]: [value] });
    else enter({ [name]: isOn ? [...chosen, value] : chosen.filter((one) => one !== value) });
  }
  return (
    <fieldset class="field" aria-describedby={`${id}-hint ${id}-problem`}>
      <legend>
        <Caption field={field} />
      </legend>
      <Hint id={id} field={field} />
      <Problem id={id} field={field} />
      <div class="choices">
        {field.choices.map(({ value, caption }) => (
          <label key={value} class="choice">
            <input
              type={isMany ? 'checkbox' : 'radio'}
              name={name}
              value={value}
              required={field.required && !isMany}
              checked={chosen.includes(value)}
              onInput={(event) => toggle(value, event.currentTarget.checked)}
            />
            <span>{caption}</span>
          </label>
        ))}
      </div>
      {isOpen && <Other name={name} value={other} isMany={isMany} known={captions} chosen={chosen} />}
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
