import type { Instant } from 'auxilio';
import { useMoment } from '../../ui/moment.ts';
import { t } from './app.tsx';
import { now } from './phone.ts';

/** Now is null; a time that is not entered whole is `''`. */
export type EnteredTime = Instant | '' | null;

type WhenProps = Readonly<{ at: EnteredTime; set: (at: EnteredTime) => void; problem: string | undefined }>;

/** *Ahora*, or *fue antes, a las…*. */
export function When({ at, set, problem }: WhenProps) {
  const words = t();
  const { day, time, setDay, setTime } = useMoment(at ?? now(), true, set);
  return (
    <fieldset class="field when" aria-describedby="when-problem">
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
            <input type="time" value={time} onInput={(event) => setTime(event.currentTarget.value)} />
          </label>
          <label>
            {words.day}
            <input type="date" value={day} onInput={(event) => setDay(event.currentTarget.value)} />
          </label>
        </div>
      )}
      {problem !== undefined && (
        <p class="problem" id="when-problem">
          {problem}
        </p>
      )}
    </fieldset>
  );
}
