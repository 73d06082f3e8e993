/** The source of a mutant's choices: a seed, or the bytes of a fuzzer. */
export type Source = {
  /** A whole number from 0 up to, but without, `limit`. */
  readonly below: (limit: number) => number;
  /** A short text of any characters. */
  readonly word: () => string;
};

/** One of the items. */
export const oneOf = <T>(items: readonly T[], from: Source): T => items[from.below(items.length)] as T;

/** The same choices for the same seed: Marsaglia's xorshift. */
export function seeded(seed: number): Source {
  let state = Math.imul(seed, 0x9e3779b1) || 1;
  const below = (limit: number): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % limit;
  };
  const point = () => (below(4) === 0 ? below(0x3000) : 0x20 + below(0x5f));
  return { below, word: () => String.fromCodePoint(...Array.from({ length: below(24) }, point)) };
}

/** A byte or two a choice, and as many as it is long, and one, a word; at their end, the first of everything. */
export function ofBytes(bytes: Uint8Array): Source {
  let at = 0;
  const next = () => bytes[at++] ?? 0;
  const below = (limit: number): number => (limit <= 256 ? next() : next() * 256 + next()) % limit;
  const word = (): string => {
    const start = at + 1;
    at = start + (next() % 24);
    return new TextDecoder().decode(bytes.subarray(start, at));
  };
  return { below, word };
}
