import type { Actor, ConductBreach, EventType, Instant, NonEmptyText } from '../../messages/index.ts';
import type { Entry, Reading } from './log.ts';

/** An off-contract request that the provider declined. @since 0.3.0 */
export type DeclinedRequest = {
  readonly index: number;
  readonly at: Instant;
  readonly activity: string;
  readonly detail?: string;
};

/** Lists the requests that were declined, in the order of the log. */
export const declinedRequests = (reading: Reading): readonly DeclinedRequest[] =>
  selectFields(reading, 'OffContractRequestDeclined', ['at', 'activity', 'detail']);

/** Reads some fields of the events of one type; absent fields are left out. */
function selectFields<T>({ entries }: Reading, type: EventType, fields: readonly string[]): readonly T[] {
  return entries.flatMap(({ index, event, isIgnored }) => {
    if (event.type !== type || isIgnored) return [];
    const data: Readonly<Record<string, unknown>> = event.data;
    const said = fields.filter((field) => data[field] !== undefined).map((field) => [field, data[field]]);
    return [{ index, ...Object.fromEntries(said) } as T];
  });
}

/** A breach of conduct that the contact center or the client reported (2.2-11). @since 0.5.0 */
export type ReportedBreach = {
  readonly index: number;
  readonly at: Instant;
  readonly by: Actor;
  readonly kind: ConductBreach;
  readonly detail?: NonEmptyText;
};

/** Lists the reported breaches of conduct, in the order of the log. */
export const reportedBreaches = (reading: Reading): readonly ReportedBreach[] =>
  selectFields(reading, 'ConductBreachReported', ['at', 'by', 'kind', 'detail']);

/** A matter that could affect the client and was taken to the contact center (2.2-08). @since 0.5.0 */
export type Escalation = {
  readonly index: number;
  readonly at: Instant;
  readonly by: Actor;
  readonly what: NonEmptyText;
  /** The time when it was noticed, if it was recorded. */
  readonly noticedAt?: Instant;
};

/** Lists the escalated matters, in the order of the log. */
export const escalations = (reading: Reading): readonly Escalation[] =>
  selectFields(reading, 'ClientImpactEscalated', ['at', 'by', 'what', 'noticedAt']);

/** An arrival after which no work was done: the visit was left, given to another or closed. @since 0.3.0 */
export type UnproductiveVisit = {
  /** The index of the arrival, and of the event that ended the attempt. */
  readonly index: number;
  readonly arrivedAt: Instant;
  readonly endedBy: number;
  readonly endedAt: Instant;
  readonly end: 'second-visit' | 'reassigned' | 'closed';
};

/** Lists the arrivals that ended without service. */
export function unproductiveVisits({ entries }: Reading): readonly UnproductiveVisit[] {
  const attempts: UnproductiveVisit[] = [];
  let arrival: Entry | null = null;
  let started = false;
  for (const entry of entries) {
    if (entry.isIgnored) continue;
    const end = attemptEnd(entry);
    const { type } = entry.event;
    started ||= type === 'WorkStarted';
    if (type === 'ProviderArrived') arrival = entry;
    else if (started && (type === 'WorkStarted' || type === 'Resumed')) arrival = null;
    else if (arrival !== null && end !== null) {
      attempts.push({
        index: arrival.index,
        arrivedAt: arrival.at,
        endedBy: entry.index,
        endedAt: entry.at,
        end,
      });
      arrival = null;
    }
  }
  return attempts;
}

function attemptEnd({ event }: Entry): UnproductiveVisit['end'] | null {
  if (event.type === 'VisitClosed') return 'closed';
  if (event.type === 'ProviderReassigned') return 'reassigned';
  return event.type === 'Paused' && event.data.kind === 'second-visit' ? 'second-visit' : null;
}
