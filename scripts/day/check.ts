import { deepStrictEqual } from 'node:assert/strict';
import {
  type CommandType,
  commandTypes,
  decide,
  evolve,
  type Id,
  initialState,
  type VisitCommand,
  type VisitEvent,
  type VisitState,
} from 'auxilio';
import { parseCommand } from 'auxilio/wire';
import { policy } from '../../examples/day/policy.ts';
import type { Expected, Line } from './render.ts';

/** The state of a line of the script when it is read. */
type Happened = Expected['kind'] | readonly string[];

/**
 * Reads the lines as a service would, in order, and stops at a line whose result differs from its story. At the end
 * every act of the protocol was accepted but those of reconciling, and what was refused would be refused again. Answers with
 * the events of each visit.
 */
export function check(lines: readonly Line[]): (visitId: Id) => readonly VisitEvent[] {
  const day = new Day();
  for (const [index, line] of lines.entries()) {
    const { kind, ...rest } = line.expected;
    const expected: Happened = 'by' in rest ? rest.by : kind;
    agree(`Line ${index + 1}, ${described(line.command)}`, day.read(line), expected);
  }
  const never = commandTypes.filter((type) => !ofReconciling.includes(type) && !day.accepted.has(type));
  if (never.length > 0) throw new Error(`Never accepted: ${never.join(', ')}`);
  for (const { command, expected } of lines) {
    if (expected.kind !== 'refused') continue;
    if (day.judge(command).ok) throw new Error(`Refused, but accepted at the end: ${described(command)}`);
  }
  return (visitId) => day.eventsOf(visitId);
}

/** The acts that come in after the day. */
const ofReconciling: readonly CommandType[] = ['ReportDiscrepancy', 'SettleDiscrepancy'];

/** The visits as the lines read so far leave them. */
class Day {
  readonly accepted = new Set<string>();
  readonly #states = new Map<Id, VisitState>();
  readonly #events = new Map<Id, readonly VisitEvent[]>();
  readonly #texts = new Map<Id | undefined, string>();

  eventsOf(visitId: Id): readonly VisitEvent[] {
    return this.#events.get(visitId) ?? [];
  }

  judge(command: VisitCommand) {
    return decide(command, this.#states.get(command.data.visitId) ?? initialState(), policy);
  }

  read({ text, command }: Line): Happened {
    const parsed = parseCommand(text);
    if (!parsed.ok) return 'unreadable';
    deepStrictEqual(parsed.value, command, `${described(command)} is not read as it was written`);
    const { visitId } = command.data;
    const { commandId } = command.metadata;
    const known = this.#texts.get(commandId);
    if (known !== undefined) return known === text ? 'repeated' : 'reused';
    const decision = this.judge(command);
    if (!decision.ok) return decision.rejection.violations.map(({ rule }) => rule);
    this.#states.set(visitId, decision.events.reduce(evolve, this.#states.get(visitId) ?? initialState()));
    this.#events.set(visitId, [...this.eventsOf(visitId), ...decision.events]);
    this.#texts.set(commandId, text);
    this.accepted.add(command.type);
    return 'accepted';
  }
}

const described = ({ type, data }: VisitCommand) => `${type} of ${data.visitId} at ${data.at}`;

function agree(where: string, happened: Happened, expected: Happened): void {
  if (String(happened) !== String(expected)) throw new Error(`${where}: ${happened}, but the story says ${expected}`);
}
