import type { Facts } from '../../kernel/index.ts';
import type { Id, VisitEvent } from '../../messages/index.ts';
import { deepEqual } from '../../util/equality.ts';

/**
 * The content of the first event with an id, without its metadata, which a store may have added to, and its index. `others`
 * has the index of the first event of each other content with that id, by its text.
 */
type Content = {
  readonly index: number;
  readonly type: string;
  readonly data: unknown;
  readonly others?: Map<string, number>;
};

/** The indexes of the first and the last event of a command, and the recorder of the last one if it is a fact. */
type CommandUse = { readonly first: number; readonly index: number; readonly recorder: unknown };

/** The ids of the events read so far, and of their commands. */
export type SeenIds = { readonly events: Map<Id, Content>; readonly commands: Map<Id, CommandUse> };

export const createSeenIds = (): SeenIds => ({ events: new Map(), commands: new Map() });

/** The finding about the ids of an event: it repeats an earlier event, or uses an id of another one. */
export type IdFault =
  | { readonly kind: 'repeated'; readonly facts: Facts }
  | { readonly kind: 'id-reused'; readonly clause: '0-02'; readonly facts: Facts };

/** Records the ids of the next event, and reports an earlier event that has them. */
export function checkIds({ events, commands }: SeenIds, index: number, event: VisitEvent): IdFault | null {
  if (event.metadata === undefined) return null;
  const { type, data, metadata } = event;
  const { eventId, commandId, recorder } = metadata;
  const fault = typeof eventId === 'string' ? checkEventId(events, eventId, { index, type, data }) : null;
  if (typeof commandId !== 'string') return fault;
  const last = commands.get(commandId);
  if (fault?.kind === 'repeated') {
    // It counts once: the facts right before and right after it are still one batch.
    if (last?.index === index - 1) commands.set(commandId, { ...last, index });
    return fault;
  }
  const next = { first: last?.first ?? index, index, recorder };
  commands.set(commandId, next);
  if (fault !== null || last === undefined || isSameBatch(last, next)) return fault;
  return { kind: 'id-reused', clause: '0-02', facts: { commandId, first: last.first } };
}

/** Records the content of an event, and compares it to that of an earlier one with its id. */
function checkEventId(events: SeenIds['events'], eventId: Id, { index, type, data }: Content): IdFault | null {
  const known = events.get(eventId);
  if (known === undefined) {
    events.set(eventId, { index, type, data });
    return null;
  }
  const { index: first, others = new Map<string, number>() } = known;
  const text = canonicalText({ type, data });
  const twin = known.type === type && deepEqual(known.data, data) ? first : others.get(text);
  if (twin !== undefined) return { kind: 'repeated', facts: { eventId, first: twin } };
  events.set(eventId, { ...known, others: others.set(text, index) });
  return { kind: 'id-reused', clause: '0-02', facts: { eventId, first } };
}

/** The same text for equal JSON, in any order of keys. */
const canonicalText = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([one], [other]) => (one < other ? -1 : 1)))
      : inner,
  );

/** True if one person recorded the facts of both at once. */
const isSameBatch = (last: CommandUse, next: CommandUse): boolean =>
  last.index === next.index - 1 && last.recorder !== undefined && deepEqual(last.recorder, next.recorder);
