import type { Id, VisitEvent } from 'auxilio';

/** The assignment that stands, by its place in the log: each one has another secret. Null before the first. */
export function assignmentIn(events: readonly VisitEvent[]): Readonly<{ position: number; providerId: Id }> | null {
  const index = events.findLastIndex(({ type }) => type === 'VisitAssigned' || type === 'ProviderReassigned');
  const event = events[index];
  if (event?.type !== 'VisitAssigned' && event?.type !== 'ProviderReassigned') return null;
  return { position: index + 1, providerId: event.data.provider.id };
}
