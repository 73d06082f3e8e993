/**
 * The decisions of a world. Each has a name, `category: detail#count`, and a value; 0 is always the benign one: nothing is done, nothing
 * fails, nothing is late. A seed decides by the name alone, so that one decision can be taken back without moving the others: a tape
 * of the decisions that are not 0 replays a run, and a part of it replays a smaller one.
 */
export type Decisions = ReadonlyMap<string, number>;

export type Tape = Readonly<{
  /** Decides between 0, the benign choice, and others below `n`, which are taken with a probability of `odds`. */
  choose: (category: string, detail: string, n: number, odds: number) => number;
  /** A number from 0 up to 1 that is no decision: jitter, and the order of what is equal. */
  fraction: (what: string) => number;
  /** From now on each decision is 0. */
  quiet: () => void;
  /** The decisions so far that are not 0. */
  taken: Map<string, number>;
}>;

/** Mixes a text into a number of 32 bits (FNV-1a, then the finalizer of MurmurHash3). */
function mix(seed: number, text: string): number {
  let hash = (seed ^ 0x811c9dc5) >>> 0;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

const UNIT = 2 ** 32;

export const readCategory = (name: string): string => name.slice(0, name.indexOf(':'));

/**
 * Factors for how often a category of decisions is taken in a seed, against its odds: each seed leaves out some kinds of faults and has more of others,
 * so that rare combinations are not always buried under all the rest.
 */
const scales = [0, 0.3, 1, 1, 3] as const;

/** A tape that a seed decides, or one that replays decisions: what they do not name is 0. */
export function createTape(seed: number, replayed?: Decisions, onTaken?: (name: string, value: number) => void): Tape {
  const counts = new Map<string, number>();
  const scaleOf = new Map<string, number>();
  const taken = new Map<string, number>();
  let isQuiet = false;

  function count(what: string): string {
    const n = (counts.get(what) ?? 0) + 1;
    counts.set(what, n);
    return `${what}#${n}`;
  }

  function scale(category: string): number {
    const known = scaleOf.get(category) ?? (scales[mix(seed, `scale ${category}`) % scales.length] as number);
    scaleOf.set(category, known);
    return known;
  }

  /** Without the kinds of decisions that this tape does not take: they are most, and need no name. */
  const categories = replayed && new Set([...replayed.keys()].map((name) => readCategory(name)));
  const isTaken = (category: string) => !isQuiet && (categories?.has(category) ?? scale(category) > 0);

  function decide(category: string, name: string, n: number, odds: number): number {
    if (replayed !== undefined) return (replayed.get(name) ?? 0) % n;
    if (mix(seed, name) / UNIT >= odds * scale(category)) return 0;
    return 1 + (mix(seed, `${name} value`) % (n - 1));
  }

  return {
    choose(category, detail, n, odds) {
      if (!isTaken(category)) return 0;
      const name = count(`${category}: ${detail}`);
      const value = decide(category, name, n, odds);
      if (value === 0) return value;
      taken.set(name, value);
      onTaken?.(name, value);
      return value;
    },
    fraction: (what) => mix(seed, count(`fraction ${what}`)) / UNIT,
    quiet() {
      isQuiet = true;
    },
    taken,
  };
}
