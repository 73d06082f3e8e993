import type { Instant } from 'auxilio';
import { fromControls, toControls } from '../../ui/time.ts';
import { t } from './app.tsx';
import { now } from './phone.ts';

/** *Ahora*, or *fue antes, a las…*. */
export function When({ at, set }: { at: Instant | null; set: (at: Instant | null) => void }) {
  const words = t();
  const { day, time } = toControls(at ?? now());
  const change = (newDay: string, newTime: string) => set(fromControls(newDay, newTime) ?? at);
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
    </fieldset>
  );
}
