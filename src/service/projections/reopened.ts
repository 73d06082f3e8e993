import type { EventType, Instant, VisitEvent } from '../../messages/index.ts';
import { dossier } from '../../reading/dossier.ts';
import { evolve, type Policy, replay } from '../../visit/index.ts';
import { unmetForPayment } from '../../visit/payable.ts';

/**
 * The event that reopened a visit which had been payable: it took a condition of payment away, or changed the time worked. Whether the
 * visit is payable again is said by `payable`.
 *
 * @since 0.5.0
 */
export type Reopening = {
  /** The place of the event in the log, from 0. */
  readonly index: number;
  readonly type: EventType;
  /** The time of the act; of a discrepancy, which may tell of earlier acts, the one at which it was recorded, where it is known. */
  readonly at: Instant;
  /** The time worked as it stood before, in milliseconds. */
  readonly workedMs: number;
};

/** Finds the last event that reopened a visit after it had been payable; null if none did. */
export function findReopening(events: readonly VisitEvent[], policy: Policy | undefined): Reopening | null {
  const options = policy === undefined ? {} : { policy };
  const workedAfter = (count: number) => dossier(events.slice(0, count), options).workedMs;
  const end = events.findIndex(({ type }) => type === 'Completed');
  if (end < 0) return null;
  let state = replay(events.slice(0, end));
  let wasPayable = false;
  let found: Reopening | null = null;
  for (const [offset, event] of events.slice(end).entries()) {
    const index = end + offset;
    state = evolve(state, event);
    const isPayable = unmetForPayment(state).length === 0;
    const isCorrected = wasPayable && isPayable && event.type === 'TimeCorrected';
    if ((wasPayable && !isPayable) || (isCorrected && workedAfter(index) !== workedAfter(index + 1))) {
      const recordedAt = event.type === 'DiscrepancyReported' ? event.metadata?.recordedAt : undefined;
      found = { index, type: event.type, at: recordedAt ?? event.data.at, workedMs: workedAfter(index) };
    }
    wasPayable = isPayable;
  }
  return found;
}
