import { t } from './app.tsx';

/** The person who let an act be done, and why. */
export type Authority = Readonly<{ by: string; reason: string }>;

type DespiteProps = Readonly<{ despite: Authority; set: (despite: Authority) => void }>;

/** The person who let it be done, and how. */
export function Despite({ despite, set }: DespiteProps) {
  const words = t();
  return (
    <fieldset class="field group">
      <legend>{words.didIt}</legend>
      <p class="hint">{words.didItHint}</p>
      <label class="field">
        {words.authorisedBy}
        <input
          maxLength={200}
          value={despite.by}
          onInput={(event) => set({ ...despite, by: event.currentTarget.value })}
        />
        <small class="hint">{words.authorisedHint}</small>
      </label>
      <label class="field">
        {words.reason}
        <textarea
          rows={2}
          maxLength={2000}
          value={despite.reason}
          onInput={(event) => set({ ...despite, reason: event.currentTarget.value })}
        />
        <small class="hint">{words.reasonHint}</small>
      </label>
    </fieldset>
  );
}
