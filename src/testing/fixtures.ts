import { mustBe } from '../kernel/known.ts';
import type {
  Actor,
  CommandOf,
  CommandType,
  EventMetadata,
  EventType,
  Id,
  Instant,
  VisitCommand,
  VisitEvent,
} from '../messages/index.ts';
import { explain } from '../reading/explain.ts';
import { recorders } from '../visit/act.ts';
import { decide, initialState, type Policy, replay, type VisitState } from '../visit/index.ts';
import { actOfCommand } from '../visit/table.ts';
import { en } from '../words/en/index.ts';
import { sampleData } from './sample-data.ts';

/** The people of the visits that the kit makes. @since 0.2.0 */
export const actors = {
  provider: { role: 'provider', id: 'prov-1' },
  otherProvider: { role: 'provider', id: 'prov-2' },
  operator: { role: 'contact-center', id: 'op-1' },
  client: { role: 'client', id: 'client-1' },
} as const satisfies Record<string, Actor>;

/** The person who records the acts of a role. */
export const actorOfRole = {
  provider: actors.provider,
  'contact-center': actors.operator,
  client: actors.client,
} as const;

/** The visit that the kit's fixtures are about. */
export const visitId: Id = 'visit-1';

/** An instant so many minutes after the beginning of the kit's visits, 2026-03-17T14:00Z. @since 0.5.0 */
export const minute = (minutes: number): Instant => new Date(Date.UTC(2026, 2, 17, 14, minutes)).toISOString();

/** Data of a command; the visit is the kit's and the time its beginning unless they are given. @since 0.5.0 */
export type CommandData<T extends CommandType> = Omit<CommandOf<T>['data'], 'visitId' | 'at'> & {
  readonly visitId?: Id;
  readonly at?: Instant;
};

/**
 * Makes a command of the kit's visit, as an actor records it: by default the first that PROTOCOL §2 names for the act.
 * Without data it has every field, those of {@link sampleData}. Neither type nor data are checked.
 *
 * @since 0.5.0
 */
export function command<T extends CommandType>(type: T, data?: CommandData<T>, actor?: Actor): VisitCommand {
  const recorder = actor ?? actorOfRole[recorders[actOfCommand(type)?.by ?? 'P'][0]];
  return {
    type,
    data: { visitId, at: minute(0), ...(data ?? sampleData[type]) },
    metadata: { actor: recorder },
  } as unknown as VisitCommand;
}

/**
 * Makes an event of the kit's visit as a log may hold it that no rule has judged. Neither type nor data are checked.
 *
 * @since 0.5.0
 */
export function fact(
  type: EventType,
  data: object = {},
  by: Actor = actors.provider,
  metadata?: EventMetadata,
): VisitEvent {
  const event = { type, data: { visitId, at: minute(0), ...data, by } };
  return (metadata === undefined ? event : { ...event, metadata }) as unknown as VisitEvent;
}

/**
 * Continues a history by the events of commands, each of which must be accepted: throws with the refusal otherwise.
 *
 * @since 0.5.0
 */
export function advance(
  history: readonly VisitEvent[],
  next: VisitCommand | readonly VisitCommand[],
  policy?: Policy,
): VisitEvent[] {
  mustBe(Array.isArray(history), 'advance takes the events so far', history);
  return [...history, ...carryOut('It is refused', [next].flat(), replay(history), policy).events];
}

/** The events of commands and the state after them; throws where one is refused, and says where. */
export function carryOut(
  where: string,
  commands: readonly VisitCommand[],
  from: VisitState = initialState(),
  policy?: Policy,
): { readonly events: readonly VisitEvent[]; readonly state: VisitState } {
  let state = from;
  const events: VisitEvent[] = [];
  for (const command of commands) {
    const decision = decide(command, state, policy);
    if (!decision.ok) throw new Error(`${where}, ${command.type}: ${explain(decision.rejection, en)}`);
    events.push(...decision.events);
    state = replay(decision.events, state);
  }
  return { events, state };
}
