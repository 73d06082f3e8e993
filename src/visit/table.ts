import type { CommandType, EventType, VisitEvent } from '../messages/index.ts';
import type { Act } from './act.ts';
import * as attestation from './attestation.ts';
import { GiveFarewell } from './closing.ts';
import * as corrections from './corrections.ts';
import { actsBeforeCorrections } from './recordable.ts';

const chapters = [...actsBeforeCorrections, ...corrections.acts, ...attestation.acts];

/** The id of a rule that an act asks for. */
export type ActRuleId = (typeof chapters)[number]['needs'][number]['id'];

/** The acts that no chapter lists: where there are some, the table does not compile. */
type Missing = Exclude<CommandType, (typeof chapters)[number]['command']>;

/** Every act of the protocol, in its order (PROTOCOL §2). The one table that all readers read. */
export const acts: readonly Act<ActRuleId>[] = chapters satisfies [Missing] extends [never] ? unknown : Missing;

/** The acts of a plain visit, in the order in which the document does them: the farewell comes last (PROTOCOL §8). */
export const plainPath: readonly PlainAct[] = /* @__PURE__ */ farewellLast();

/** An act of the plain path: it says when its purpose is met. */
type PlainAct = Act & { readonly isFulfilled: NonNullable<Act['isFulfilled']> };

function farewellLast(): readonly PlainAct[] {
  const others = acts.filter((act) => act.isFulfilled !== null && act !== GiveFarewell);
  return [...others, GiveFarewell] as readonly PlainAct[];
}

const byCommand: ReadonlyMap<string, Act> = new Map(acts.map((act) => [act.command, act]));
const byEvent: ReadonlyMap<string, Act> = new Map(acts.map((act) => [act.event, act]));

/** The types of all commands, in the order of the protocol. @since 0.1.0 */
export const commandTypes: readonly CommandType[] = /* @__PURE__ */ acts.map((act) => act.command);

/** The types of all events, in the order of the protocol. @since 0.1.0 */
export const eventTypes: readonly EventType[] = /* @__PURE__ */ acts.map((act) => act.event);

/** The act of a command; undefined for an unknown type. */
export function actOfCommand(command: CommandType): Act;
export function actOfCommand(command: string): Act | undefined;
export function actOfCommand(command: string): Act | undefined {
  return byCommand.get(command);
}

/** The act of an event; undefined for an unknown type. */
export function actOfEvent(event: string): Act | undefined {
  return byEvent.get(event);
}

/**
 * The schema version in which an event is written: 2 where it says what version 1 cannot, an act of corrections or an
 * amended case number (PROTOCOL §2); else 1, which every release reads.
 *
 * @since 0.5.0
 */
export function schemaVersionOf({ type, data }: Pick<VisitEvent, 'type' | 'data'>): number {
  const amendsCaseNumber = type === 'AssignmentAmended' && 'caseNumber' in data;
  return amendsCaseNumber ? 2 : (actOfEvent(type)?.schemaVersion ?? 1);
}
