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

/** Visits by their streams, those that were used last. */
export type KeptVisits = Readonly<{
  get(streamName: string): KeptVisit | undefined;
  set(streamName: string, visit: KeptVisit): void;
}>;

/** Keeps at most `max` visits. */
export function keptVisits(max: number): KeptVisits {
  if (!Number.isSafeInteger(max) || max < 0) throw new RangeError('keepVisits is a whole number from 0');
  const visits = new Map<string, KeptVisit>(); // in the order of their last use
  function get(streamName: string): KeptVisit | undefined {
    const visit = visits.get(streamName);
    if (visit !== undefined) set(streamName, visit);
    return visit;
  }
  function set(streamName: string, visit: KeptVisit): void {
    visits.delete(streamName);
    visits.set(streamName, visit);
    for (const oldest of visits.keys()) {
      if (visits.size <= max) return;
      visits.delete(oldest);
    }
  }
  return { get, set };
}
