/** Numbers by chance that are the same each time: the seed and the number of the visit make all of them. */
export type Rng = {
  /** From 0 up to 1. */
  readonly next: () => number;
  /** True if something that happens at that rate happens now. */
  readonly chance: (rate: number) => boolean;
  /** A whole number between two, both possible. */
  readonly between: (least: number, most: number) => number;
  readonly oneOf: <T>(items: readonly [T, ...T[]]) => T;
};

/** Mulberry32: small, fast and even enough for stories. */
export function dice(seed: number, index: number): Rng {
  let state = (Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(index + 1, 0xc2b2ae35)) >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    next,
    chance: (rate) => next() < rate,
    between: (least, most) => least + Math.floor(next() * (most - least + 1)),
    oneOf: (items) => items[Math.floor(next() * items.length)] ?? items[0],
  };
}
