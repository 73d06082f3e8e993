import type { Instant } from '../messages/index.ts';
import type { Correction } from './judging/corrections.ts';

/** The part that a correction leaves of an event: the time that stands now; null if the act no longer stands. */
export type Revision = {
  /** The index of the last correction of it. */
  readonly by: number;
  readonly now: Instant | null;
};

/** The events that corrections changed, by their indexes, and those that fell with them. An annulled act stays annulled. */
export function revisionsOf(corrections: readonly Correction[]): ReadonlyMap<number, Revision> {
  const revisions = new Map<number, Revision>();
  for (const correction of corrections) {
    if (correction.kind === 'settled') continue;
    const { index: by, of, now } = correction;
    for (const index of correction.kind === 'annulled' ? [of, ...correction.undone] : [of]) {
      if (revisions.get(index)?.now !== null) revisions.set(index, { by, now });
    }
  }
  return revisions;
}
