/** Instructions of the center in a visit, as the phone shows them to the provider. */
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
  const { events, pending, local } = visit;
  // What a former provider was told is not for the next one, but for what it lets pass.
  const since = events.findLastIndex(({ type }) => type === 'ProviderReassigned');
  const isStanding = (event: VisitEvent, place: number) =>
    place > since || (event.type === 'InstructionGiven' && event.data.waives !== undefined);
  return [directing, changing].flatMap((kind): readonly Told[] => {
    const index = events.findLastIndex((event, place) => kind.has(event.type) && isStanding(event, place));
    const event = events[index];
    if (event === undefined) return [];
    const isFollowed =
      pending.some(({ basedOn }) => basedOn > index) || knowingly(events, index, actorId).some(isOf(actorId));
    const isChange = kind === changing;
    // The representative is asked for until their identity is validated.
    const isNeeded = !isChange && local.identity.representativeAllowed && local.identity.validatedAt === null;
    return [{ event, isChange, isNew: !isFollowed || isNeeded }];
  });
}

/** True for an act that a person recorded themselves. */
const isOf =
  (actorId: string) =>
  ({ data }: VisitEvent): boolean =>
    'by' in data && data.by.id === actorId && data.recordedBy === undefined;

/** The events after one, without those that came with a report of acts of the user who had not seen it. */
function knowingly(events: readonly VisitEvent[], index: number, actorId: string): readonly VisitEvent[] {
  const later = events.slice(index + 1);
  const unaware = later.filter(
    (event) => event.type === 'DiscrepancyReported' && event.data.by.id === actorId && event.data.basedOn <= index,
  );
  const appended = new Set(unaware.map(({ metadata }) => metadata?.recordedAt));
  return unaware.length === 0 ? later : later.filter(({ metadata }) => !appended.has(metadata?.recordedAt));
}
