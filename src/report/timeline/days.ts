import { type Clock, farthest } from '../clock.ts';

/** A span of time in milliseconds; `isOpen` if it has not ended by the end of the log. */
export type Stretch = { readonly from: number; readonly to: number; readonly isOpen: boolean };

/** A local day, from its first moment to that of the next; in milliseconds. It has 23 to 25 hours where clocks change. */
export type LocalDay = { readonly from: number; readonly to: number };

const length = 86_400_000;
const longest = 2 * length;

/** The number of the local day of a moment. */
export const dayNumber = (ms: number, clock: Clock): number => Math.floor(clock.local(ms) / length);

/** The local day of a moment. */
export function findLocalDay(ms: number, clock: Clock): LocalDay {
  const number = dayNumber(ms, clock);
  const second = Math.floor(ms / 1000) * 1000;
  const guess = second - (clock.local(second) - number * length);
  return { from: firstMoment(number, guess, ms, clock), to: firstMoment(number + 1, guess + length, ms, clock) };
}

/**
 * The first instant of a day or, if the zone skips that day, of the next: close to an estimate, which is exact unless
 * clocks change.
 */
function firstMoment(number: number, guess: number, known: number, clock: Clock): number {
  const isIn = (ms: number) => dayNumber(ms, clock) >= number;
  const within = (ms: number) => Math.min(farthest, Math.max(-farthest, ms));
  if (within(guess - 1000) === guess - 1000 && within(guess) === guess && isIn(guess) && !isIn(guess - 1000))
    return guess;
  let [before, after] = [within(Math.min(guess, known) - longest), within(Math.max(guess, known) + longest)];
  if (isIn(before)) return before;
  if (!isIn(after)) return after;
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (isIn(middle)) after = middle;
    else before = middle;
  }
  return after;
}

/** The parts of spans within a day. An open span is open only on its last day. */
export function clipToDay({ from, to }: LocalDay, stretches: readonly Stretch[]): readonly Stretch[] {
  return stretches.flatMap((stretch) => {
    const part = { from: Math.max(from, stretch.from), to: Math.min(to, stretch.to) };
    return part.from < part.to ? [{ ...part, isOpen: stretch.isOpen && stretch.to <= to }] : [];
  });
}

/** The total duration of stretches. */
export const totalLength = (stretches: readonly Stretch[]): number =>
  stretches.reduce((sum, { from, to }) => sum + to - from, 0);
