import type { Id, Sha256 } from '../../messages/index.ts';
import type { VisitState } from '../../visit/index.ts';

/** A cached visit: the fold of its first `version` events, as of the last append. */
export type CachedVisit = Readonly<{
  version: bigint;
  state: VisitState;
  /** The id and the seal of the last of those events, by which the stream is recognised. */
  lastId: string;
  lastHash: Sha256 | undefined;
  /** The command ids of those events, and perhaps of later ones. */
  commandIds: Set<Id>;
  /** True if the last read found events of another writer. */
  isShared: boolean;
}>;

/** A cache of visits by the names of their streams, which evicts the least recently used. */
export type StateCache = Pick<Map<string, CachedVisit>, 'get' | 'delete'> & {
  set(streamName: string, visit: CachedVisit): void;
};

/** Creates a cache of at most `max` visits. Refuses an invalid size. */
export function createStateCache(max: number): StateCache {
  if (!Number.isSafeInteger(max) || max < 0) throw new RangeError('cacheSize is a whole number from 0');
  const values = new Map<string, CachedVisit>(); // in the order of their last use
  function get(streamName: string): CachedVisit | undefined {
    const value = values.get(streamName);
    if (value !== undefined) set(streamName, value);
    return value;
  }
  function set(streamName: string, value: CachedVisit): void {
    values.delete(streamName);
    values.set(streamName, value);
    for (const oldest of values.keys()) {
      if (values.size <= max) return;
      values.delete(oldest);
    }
  }
  return { get, set, delete: (streamName) => values.delete(streamName) };
}
