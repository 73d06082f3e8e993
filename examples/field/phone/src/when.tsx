import type { Instant } from 'auxilio';
import { useMoment } from '../../ui/moment.ts';
import { t } from './app.tsx';
import { now } from './phone.ts';

/** Now is null; a time that is not entered whole is `''`. */
export type EnteredTime = Instant | '' | null;

type WhenProps = Readonly<{ at: EnteredTime; set: (at: EnteredTime) => void; problem: string | undefined }>;

/** The time of an act: now, unless it is said that it was before. */
export function When({ at, set, problem }: WhenProps) {
  const words = t();
  const { day, time, setDay, setTime } = useMoment(at ?? now(), true, set);
  return (
    <fieldset class="field when" aria-label={words.whenDone} aria-describedby="when-problem">
      <label class="choice">
        <input
          type="checkbox"
          checked={at !== null}
          onInput={(event) => set(event.currentTarget.checked ? now() : null)}
        />
        <span>{words.before}</span>
      </label>
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
