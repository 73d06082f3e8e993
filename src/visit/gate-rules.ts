import type { Role, VisitCommand } from '../messages/index.ts';
import { isInstant } from '../util/instant.ts';
import { type Act, isLike, isProviderAct, recorders } from './act.ts';
import { owes } from './debts.ts';
import { type RuleInput, rule } from './rule.ts';
import { assignedId, hasEnded, isClosing } from './state.ts';
import { actOfCommand } from './table.ts';

const requiredTexts = ['type', 'data.visitId', 'data.at', 'metadata.actor.role', 'metadata.actor.id'];

type Fields = { readonly [name: string]: unknown } | null | undefined;

const fieldAt = (command: unknown, path: string) =>
  path.split('.').reduce((value, name) => (value as Fields)?.[name], command);

/** Lists the fields that every rule relies on and that are no texts in this command, or no instant. */
const malformedFields = (command: unknown): string[] =>
  requiredTexts.filter((path) => {
    const value = fieldAt(command, path);
    return path === 'data.at' ? !isInstant(value) : typeof value !== 'string';
  });

/**
 * The rules can read the command: type, visit, and the actor's role and id are texts, and its time is an instant. Asked by
 * `decide`, before all others. Throws a `TypeError` where a field to look into is missing.
 */
export const wellFormed = rule(
  'well-formed',
  '0-02',
  (_, { type, data, metadata: { actor } }) =>
    typeof type === 'string' &&
    typeof data.visitId === 'string' &&
    isInstant(data.at) &&
    typeof actor.role === 'string' &&
    typeof actor.id === 'string',
  { facts: (_, command) => ({ fields: malformedFields(command) }) },
);

/** True if the rules and the effect of its act can read a command. If an error is thrown all the same, it is theirs. */
export const isReadable = (command: unknown): command is VisitCommand =>
  malformedFields(command).length === 0 &&
  isLike(fieldAt(command, 'data'), actOfCommand((command as VisitCommand).type as string)?.reads ?? {});

/** A visit is assigned before anything else happens in it. */
const assignedFirst = rule(
  'assigned-first',
  '1.1-13',
  (visit, { type }) => visit.visitId !== null || type === 'AssignVisit',
  { remedy: ['AssignVisit'] },
);

/** A visit is assigned once, ended or not. */
const assignedOnce = rule(
  'assigned-once',
  '1.1-13',
  (visit, { type }) => visit.visitId === null || type !== 'AssignVisit',
  { facts: (visit) => ({ visitId: visit.visitId }) },
);

/** The command is about the visit that is assigned. */
const sameVisit = rule(
  'same-visit',
  '1.1-13',
  (visit, { data }) => visit.visitId === null || data.visitId === visit.visitId,
  { facts: (visit) => ({ assigned: visit.visitId }) },
);

/** The visit has not ended, or the act may still be recorded after the end. */
const notEnded = rule(
  'not-ended',
  { among: ['1.3-02', '1.1-10'], now: ({ closing }) => (closing.completedAt !== null ? '1.3-02' : '1.1-10') },
  (visit, command: RuleInput<VisitCommand['data']>) =>
    !hasEnded(visit) || (actOfCommand(command.type)?.afterEnd(visit, command) ?? false),
  { facts: ({ closing }) => ({ completedAt: closing.completedAt, closedAt: closing.closedAt }) },
);

/** The rules of the gate: when one of them fails, the first that does is the only violation (PROTOCOL §4). */
export const gateRules = [assignedFirst, assignedOnce, sameVisit, notEnded];

const allowedRoles = (type: string): readonly Role[] => {
  const act = actOfCommand(type);
  return act === undefined ? [] : recorders[act.by];
};

/** The actor's role may record the act. */
const role = rule('role', '0-02', (_, { type, metadata }) => allowedRoles(type).includes(metadata.actor.role), {
  facts: (_, { type, metadata }) => ({ command: type, role: metadata.actor.role, allowed: [...allowedRoles(type)] }),
});

/** The acts that this rule does not check: the assignment, and a report by a former provider. */
const selfChecked = ['AssignVisit', 'ReportDiscrepancy'];

/** An act that a provider records is recorded by the assigned one. */
const assignedProvider = rule(
  'assigned-provider',
  '1.2-12',
  (visit, { type, metadata: { actor } }) =>
    actor.role !== 'provider' || selfChecked.includes(type) || actor.id === assignedId(visit),
  { remedy: ['ReassignProvider'], facts: (visit) => ({ assigned: assignedId(visit) }) },
);

/** The act of a command if it is the provider's; undefined for any other. */
function providerAct({ type, metadata }: RuleInput): Act | undefined {
  const act = actOfCommand(type);
  return act !== undefined && isProviderAct(act, metadata.actor.role) ? act : undefined;
}

/** While a reassignment is owed, the provider does nothing but escalate, or report an issue in transit. */
const notFrozen = rule(
  'not-frozen',
  '1.2-12',
  (visit, command) => !owes(visit, 'reassign-provider') || (providerAct(command)?.whileFrozen ?? true),
  { remedy: ['ReassignProvider', 'GiveInstruction'] },
);

/** While an instruction to cancel or reschedule is in force, the provider may only close the visit. */
const notClosing = rule(
  'not-closing',
  '1.1-10',
  (visit, command: RuleInput<VisitCommand['data']>) =>
    !isClosing(visit) || (providerAct(command)?.whileClosing(visit, command) ?? true),
  { remedy: ['CloseVisit', 'GiveInstruction'], facts: ({ instruction }) => ({ instruction }) },
);

/** The rules of every command that has passed the gate, before those of its act. */
export const generalRules = [role, assignedProvider, notFrozen, notClosing];
