/** Figures that mean something on a noisy machine: everybody in turn, again and again, and the medians. */

/** Does the work of a round once. Its result keeps the work from being optimised away. */
export type Runner = Readonly<{ name: string; run: () => unknown }>;

/** The time of a runner in milliseconds: the median of all rounds, and the least. */
export type Taken = Readonly<{ name: string; medianMs: number; leastMs: number }>;

/**
 * Runs everybody once a round, each round beginning with another, after some rounds that do not count. Nothing is collected by
 * force between two: that drops compiled code with the last objects of its kind, and what is measured then is compiling.
 */
export async function race(runners: readonly Runner[], rounds: number, warmUp = 2): Promise<Taken[]> {
  const taken = new Map<string, number[]>(runners.map(({ name }) => [name, []]));
  for (let round = 0; round < warmUp + rounds; round++) {
    for (let turn = 0; turn < runners.length; turn++) {
      const { name, run } = runners[(round + turn) % runners.length] as Runner;
      const startedAt = performance.now();
      await run();
      const durationMs = performance.now() - startedAt;
      if (round >= warmUp) taken.get(name)?.push(durationMs);
    }
  }
  return [...taken].map(([name, times]) => ({ name, medianMs: median(times), leastMs: Math.min(...times) }));
}

/** The middle one. */
export function median(figures: readonly number[]): number {
  return figures.toSorted((one, other) => one - other)[figures.length >> 1] ?? Number.NaN;
}

/** The time of one round of a runner. */
export function takenBy(taken: readonly Taken[], name: string): Taken {
  const found = taken.find((one) => one.name === name);
  if (found === undefined) throw new RangeError(`Nobody called ${name} ran`);
  return found;
}

/** Three digits that count, no more: the rest is noise. */
export function digits(figure: number): string {
  if (!Number.isFinite(figure)) return '–';
  if (Math.abs(figure) >= 1000) return Math.round(figure).toLocaleString('en');
  return String(Number(figure.toPrecision(3)));
}
