import { createHash } from 'node:crypto';
import type { Instant } from 'auxilio';

/** A local time of the story: `08:15` on the 17th of March 2026, `19 08:15` on another day of that month. */
export type Time = string;

const DAY_OF_THE_STORY = 17;
const COSTA_RICA_UTC_HOURS = 6;

/** Minutes since the first of March, local time. */
export function minutesOf(time: Time): number {
  const parts = /^(?:(\d{2}) )?([01]\d|2[0-3]):([0-5]\d)$/.exec(time);
  if (parts === null) throw new Error(`Not a time of the story: ${time}`);
  const [, day = DAY_OF_THE_STORY, hours, minutes] = parts;
  return (Number(day) - 1) * 1440 + Number(hours) * 60 + Number(minutes);
}

/** The time some minutes later, or earlier. */
export function later(time: Time, minutes: number): Time {
  const total = minutesOf(time) + minutes;
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(Math.floor(total / 1440) + 1)} ${two(Math.floor((total % 1440) / 60))}:${two(total % 60)}`;
}

/** Milliseconds since the epoch of a local time. */
export function epochMs(time: Time): number {
  return Date.UTC(2026, 2, 1, COSTA_RICA_UTC_HOURS, minutesOf(time));
}

/** A moment as messages write it: UTC with milliseconds. */
export function instantOf(ms: number): Instant {
  return new Date(ms).toISOString();
}

/** A whole minute, as people agree on times. */
export function sharp(time: Time): Instant {
  return instantOf(epochMs(time));
}

/** Some moment within the minute, as clocks record it: always the same one for the same `seed`. */
export function within(time: Time, seed: string): Instant {
  return instantOf(epochMs(time) + spread(`${time} ${seed}`, 60_000));
}

/** A number from 0 to below `limit`, always the same for the same seed. */
export function spread(seed: string, limit: number): number {
  return createHash('sha256').update(seed).digest().readUInt32BE(0) % limit;
}
