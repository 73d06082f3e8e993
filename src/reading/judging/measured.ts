import { none } from '../../kernel/index.ts';
import type { Instant, VisitEvent } from '../../messages/index.ts';
import type { VisitState } from '../../visit/index.ts';
import { incrementalFold } from '../../visit/visit.ts';
import { type Anomaly, findAnomalies, findClockSkews } from './anomalies.ts';
import type { Finding } from './finding.ts';
import type { Entry, Log } from './log.ts';
import {
  createMeasureMemo,
  findingOfLag,
  type Measure,
  type MeasureMemo,
  measureEvent,
  updateMemo,
} from './measures.ts';

/** Measures, and the remarks on them: lags beyond their thresholds, and anomalies. */
export type Measured = { readonly measures: readonly Measure[]; readonly remarks: readonly Finding[] };

type Told = Pick<Entry, 'index' | 'event' | 'recorder' | 'waived' | 'isIgnored'>;

/** Measures an event on the state before it. One that changes nothing shows the clock of its recorder, and no more. */
export function takeMeasures(
  { index, event, recorder, waived, isIgnored }: Told,
  state: VisitState,
  memo: MeasureMemo,
): Measured {
  const measures = isIgnored ? none : measureEvent(index, event, state, memo);
  const skews = findClockSkews(event, recorder, waived, memo);
  const anomalies = isIgnored ? none : findAnomalies(event, state, measures, memo);
  if (measures.length + skews.length + anomalies.length === 0) return unremarkable;
  const remark = (odd: Anomaly): Finding => ({ index, kind: 'measure', ...odd });
  const lags = measures.filter(({ flagged }) => flagged).map(findingOfLag);
  return { measures, remarks: [...lags, ...skews.map(remark), ...anomalies.map(remark)] };
}

// Most events share this, and allocate nothing.
const unremarkable: Measured = { measures: none, remarks: none };

/** Measures a log again as it was corrected: without the acts that were annulled, the others by their corrected times. */
export function measureCorrected({ entries, revised, policy }: Log): Measured {
  const fold = incrementalFold();
  const memo = createMeasureMemo(policy);
  const all = entries.flatMap((entry) => {
    const at = revised.get(entry.index);
    if (at === null) return [];
    const event = at === undefined ? entry.event : happenedAt(entry.event, at);
    const taken = takeMeasures({ ...entry, event }, fold.state, memo);
    if (!entry.isIgnored) fold.step(event);
    updateMemo(event, entry.recorder, entry.isIgnored, memo);
    return taken;
  });
  return { measures: all.flatMap(({ measures }) => measures), remarks: all.flatMap(({ remarks }) => remarks) };
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
