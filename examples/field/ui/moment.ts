/** A moment that is entered as a time and a day. */
import type { Instant } from 'auxilio';
import { useState } from 'preact/hooks';
import { fromControls, fromTimeOfDay, toControls } from './time.ts';

/** Within it, the day that stands there follows from the time: around midnight it is another one. */
const halfDayMs = 12 * 3_600_000;

/** The values of the two controls, and the instant that they named; `isFree`: the day was not said. */
type Typed = Readonly<{ day: string; time: string; made: Instant | ''; isFree: boolean }>;

type Controls = Readonly<{
  day: string;
  time: string;
  setDay: (day: string) => void;
  setTime: (time: string) => void;
}>;

/** The controls of a moment. It is `''` while they do not name one: the moment that stood there before is not meant. */
export function useMoment(at: Instant | '', isPast: boolean, set: (at: Instant | '') => void): Controls {
  const [typed, setTyped] = useState<Typed | null>(null);
  const now = new Date().toISOString();
  const today = toControls(now).day;
  // Another may have filled it in since.
  const own = typed?.made === at ? typed : null;
  const { day, time } = own ?? (at === '' ? { day: '', time: '' } : toControls(at));
  const isFree = own?.isFree ?? (at === '' || Math.abs(Date.parse(at) - Date.parse(now)) < halfDayMs);
  function change(newDay: string, newTime: string, isNowFree: boolean) {
    const made = (isNowFree ? fromTimeOfDay(newTime, now, isPast) : fromControls(newDay, newTime)) ?? '';
    const shown = made === '' ? { day: newDay, time: newTime } : toControls(made);
    setTyped({ ...shown, made, isFree: isNowFree });
    set(made);
  }
  return {
    day,
    time,
    setDay: (newDay) => change(newDay, time, false),
    setTime: (newTime) => change(own === null ? day || today : day, newTime, isFree),
  };
}
