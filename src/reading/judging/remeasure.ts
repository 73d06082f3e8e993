import type { Instant, VisitEvent } from '../../messages/index.ts';
import { incrementalFold } from '../../visit/visit.ts';
import { findAnomalies } from './anomalies.ts';
import type { Finding } from './finding.ts';
import type { Entry, Log } from './log.ts';
import { createMeasureMemo, findingOfLag, type Measure, measureEvent, updateMemo } from './measures.ts';

/** The measures of a log, and the remarks on it: lags beyond their thresholds, and anomalies. */
export type Measured = { readonly measures: readonly Measure[]; readonly remarks: readonly Finding[] };

/** Measures a log again as it was corrected: without the acts that were annulled, the others by their corrected times. */
export function remeasure({ entries, revised, policy }: Log): Measured {
  const fold = incrementalFold();
  const memo = createMeasureMemo(policy);
  const measures: Measure[] = [];
  const remarks: Finding[] = [];
  for (const { index, event, isIgnored } of entries) {
    const at = revised.get(index);
    if (isIgnored || at === null) continue;
    const corrected = at === undefined ? event : happenedAt(event, at);
    const taken = measureEvent(index, corrected, fold.state, memo);
    measures.push(...taken);
    remarks.push(...taken.filter(({ flagged }) => flagged).map(findingOfLag));
    for (const odd of findAnomalies(corrected, fold.state, taken, memo))
      remarks.push({ index, kind: 'measure', ...odd });
    fold.step(corrected);
    updateMemo(corrected, corrected.data.by, false, memo);
  }
  return { measures, remarks };
}

/** An event as if it had been recorded with its corrected time, which is also that of the call that it tells of. */
function happenedAt(event: VisitEvent, at: Instant): VisitEvent {
  const called = event.type === 'CompletionReported' && event.data.call ? { call: { ...event.data.call, at } } : {};
  return { ...event, data: { ...event.data, at, ...called } } as VisitEvent;
}

/** Revises the entries of a log: an act that was annulled proves nothing, the others happened at their corrected times. */
export function reviseEntries({ entries, revised }: Log): readonly Entry[] {
  if (revised.size === 0) return entries;
  return entries.map((entry) => {
    const at = revised.get(entry.index);
    if (at === undefined) return entry;
    return at === null ? { ...entry, isIgnored: true, proves: [], stood: false } : { ...entry, at };
  });
}
