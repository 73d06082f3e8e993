import { useId, useState } from 'preact/hooks';

type Props = Readonly<{
  label: string;
  submit: string;
  code: string;
  /** The sentence where the digits are not six. */
  tooFew: string;
  problem?: string;
  isBusy?: boolean;
  change: (code: string) => void;
  done: (code: string) => unknown;
}>;

/** A code of six digits, however it is grouped. */
export function SixDigits({ label, submit, code, tooFew, problem = '', isBusy = false, change, done }: Props) {
  const id = useId();
  const [isShort, setShort] = useState(false);
  const digits = code.replaceAll(/\D/g, '');
  const said = isShort ? tooFew : problem;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        setShort(digits.length !== 6);
        if (digits.length === 6) void done(digits);
      }}
    >
      <label class="field">
        {label}
        <input
          class="digits"
          inputMode="numeric"
          autocomplete="one-time-code"
          maxLength={12}
          value={code}
          aria-invalid={said !== ''}
          aria-describedby={id}
          onInput={({ currentTarget }) => {
            setShort(false);
            change(currentTarget.value);
          }}
        />
      </label>
      <div id={id} role="alert">
        {said !== '' && <p class="problem">{said}</p>}
      </div>
      <button type="submit" class="primary" disabled={isBusy}>
        {submit}
      </button>
    </form>
  );
}
