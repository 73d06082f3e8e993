/** The visits of a world, and what is done in them: the plain visit, act by act, and what the contact center may do besides. */
import { createHash } from 'node:crypto';
import type { Actor, Id, VisitCommand, VisitEvent } from '../../src/messages/index.ts';
import { actors, command, minute, plainVisit } from '../../src/testing.ts';

export const BYTES = new Uint8Array([0xff, 0xd8, 0xff, 9]);
export const HASH = createHash('sha256').update(BYTES).digest('hex');

export const VISITS: readonly Id[] = ['visit-1', 'visit-2'];

const withHash = JSON.stringify(plainVisit()).replaceAll('a'.repeat(64), HASH);

/** The plain visit under the id of one of the visits; the ids of commands are given when they are sent. */
const plainOf = (visitId: Id): readonly VisitCommand[] => JSON.parse(withHash.replaceAll('"visit-1"', `"${visitId}"`));

const plain = new Map(VISITS.map((visitId) => [visitId, plainOf(visitId)]));

export const assignmentOf = (visitId: Id): VisitCommand => plain.get(visitId)?.[0] as VisitCommand;

/** The acts of the provider, in the order of the visit. */
export const actsOf = (visitId: Id): readonly VisitCommand[] => plain.get(visitId)?.slice(1) ?? [];

const reassigned = { id: actors.otherProvider.id, name: 'Rosa' };
const back = { id: actors.provider.id, name: 'Luis' };

/** The act that ends a visit which an operator has cancelled. */
export const closingOf = (visitId: Id): VisitCommand =>
  command('CloseVisit', { visitId, at: minute(44) }, actors.operator);

/** Acts that an operator may record, by number. */
export function centerActs(visitId: Id): readonly VisitCommand[] {
  const own = (type: VisitCommand['type'], data: object) =>
    command(type as 'GiveInstruction', { visitId, ...data } as never, actors.operator);
  return [
    own('GiveInstruction', { at: minute(41), about: 'visit', decision: 'proceed', text: 'Siga' }),
    own('GiveInstruction', { at: minute(40), about: 'visit', decision: 'reassign', text: 'Cambia' }),
    own('ReassignProvider', { at: minute(43), provider: reassigned, arriveBy: minute(99) }),
    own('ReassignProvider', { at: minute(44), provider: back, arriveBy: minute(99) }),
    own('GiveInstruction', { at: minute(42), about: 'visit', decision: 'cancel', text: 'Se cancela' }),
    ...actsOf(visitId)
      .filter(({ type }) => ['RecordArrival', 'ReportStart', 'ReportCompletion'].includes(type))
      .map((one) => ({ ...one, metadata: { actor: actors.operator } }) as VisitCommand),
  ];
}

export const withId = <C extends VisitCommand>(one: C, commandId: Id): C => ({
  ...one,
  metadata: { ...one.metadata, commandId },
});

export const providers: readonly Actor[] = [actors.provider, actors.otherProvider];

/** The acts that an event reports as discrepancies. */
export const readReported = (event: VisitEvent) => (event.type === 'DiscrepancyReported' ? event.data.acts : []);

export const eventId = ({ metadata }: VisitEvent): Id => metadata?.eventId ?? '';
