import type { Actor, VisitCommand } from '../../src/messages/index.ts';
import { command, minute, plainVisit } from '../../src/testing.ts';
import { operator, provider } from '../scenarios/commands.ts';

/** A command of one of the visits, under an id of its own. */
function commandOf(visitId: string, name: string, { type, data, metadata }: VisitCommand): VisitCommand {
  const commandId = `${visitId}-${name}`;
  return { type, data: { ...data, visitId }, metadata: { ...metadata, commandId } } as VisitCommand;
}

const [assignment, ...rest] = plainVisit();

/** The commands that the phone recorded of a visit since its assignment. */
export function phoneOf(nth: number): { visitId: string; sender: Actor; commands: readonly VisitCommand[] } {
  const visitId = `v-${nth}`;
  const commands = rest.slice(0, 9).map((one, index) => commandOf(visitId, `phone-${index}`, one));
  return { visitId, sender: provider, commands };
}

/** The commands of the contact center: the assignment, and in turn nothing else, an arrival, or that the visit is called off. */
export function centerOf(nth: number): readonly VisitCommand[] {
  const visitId = `v-${nth}`;
  const arrival = rest.find(({ type }) => type === 'RecordArrival');
  const also = [
    [],
    [{ ...arrival, metadata: { actor: operator } } as VisitCommand],
    [command('GiveInstruction', { at: minute(3), about: 'visit', decision: 'cancel', text: 'Cancelada' })],
  ][nth % 3];
  return [assignment as VisitCommand, ...(also ?? [])].map((one, index) => commandOf(visitId, `center-${index}`, one));
}
