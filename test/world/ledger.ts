/**
 * Record of what was told to anyone: each acknowledgement, repeat, refusal, page, read, row and push, when it reached them. What was told must be
 * on record from that moment on: a failure names who was told what.
 */
import type { Id, VisitEvent } from '../../src/messages/index.ts';
import { eventId } from './visits.ts';

type Told = Readonly<{
  at: number;
  who: string;
  /** Words for what was told. */
  what: string;
  /** The ids of the events that it rests on. */
  events: readonly Id[];
}>;

export type Ledger = Readonly<{
  told: Told[];
  /** Words for the events that were told, by id. */
  names: Map<Id, string>;
  /** The events that an operator's restore of an older backup took away, with the world's consent. */
  givenUp: Set<Id>;
  /** The commands of those events. */
  commandsGivenUp: Set<Id>;
  /** Commands by id, as their senders know them. */
  commands: Map<Id, CommandFate>;
  /** The events that each screen has seen of the global stream, in its order. */
  seen: Map<string, Id[]>;
  /** The deliveries to the handler that has an effect of its own. */
  handled: Map<Id, number>;
  /** The acts that a phone has withheld: others go on without them, and overtake them. */
  withheld: Set<Id>;
  /** Its effects within the commit of the checkpoint, by event. */
  effects: Map<Id, number>;
}>;

/** Ways in which a command is on record: as an event, or in a report of a discrepancy. */
export type Place = 'accepted' | 'reported' | 'twin';

/** Answer to the sender of a command. */
type CommandFate = {
  readonly who: string;
  readonly type: string;
  fate: 'sent' | 'refused' | Place;
};

export const createLedger = (): Ledger => ({
  told: [],
  names: new Map(),
  givenUp: new Set(),
  commandsGivenUp: new Set(),
  commands: new Map(),
  seen: new Map(),
  handled: new Map(),
  withheld: new Set(),
  effects: new Map(),
});

/** Words for the events and the commands, by id. */
export const wordsFor = ({ names, commands }: Ledger): ReadonlyMap<Id, string> =>
  new Map([...names, ...[...commands].map(([id, { type }]): [Id, string] => [id, `${type} (${id})`])]);

/** Notes words for events that someone is told of; answers their list. */
export function nameEvents({ names }: Ledger, events: readonly VisitEvent[]): string {
  for (const event of events) names.set(eventId(event), `${event.type} of ${event.data.visitId}`);
  return events.length === 0 ? 'no event' : events.map((event) => names.get(eventId(event))).join(', ');
}
