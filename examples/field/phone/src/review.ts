/** Decisions of the center that a visit waits for, and its changes that the user did not see. */
import type { Id, Instant, VisitEvent } from 'auxilio';
import type { ReplicaVisit } from 'auxilio/replica';
import { isOpen } from './shown-visits.ts';

/** True while the center has to decide on acts of the user. */
export const isInReview = ({ events, own }: Pick<ReplicaVisit, 'events' | 'own'>, actorId: Id): boolean =>
  openReports([...events, ...own], actorId).some(({ acts }) => acts.some(({ twinOf }) => twinOf === undefined));

/** The reports of a person's acts that are not settled. */
function openReports(log: readonly VisitEvent[], actorId: Id) {
  const settled = new Set(
    log.flatMap((event) => (event.type === 'DiscrepancySettled' ? [event.data.discrepancyId] : [])),
  );
  return log.flatMap((event) =>
    event.type === 'DiscrepancyReported' && event.data.by.id === actorId && !settled.has(event.data.discrepancyId)
      ? [event.data]
      : [],
  );
}

/** True for a visit in which the user follows the center: it is open, or what they recorded is not decided yet. */
export const isGuided = (visit: ReplicaVisit, actorId: Id): boolean =>
  isOpen(visit, actorId) || (visit.confirmed.provider?.id === actorId && isInReview(visit, actorId));

/** True for an event after which the user is not to go on. */
const stops = (event: VisitEvent): boolean =>
  event.type === 'ProviderReassigned' ||
  (event.type === 'InstructionGiven' && ['cancel', 'reschedule'].includes(event.data.decision)) ||
  (event.type === 'MaterialsCoordinated' && event.data.outcome !== 'client-will-supply');

/** True if an act waits, or is to be decided, that the user recorded before they could know that they are not to go on. */
export function hasUnaware(
  { events, own, pending }: Pick<ReplicaVisit, 'events' | 'own' | 'pending'>,
  actorId: Id,
): boolean {
  const last = events.findLastIndex(stops);
  return (
    pending.some(({ basedOn, withheld }) => withheld === undefined && basedOn <= last) ||
    openReports([...events, ...own], actorId).some(
      ({ basedOn, acts }) => basedOn <= last && acts.some(({ on, twinOf }) => twinOf === undefined && on > last),
    )
  );
}

/** A decision of the center on acts of the user: how many of them it took, and why. */
export type Decided = Readonly<{ at: Instant; text: string; taken: number; all: number }>;

/** The decisions on acts of the user, in their order. */
export function decisionsOf({ events, own }: Pick<ReplicaVisit, 'events' | 'own'>, actorId: Id): readonly Decided[] {
  const log = [...events, ...own];
  const reported = new Map(
    log.flatMap((event) =>
      event.type === 'DiscrepancyReported' && event.data.by.id === actorId
        ? [[event.data.discrepancyId, event.data.acts] as const]
        : [],
    ),
  );
  const decided: Decided[] = [];
  let last: string | undefined;
  for (const event of log) {
    const acts = event.type === 'DiscrepancySettled' ? reported.get(event.data.discrepancyId) : undefined;
    if (event.type !== 'DiscrepancySettled' || acts === undefined) continue;
    const { at, text, discrepancyId } = event.data;
    // The fact of a twin is on record anyway.
    const isAsked = (place: number) => acts[place]?.twinOf === undefined;
    const taken = event.data.taken.filter(isAsked).length;
    const all = acts.filter((_, place) => isAsked(place)).length;
    const before = decided.at(-1);
    // Several reports are decided at once, each by a settlement.
    const isOne = before?.text === text && before.at.slice(0, 16) === at.slice(0, 16) && last !== discrepancyId;
    if (isOne) decided.splice(-1, 1, { at, text, taken: before.taken + taken, all: before.all + all });
    else decided.push({ at, text, taken, all });
    last = discrepancyId;
  }
  return decided;
}
