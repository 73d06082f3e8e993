import type { Facts } from '../../kernel/decision.ts';
import type { Id, VisitEvent } from '../../messages/index.ts';
import { deepEqual } from '../../util/equality.ts';

/**
 * The first event with an id, and its index. Once a second event has that id, `texts` has the index of the first event with
 * each content. Metadata are no content: a store may have added to them.
 */
type Known = { readonly index: number; readonly event: VisitEvent; texts: Map<string, number> | null };

/** The indexes of the first and the last event of a command, and the recorder of the last one if it is a fact. */
type CommandUse = { readonly first: number; readonly index: number; readonly recorder: unknown };

/** The ids of the events read so far, and of their commands. */
export type SeenIds = { readonly events: Map<Id, Known>; readonly commands: Map<Id, CommandUse> };

export const createSeenIds = (): SeenIds => ({ events: new Map(), commands: new Map() });

/** The finding about the ids of an event: it repeats an earlier event, or uses an id of another one. */
export type IdFault =
  | { readonly kind: 'repeated'; readonly facts: Facts }
  | { readonly kind: 'id-reused'; readonly clause: '0-02'; readonly facts: Facts };

/** Records the ids of the next event, and reports an earlier event that has them. */
export function checkIds({ events, commands }: SeenIds, index: number, event: VisitEvent): IdFault | null {
  if (event.metadata === undefined) return null;
  const { eventId, commandId, recorder } = event.metadata;
  const fault = typeof eventId === 'string' ? checkEventId(events, eventId, index, event) : null;
  if (typeof commandId !== 'string') return fault;
  const last = commands.get(commandId);
  if (fault?.kind === 'repeated') {
    // A repeated event does not count: the events right before and after it still belong to one batch.
    if (last?.index === index - 1) commands.set(commandId, { ...last, index });
    return fault;
  }
  const next = { first: last?.first ?? index, index, recorder };
  commands.set(commandId, next);
  if (fault !== null || last === undefined || isSameBatch(last, next)) return fault;
  return { kind: 'id-reused', clause: '0-02', facts: { commandId, first: last.first } };
}

/** Records the content of an event, and compares it to those of the earlier ones with its id. */
function checkEventId(events: SeenIds['events'], eventId: Id, index: number, event: VisitEvent): IdFault | null {
  const known = events.get(eventId);
  if (known === undefined) {
    events.set(eventId, { index, event, texts: null });
    return null;
  }
  known.texts ??= new Map([[serializeEvent(known.event), known.index]]);
  const text = serializeEvent(event);
  const first = known.texts.get(text);
  if (first !== undefined) return { kind: 'repeated', facts: { eventId, first } };
  known.texts.set(text, index);
  return { kind: 'id-reused', clause: '0-02', facts: { eventId, first: known.index } };
}

/** The same text for events of equal type and data, in any order of keys. */
const serializeEvent = ({ type, data }: VisitEvent): string =>
  JSON.stringify({ type, data }, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([one], [other]) => (one < other ? -1 : 1)))
      : inner,
  );

/** True if one person recorded the facts of both at once. */
const isSameBatch = (last: CommandUse, next: CommandUse): boolean =>
  last.index === next.index - 1 && last.recorder !== undefined && deepEqual(last.recorder, next.recorder);
