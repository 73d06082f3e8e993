/** The instructions of the center in a visit. */
import type { VisitEvent } from 'auxilio';
import type { ReplicaVisit } from 'auxilio/replica';

/** Acts of the center by which it tells the provider how to go on. */
const directing: ReadonlySet<VisitEvent['type']> = new Set<VisitEvent['type']>([
  'InstructionGiven',
  'MaterialsCoordinated',
]);

type Instructed = Readonly<{ event: VisitEvent; isNew: boolean }>;

/** The last word of the center on how to go on; new until the user has recorded an act after it. Null before the first. */
export function instructedIn({ events, own, pending, local }: ReplicaVisit, actorId: string): Instructed | null {
  const index = events.findLastIndex(({ type }) => directing.has(type));
  const event = events[index];
  if (event === undefined) return null;
  const since = event.metadata?.recordedAt ?? event.data.at;
  const isFollowed =
    events.slice(index).some(({ data }) => 'by' in data && data.by.id === actorId) ||
    [...own.map(({ data }) => data), ...pending.map(({ command: { data } }) => data)].some(({ at }) => at > since);
  // The representative is asked for until their identity is validated.
  const isNeeded = local.identity.representativeAllowed && local.identity.validatedAt === null;
  return { event, isNew: !isFollowed || isNeeded };
}
