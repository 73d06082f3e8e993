import type { Facts } from '../../kernel/index.ts';
import type { Id, VisitEvent } from '../../messages/index.ts';
import { isSameJson } from './behind.ts';

/** The content of an event, without its metadata, which a store may have added to; and where it stood. */
type Content = { readonly index: number; readonly type: string; readonly data: unknown };

/** Where the first and the last event of a command stood, and who put the last on record if it is a fact. */
type Carried = { readonly first: number; readonly index: number; readonly recorder: unknown };

/** The ids of the events that were read, and of the commands that they came from. No more is kept of an event than that asks for. */
export type SeenIds = { readonly events: Map<Id, Content>; readonly commands: Map<Id, Carried> };

export const seenIds = (): SeenIds => ({ events: new Map(), commands: new Map() });

/** What the ids of an event say: it is an earlier one once more, or an id of it was another's. */
export type IdFault = { readonly kind: 'repeated' | 'id-reused'; readonly facts: Facts };

/** Takes the ids of the next event in, and looks for an earlier one that has them. */
export function checkIds({ events, commands }: SeenIds, index: number, event: VisitEvent): IdFault | null {
  if (event.metadata === undefined) return null;
  const { type, data, metadata } = event;
  const { eventId, commandId, recorder } = metadata;
  let fault: IdFault | null = null;
  if (typeof eventId === 'string') {
    const known = events.get(eventId);
    if (known === undefined) events.set(eventId, { index, type, data });
    else {
      const isSame = known.type === type && isSameJson(known.data, data);
      fault = { kind: isSame ? 'repeated' : 'id-reused', facts: { eventId, first: known.index } };
      if (isSame) {
        passOver(commands, index, commandId);
        return fault;
      }
    }
  }
  if (typeof commandId !== 'string') return fault;
  const last = commands.get(commandId);
  const next = { first: last?.first ?? index, index, recorder };
  commands.set(commandId, next);
  if (fault !== null || last === undefined || isOneBatch(last, next)) return fault;
  return { kind: 'id-reused', facts: { commandId, first: last.first } };
}

/** A repeated event counts once: the facts right before and right after it are still one batch. */
function passOver(commands: SeenIds['commands'], index: number, commandId: unknown): void {
  if (typeof commandId !== 'string') return;
  const last = commands.get(commandId);
  if (last?.index === index - 1) commands.set(commandId, { ...last, index });
}

/** Facts that one person put on record at once. */
const isOneBatch = (last: Carried, next: Carried): boolean =>
  last.index === next.index - 1 && last.recorder !== undefined && isSameJson(last.recorder, next.recorder);
