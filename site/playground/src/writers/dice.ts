/** Numbers by chance that a seed repeats: mulberry32. */
export type Dice = Readonly<{
  /** True as often as the rate says. */
  chance: (rate: number) => boolean;
  /** A whole number between two, both possible. */
  between: (least: number, most: number) => number;
}>;

export function createDice(seed: number): Dice {
  let state = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    chance: (rate) => next() < rate,
    between: (least, most) => least + Math.floor(next() * (most - least + 1)),
  };
}
