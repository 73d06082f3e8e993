/** Decisions of the center that a visit waits for, and its changes that the user did not see. */
import type { Id, VisitEvent } from 'auxilio';
import type { ReplicaVisit } from 'auxilio/replica';

/** True while the center has to decide on acts of the user. */
export function isInReview({ events, own }: Pick<ReplicaVisit, 'events' | 'own'>, actorId: Id): boolean {
  const log = [...events, ...own];
  const settled = new Set(
    log.flatMap((event) => (event.type === 'DiscrepancySettled' ? [event.data.discrepancyId] : [])),
  );
  return log.some(
    (event) =>
      event.type === 'DiscrepancyReported' &&
      event.data.by.id === actorId &&
      !settled.has(event.data.discrepancyId) &&
      event.data.acts.some(({ twinOf }) => twinOf === undefined),
  );
}

/** True for an event after which the user is not to go on. */
const stops = (event: VisitEvent): boolean =>
  event.type === 'ProviderReassigned' ||
  (event.type === 'InstructionGiven' && ['cancel', 'reschedule'].includes(event.data.decision)) ||
  (event.type === 'MaterialsCoordinated' && event.data.outcome !== 'client-will-supply');

/** True if an act waits that the user recorded before they could know that they are not to go on. */
export function hasUnaware({ events, pending }: Pick<ReplicaVisit, 'events' | 'pending'>): boolean {
  const last = events.findLastIndex(stops);
  return pending.some(({ basedOn, withheld }) => withheld === undefined && basedOn <= last);
}
