import type { Actor, ConductBreach, EventOf, Instant, Text } from '../../messages/index.ts';
import type { Entry, Reading } from './reader.ts';

/** An off-contract request that the provider declined. @since 0.3.0 */
export type Declined = {
  readonly index: number;
  readonly at: Instant;
  readonly activity: string;
  readonly detail?: string;
};

/** The requests that were declined, in the order of the log. */
export function declined({ entries }: Reading): readonly Declined[] {
  return entries.flatMap(({ index, event, isIdle }) => {
    if (event.type !== 'OffContractRequestDeclined' || isIdle) return [];
    const { at, activity, detail } = event.data;
    return [detail === undefined ? { index, at, activity } : { index, at, activity, detail }];
  });
}

/** A breach of conduct that the contact center or the client reported (2.2-11). @since 0.5.0 */
export type ReportedBreach = {
  readonly index: number;
  readonly at: Instant;
  readonly by: Actor;
  readonly kind: ConductBreach;
  readonly detail?: Text;
};

/** The reported breaches of conduct, in the order of the log. */
export function conduct({ entries }: Reading): readonly ReportedBreach[] {
  return entries.flatMap(({ index, event }) => {
    if (event.type !== 'ConductBreachReported') return [];
    const { at, by, kind, detail } = event.data;
    return [detail === undefined ? { index, at, by, kind } : { index, at, by, kind, detail }];
  });
}

/** A matter that could affect the client and was taken to the contact center (2.2-08). @since 0.5.0 */
export type Escalation = {
  readonly index: number;
  readonly at: Instant;
  readonly by: Actor;
  readonly what: Text;
  /** When it was noticed, where that was recorded. */
  readonly noticedAt?: Instant;
};

/** The escalated matters, in the order of the log. */
export function escalations({ entries }: Reading): readonly Escalation[] {
  return entries.flatMap(({ index, event }) => {
    if (event.type !== 'ClientImpactEscalated') return [];
    const { at, by, what, noticedAt } = event.data;
    return [noticedAt === undefined ? { index, at, by, what } : { index, at, by, what, noticedAt }];
  });
}

/** An arrival after which no work was done: the visit was left, given to another or closed. @since 0.3.0 */
export type Attempt = {
  /** The index of the arrival, and of the event that ended the attempt. */
  readonly index: number;
  readonly arrivedAt: Instant;
  readonly endedBy: number;
  readonly endedAt: Instant;
  readonly end: 'second-visit' | 'reassigned' | 'closed';
};

/** The arrivals that ended without service. */
export function attemptsWithout({ entries }: Reading): readonly Attempt[] {
  const attempts: Attempt[] = [];
  let arrival: Entry | null = null;
  let started = false;
  for (const entry of entries) {
    if (entry.isIdle) continue;
    const end = endOf(entry);
    const { type } = entry.event;
    started ||= type === 'WorkStarted';
    if (type === 'ProviderArrived') arrival = entry;
    else if (started && (type === 'WorkStarted' || type === 'Resumed')) arrival = null;
    else if (arrival !== null && end !== null) {
      attempts.push({
        index: arrival.index,
        arrivedAt: arrival.event.data.at,
        endedBy: entry.index,
        endedAt: entry.event.data.at,
        end,
      });
      arrival = null;
    }
  }
  return attempts;
}

function endOf({ event }: Entry): Attempt['end'] | null {
  if (event.type === 'VisitClosed') return 'closed';
  if (event.type === 'ProviderReassigned') return 'reassigned';
  return event.type === 'Paused' && (event.data as EventOf<'PauseWork'>['data']).kind === 'second-visit'
    ? 'second-visit'
    : null;
}
