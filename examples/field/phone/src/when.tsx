import type { Instant } from 'auxilio';
import { useState } from 'preact/hooks';
import { fromControls, toControls } from '../../ui/time.ts';
import { t } from './app.tsx';
import { now } from './phone.ts';

/** Now is null; a time that is not entered whole is `''`. */
export type EnteredTime = Instant | '' | null;

type WhenProps = Readonly<{ at: EnteredTime; set: (at: EnteredTime) => void; problem: string | undefined }>;

/** *Ahora*, or *fue antes, a las…*. */
export function When({ at, set, problem }: WhenProps) {
  const words = t();
  const [typed, setTyped] = useState({ day: '', time: '' });
  const { day, time } = at === '' ? typed : toControls(at ?? now());
  function change(newDay: string, newTime: string) {
    setTyped({ day: newDay, time: newTime });
    set(fromControls(newDay, newTime) ?? '');
  }
  return (
    <fieldset class="field when">
      <legend>{words.whenDone}</legend>
      <div class="choices">
        <label class="choice">
          <input type="radio" name="when" checked={at === null} onInput={() => set(null)} />
          <span>{words.now}</span>
        </label>
        <label class="choice">
          <input type="radio" name="when" checked={at !== null} onInput={() => set(now())} />
          <span>{words.before}</span>
        </label>
      </div>
      {at !== null && (
        <div class="moment">
          <label>
            {words.hour}
            <input type="time" value={time} onInput={(event) => change(day, event.currentTarget.value)} />
          </label>
          <label>
            {words.day}
            <input type="date" value={day} onInput={(event) => change(event.currentTarget.value, time)} />
          </label>
        </div>
      )}
      {problem !== undefined && <p class="problem">{problem}</p>}
    </fieldset>
  );
}
