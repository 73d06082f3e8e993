/** The largest number of runs to shorten a counterexample. */
const TRIES = 400;

/** A list on which something fails, and how. */
type Failing<T> = { readonly items: readonly T[]; readonly error: unknown };

/**
 * Leaves items out, many at once and then one by one, for as long as it still fails: the result fails, and none of its
 * items can be left out alone (within a bounded number of tries).
 */
export async function shortened<T>(
  failing: Failing<T>,
  failureOf: (items: readonly T[]) => Promise<{ readonly error: unknown } | undefined>,
): Promise<Failing<T>> {
  let shortest = failing;
  let tries = 0;
  for (let size = shortest.items.length; size >= 1; size = Math.floor(size / 2)) {
    for (let from = 0; from < shortest.items.length && tries < TRIES; ) {
      const items = [...shortest.items.slice(0, from), ...shortest.items.slice(from + size)];
      const failure = await failureOf(items);
      tries += 1;
      if (failure === undefined) from += size;
      else shortest = { items, ...failure };
    }
  }
  return shortest;
}
