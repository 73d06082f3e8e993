import type { Facts } from '../../kernel/index.ts';
import type { Id, VisitEvent } from '../../messages/index.ts';
import { isSameJson } from './behind.ts';

/** What was read under an id. */
type Seen = { readonly index: number; readonly event: VisitEvent };

/** The ids of the events that were read, and of the commands that they came from. */
export type SeenIds = { readonly events: Map<Id, Seen>; readonly commands: Map<Id, Seen> };

export const seenIds = (): SeenIds => ({ events: new Map(), commands: new Map() });

/** What the ids of an event say: it is an earlier one once more, or an id of it was another's. */
export type IdFault = { readonly kind: 'repeated' | 'id-reused'; readonly facts: Facts };

/** Takes the ids of the next event in, and looks for an earlier one that has them. */
export function checkIds(seen: SeenIds, index: number, event: VisitEvent): IdFault | null {
  const { eventId, commandId } = event.metadata ?? {};
  const known = typeof eventId === 'string' ? seen.events.get(eventId) : undefined;
  if (known !== undefined && isSameContent(known.event, event)) {
    return { kind: 'repeated', facts: { eventId: eventId ?? null, first: known.index } };
  }
  if (typeof eventId === 'string' && known === undefined) seen.events.set(eventId, { index, event });
  const last = typeof commandId === 'string' ? seen.commands.get(commandId) : undefined;
  if (typeof commandId === 'string') seen.commands.set(commandId, { index, event });
  if (known !== undefined) return { kind: 'id-reused', facts: { eventId: eventId ?? null, first: known.index } };
  if (last === undefined || (last.index === index - 1 && isOneBatch(last.event, event))) return null;
  return { kind: 'id-reused', facts: { commandId: commandId ?? null, first: last.index } };
}

const isSameContent = (one: VisitEvent, other: VisitEvent) =>
  one.type === other.type && isSameJson(one.data, other.data);

/** Facts that one person put on record at once. */
function isOneBatch({ metadata: one }: VisitEvent, { metadata: other }: VisitEvent): boolean {
  return one?.recorder !== undefined && isSameJson(one.recorder, other?.recorder);
}
