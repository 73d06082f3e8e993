import type { Actor, CommandType, Instant, VisitCommand } from '../../messages/index.ts';
import { candidateCommands, recorders } from '../../visit/act.ts';
import { decide, type Policy, type VisitState } from '../../visit/index.ts';
import { actOfCommand, commandTypes } from '../../visit/table.ts';
import { actorOfRole, visitId } from '../fixtures.ts';

/** The recorder of a role's act in this visit: the assigned provider, the operator or the client. */
const findActor = (role: Actor['role'], { provider }: VisitState): Actor =>
  role === 'provider' && provider !== null ? { role, id: provider.id } : actorOfRole[role];

/** The commands of a type that the visit's witnesses make, by each role that may record it. */
export function witnessed(type: CommandType, visit: VisitState, at: Instant, policy: Policy = {}): VisitCommand[] {
  const act = actOfCommand(type);
  const named = visit.visitId === null ? { ...visit, visitId } : visit;
  return recorders[act.by].flatMap((role) =>
    candidateCommands(act, named, { role, actorId: findActor(role, visit).id, now: at, policy }),
  );
}

/** Every command that some witness makes acceptable now. */
export function openCommands(visit: VisitState, at: Instant, policy?: Policy): VisitCommand[] {
  return [...eachOpen(commandTypes, visit, at, policy)];
}

/** The same of some types, as they are asked for: a caller that needs the first alone does not judge the others. */
export function* eachOpen(
  types: readonly CommandType[],
  visit: VisitState,
  at: Instant,
  policy?: Policy,
): Generator<VisitCommand> {
  for (const type of types) {
    for (const command of witnessed(type, visit, at, policy)) if (decide(command, visit, policy).ok) yield command;
  }
}
