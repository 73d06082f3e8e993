import type { Facts } from '../../kernel/index.ts';
import type { Id, VisitEvent } from '../../messages/index.ts';
import { isSameJson } from './reconstruct-command.ts';

/**
 * The content of the first event with an id, without its metadata, which a store may have added to; where it stood; and
 * where each
 * other content with that id first did, by its text.
 */
type Content = {
  readonly index: number;
  readonly type: string;
  readonly data: unknown;
  readonly others?: Map<string, number>;
};

/** The places of the first and the last event of a command, and the recorder of the last one if it is a fact. */
type Carried = { readonly first: number; readonly index: number; readonly recorder: unknown };

/** The ids of the events that were read, and of their commands. Nothing else of an event is kept. */
export type SeenIds = { readonly events: Map<Id, Content>; readonly commands: Map<Id, Carried> };

export const seenIds = (): SeenIds => ({ events: new Map(), commands: new Map() });

/** The finding about the ids of an event: it repeats an earlier event, or uses an id of another one. */
export type IdFault = { readonly kind: 'repeated' | 'id-reused'; readonly facts: Facts };

/** Takes the ids of the next event in, and looks for an earlier one that has them. */
export function checkIds({ events, commands }: SeenIds, index: number, event: VisitEvent): IdFault | null {
  if (event.metadata === undefined) return null;
  const { type, data, metadata } = event;
  const { eventId, commandId, recorder } = metadata;
  const fault = typeof eventId === 'string' ? eventFault(events, eventId, { index, type, data }) : null;
  if (fault?.kind === 'repeated') {
    passOver(commands, index, commandId);
    return fault;
  }
  if (typeof commandId !== 'string') return fault;
  const last = commands.get(commandId);
  const next = { first: last?.first ?? index, index, recorder };
  commands.set(commandId, next);
  if (fault !== null || last === undefined || isOneBatch(last, next)) return fault;
  return { kind: 'id-reused', facts: { commandId, first: last.first } };
}

/** Takes in the content of an event: an earlier one with its id has the same, or another. */
function eventFault(events: SeenIds['events'], eventId: Id, { index, type, data }: Content): IdFault | null {
  const known = events.get(eventId);
  if (known === undefined) {
    events.set(eventId, { index, type, data });
    return null;
  }
  const { index: first, others = new Map<string, number>() } = known;
  if (known.type === type && isSameJson(known.data, data)) return { kind: 'repeated', facts: { eventId, first } };
  const text = textOf({ type, data });
  const twin = others.get(text);
  if (twin !== undefined) return { kind: 'repeated', facts: { eventId, first: twin } };
  events.set(eventId, { ...known, others: others.set(text, index) });
  return { kind: 'id-reused', facts: { eventId, first } };
}

/** One text for the same JSON, whatever the order of its keys. */
const textOf = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([one], [other]) => (one < other ? -1 : 1)))
      : inner,
  );

/** A repeated event counts once: the facts right before and right after it are still one batch. */
function passOver(commands: SeenIds['commands'], index: number, commandId: unknown): void {
  if (typeof commandId !== 'string') return;
  const last = commands.get(commandId);
  if (last?.index === index - 1) commands.set(commandId, { ...last, index });
}

/** Facts that one person put on record at once. */
const isOneBatch = (last: Carried, next: Carried): boolean =>
  last.index === next.index - 1 && last.recorder !== undefined && isSameJson(last.recorder, next.recorder);
