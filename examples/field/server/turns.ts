/** The right to do heavy work, of which only so much is done at once. */
export type Turns = <T>(act: () => Promise<T>) => Promise<T>;

/**
 * Creates turns for work in a thread of the pool of Node, which has four and reads files with them, too: passwords and photographs
 * together leave one.
 */
export function createTurns(atOnce: number): Turns {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (act) => {
    if (running >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
    try {
      return await act();
    } finally {
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
}
