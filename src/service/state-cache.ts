import type { Id, Sha256 } from '../messages/index.ts';
import type { VisitState } from '../visit/index.ts';

/** A visit as it was when it was last written to: the fold of its first `version` events. */
export type KeptVisit = Readonly<{
  version: bigint;
  state: VisitState;
  /** The id and the seal of the last of those events, by which it is known again. */
  lastId: string;
  lastHash: Sha256 | undefined;
  /** Of those events, and perhaps of later ones. */
  commandIds: Set<Id>;
  /** The last reading found that it had been written to since it was kept. */
  isShared: boolean;
}>;

/** Values by the names of streams, those that were used last. */
export type RecentlyUsed<T> = Readonly<{
  get(streamName: string): T | undefined;
  set(streamName: string, value: T): void;
  delete(streamName: string): void;
}>;

export type KeptVisits = RecentlyUsed<KeptVisit>;

/** Keeps at most `max` visits. */
export function keptVisits(max: number): KeptVisits {
  if (!Number.isSafeInteger(max) || max < 0) throw new RangeError('cacheSize is a whole number from 0');
  return leastRecentlyUsed(max);
}

/** A cache of at most `max` values, which drops the one that was not used for longest. */
export function leastRecentlyUsed<T>(max: number): RecentlyUsed<T> {
  const values = new Map<string, T>(); // in the order of their last use
  function get(streamName: string): T | undefined {
    const value = values.get(streamName);
    if (value !== undefined) set(streamName, value);
    return value;
  }
  function set(streamName: string, value: T): void {
    values.delete(streamName);
    values.set(streamName, value);
    for (const oldest of values.keys()) {
      if (values.size <= max) return;
      values.delete(oldest);
    }
  }
  return { get, set, delete: (streamName) => void values.delete(streamName) };
}
