/** Instructions of the center in a visit, as the provider is told of them. */
import type { VisitEvent } from 'auxilio';
import type { ReplicaVisit } from 'auxilio/replica';

/** Acts of the center by which it tells the provider how to go on. */
const directing: ReadonlySet<VisitEvent['type']> = new Set<VisitEvent['type']>([
  'InstructionGiven',
  'MaterialsCoordinated',
]);

/** Acts of the center by which the visit is another than the provider knew. */
const changing: ReadonlySet<VisitEvent['type']> = new Set<VisitEvent['type']>(['AssignmentAmended', 'ActAnnulled']);

type Told = Readonly<{ event: VisitEvent; isChange: boolean; isNew: boolean }>;

/** The last word of the center on how to go on, and its last change of the visit; each is new until the user has recorded an act after it. */
export function toldIn(visit: ReplicaVisit, actorId: string): readonly Told[] {
  const { events, own, pending, local } = visit;
  // What a former provider was told is not for the next one, but for what it lets pass.
  const since = events.findLastIndex(({ type }) => type === 'ProviderReassigned');
  const isStanding = (event: VisitEvent, place: number) =>
    place > since || (event.type === 'InstructionGiven' && event.data.waives !== undefined);
  return [directing, changing].flatMap((kind): readonly Told[] => {
    const index = events.findLastIndex((event, place) => kind.has(event.type) && isStanding(event, place));
    const event = events[index];
    if (event === undefined) return [];
    const recordedAt = event.metadata?.recordedAt ?? event.data.at;
    const isFollowed =
      events.slice(index).some(({ data }) => 'by' in data && data.by.id === actorId) ||
      [...own.map(({ data }) => data), ...pending.map(({ command: { data } }) => data)].some(
        ({ at }) => at > recordedAt,
      );
    const isChange = kind === changing;
    // The representative is asked for until their identity is validated.
    const isNeeded = !isChange && local.identity.representativeAllowed && local.identity.validatedAt === null;
    return [{ event, isChange, isNew: !isFollowed || isNeeded }];
  });
}
