import type { Instant, VisitEvent } from '../../messages/index.ts';
import { incrementalFold } from '../../visit/visit.ts';
import type { Entry, Log } from './log.ts';
import { createMemo, type Observed, observe, updateMemo } from './observations.ts';

/** Observes a log again as it was corrected: without the acts that were annulled, the others by their corrected times. */
export function observeCorrected({ entries, revised, policy }: Log): Observed {
  const fold = incrementalFold();
  const memo = createMemo(policy);
  const all: Observed = { measures: [], remarks: [] };
  for (const entry of entries) {
    const at = revised.get(entry.index);
    if (at === null) continue;
    const event = at === undefined ? entry.event : happenedAt(entry.event, at);
    if (entry.isUntimed) {
      fold.step(event);
      continue;
    }
    const corrected = { ...entry, event };
    observe(corrected, fold.state, memo, all);
    if (!entry.isIgnored) fold.step(event);
    updateMemo(corrected, memo);
  }
  return all;
}

/** Gives an event its corrected time, which is also the time of its call. */
function happenedAt(event: VisitEvent, at: Instant): VisitEvent {
  // The readers take the time of an act where it has no call.
  const corrected = { at, call: undefined };
  return { ...event, data: { ...event.data, ...corrected } } as VisitEvent;
}

/** Revises the entries of a log: an act that was annulled proves nothing, the others happened at their corrected times. */
export function reviseEntries({ entries, revised }: Log): readonly Entry[] {
  if (revised.size === 0) return entries;
  return entries.map((entry) => {
    const at = revised.get(entry.index);
    if (at === undefined) return entry;
    return at === null ? { ...entry, isIgnored: true, proves: [] } : { ...entry, at };
  });
}
