/** A limit on tries by key. */
export interface Limit {
  /** Counts a try; answers the seconds to wait if there were too many, else 0. */
  count(key: string, nowMs: number): number;
  /** Takes back one try. */
  giveBack(key: string): void;
  /** Forgets the tries of a key. */
  forget(key: string): void;
}

type Bucket = { left: number; at: number };

/** The most keys that are remembered: the oldest are forgotten first. */
const MAX_KEYS = 10_000;

/** Allows so many tries at once, and then one each `everyMs`. It is kept in the memory of this process. */
export function limitOf(most: number, everyMs: number): Limit {
  const buckets = new Map<string, Bucket>();
  return {
    count(key, nowMs) {
      const before = buckets.get(key) ?? { left: most, at: nowMs };
      const left = Math.min(most, before.left + Math.max(0, nowMs - before.at) / everyMs);
      buckets.delete(key);
      buckets.set(key, { left: left < 1 ? left : left - 1, at: nowMs });
      const [oldest] = buckets.keys();
      if (buckets.size > MAX_KEYS && oldest !== undefined) buckets.delete(oldest);
      return left < 1 ? Math.max(1, Math.ceil(((1 - left) * everyMs) / 1000)) : 0;
    },
    giveBack(key) {
      const bucket = buckets.get(key);
      if (bucket !== undefined) bucket.left = Math.min(most, bucket.left + 1);
    },
    forget: (key) => {
      buckets.delete(key);
    },
  };
}
