import type { Instant, VisitEvent } from '../messages/index.ts';
import { asArray, asRecord } from '../util/json.ts';
import { hasEnded, type MaterialsStatus, type VisitState } from '../visit/state.ts';
import { incrementalFold } from '../visit/visit.ts';
import type { Correction } from './judging/corrections.ts';
import type { Reading } from './judging/log.ts';

/** A fact that lasts in a visit; several may at once (PROTOCOL §3). @since 0.5.0 */
export type FactName = 'travel' | 'site' | 'break' | 'materials' | 'away';

/** A moment in a visit: a call, an instruction, a photograph that was taken or sent. @since 0.5.0 */
export type MarkName = 'calls' | 'instructions' | 'taken' | 'sent';

/** A span of time; `to` is null if it has not ended by the end of the log. @since 0.5.0 */
export type TimelineSpan = { readonly from: Instant; readonly to: Instant | null };

const unsettled: readonly MaterialsStatus[] = ['requested', 'rejected', 'in-dispute', 'coordinated'];

const facts: Readonly<Record<FactName, (visit: VisitState) => boolean>> = {
  travel: ({ visitId, arrival, work }) => visitId !== null && arrival.arrivedAt === null && !work.away,
  site: ({ arrival }) => arrival.arrivedAt !== null,
  break: ({ work }) => work.onBreak,
  materials: ({ materials, work }) =>
    materials.awaited || (work.startedAt === null && unsettled.includes(materials.status)),
  away: ({ work }) => work.away,
};

const names = Object.keys(facts) as readonly FactName[];

/** The spans of the facts of a log that was read, by the times that stand; acts that were annulled are left out. */
export function factSpans(
  { entries }: Pick<Reading, 'entries'>,
  revisions: ReadonlyMap<number, Revision>,
): Readonly<Record<FactName, readonly TimelineSpan[]>> {
  const fold = incrementalFold();
  const begun: Partial<Record<FactName, Instant>> = {};
  const spans: Record<FactName, TimelineSpan[]> = { travel: [], site: [], break: [], materials: [], away: [] };
  const end = (fact: FactName, to: Instant | null) => {
    const from = begun[fact];
    delete begun[fact];
    if (from === undefined || (to !== null && Date.parse(from) >= Date.parse(to))) return;
    spans[fact].push({ from, to });
  };
  for (const { event, index, at } of entries) {
    if (revisions.get(index)?.now === null) continue;
    fold.step(event);
    if (Number.isNaN(Date.parse(at))) continue;
    for (const fact of names) {
      const holds = !hasEnded(fold.state) && facts[fact](fold.state);
      if (holds) begun[fact] ??= at;
      else end(fact, at);
    }
  }
  for (const fact of names) end(fact, null);
  return spans;
}

/** The moments that an event shows, as any log may have them. */
export function listMarks({ type, data }: VisitEvent): readonly [MarkName, readonly unknown[]] {
  if (type === 'PhotosTaken') return ['taken', asArray(data.photos).map((photo) => asRecord(photo).takenAt)];
  if (type === 'PhotosSubmitted') return ['sent', [data.at]];
  if (type === 'InstructionGiven') return ['instructions', [data.at]];
  if (type === 'ClientNotified' || type === 'TransitIssueReported') return ['calls', [data.at]];
  const { call, notice } = asRecord(data);
  return ['calls', [asRecord(call).at, asRecord(notice).at]];
}

/** The part that a correction leaves of an event: the time that stands now; null if the act no longer stands. */
export type Revision = {
  /** The index of the last correction of it. */
  readonly by: number;
  readonly now: Instant | null;
};

/** The events that corrections changed, by their indexes, and those that fell with them. An annulled act stays annulled. */
export function listRevisions(corrections: readonly Correction[]): ReadonlyMap<number, Revision> {
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
