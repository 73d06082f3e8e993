import type { Instant } from '../messages/index.ts';
import type { Correction } from './judging/corrections.ts';

/** The part that a correction leaves of an event: the time that stands now; null if the act no longer stands. */
export type Revision = {
  /** The index of the last correction of it. */
  readonly by: number;
  readonly now: Instant | null;
};

/**
 * The events that corrections changed, by their indexes; what was annulled stays annulled. A completion that is annulled
 * takes the completion calls before it along (PROTOCOL §4, *Mistakes*). `typeAt` is the type of the event at an index.
 */
export function revisionsOf(
  corrections: readonly Correction[],
  typeAt: (index: number) => unknown,
): ReadonlyMap<number, Revision> {
  const revisions = new Map<number, Revision>();
  let called = 0;
  for (const correction of corrections) {
    if (correction.kind === 'settled') continue;
    const { index, of, now } = correction;
    if (revisions.get(of)?.now !== null) revisions.set(of, { by: index, now });
    if (correction.kind !== 'annulled' || correction.act !== 'Completed') continue;
    for (; called < index; called++) {
      if (typeAt(called) === 'CompletionReported') revisions.set(called, { by: index, now: null });
    }
  }
  return revisions;
}
