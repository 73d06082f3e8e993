/** Times that a phone noted by its own clock, when that turns out to be wrong. */

type Entered = Readonly<Record<string, readonly string[]>>;

const minuteMs = 60_000;

/**
 * Moves the times of calls and photographs of a form, which were noted at a touch. Those that were set by hand are of whole minutes,
 * and stay.
 */
export const moved = (entered: Entered, ms: number): Entered =>
  Object.fromEntries(
    Object.entries(entered).map(([name, values]) => [
      name,
      /\.(at|takenAt)$/.test(name) ? values.map((value) => later(value, ms)) : values,
    ]),
  );

function later(value: string, ms: number): string {
  const at = Date.parse(value);
  return Number.isNaN(at) || at % minuteMs === 0 ? value : new Date(at + ms).toISOString();
}
