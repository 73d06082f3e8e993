import type { Actor, CommandType, Instant, VisitCommand } from '../../messages/index.ts';
import { recorders } from '../../visit/act.ts';
import { candidateCommands } from '../../visit/candidates.ts';
import { decide, type Policy, type VisitState } from '../../visit/index.ts';
import { acts, commandTypes } from '../../visit/table.ts';
import { actors, visitId } from '../fixtures.ts';

/** The recorder of a role's act in this visit: the assigned provider, the operator or the client. */
function actorOf(role: Actor['role'], visit: VisitState): Actor {
  switch (role) {
    case 'provider':
      return { role, id: visit.provider?.id ?? actors.provider.id };
    case 'contact-center':
      return actors.operator;
    case 'client':
      return actors.client;
  }
}

/** The commands of a type that the visit's witnesses make, by each role that may record it. */
export function witnessed(type: CommandType, visit: VisitState, at: Instant, policy: Policy = {}): VisitCommand[] {
  const act = acts.find(({ command }) => command === type);
  if (act === undefined) return [];
  const named = visit.visitId === null ? { ...visit, visitId } : visit;
  return recorders[act.by].flatMap((role) =>
    candidateCommands(act, named, { role, actorId: actorOf(role, visit).id, now: at, policy }),
  );
}

/** Every command that some witness makes acceptable now. */
export function openCommands(visit: VisitState, at: Instant, policy?: Policy): VisitCommand[] {
  return commandTypes.flatMap((type) =>
    witnessed(type, visit, at, policy).filter((command) => decide(command, visit, policy).ok),
  );
}
