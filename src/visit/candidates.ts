import type { Actor, Id, Instant, Role, VisitCommand } from '../messages/index.ts';
import { type Act, recorders } from './act.ts';
import { defaultPolicy, type Policy } from './policy.ts';
import type { VisitState } from './state.ts';

/** The time of an act that was not done: no rule looks at it. */
export const anyTime: Instant = '1970-01-01T00:00:00.000Z';

/** The recorder of an act, the time and the policy; by default its author, at any time, under the default policy. */
export type RecordingContext = {
  readonly role?: Role;
  readonly actorId?: Id;
  readonly now?: Instant;
  readonly policy?: Policy;
};

/** Creates a command from each witness of an act: `decide` accepts one of them if it accepts the act at all. */
export function candidateCommands(act: Act, visit: VisitState, context: RecordingContext): VisitCommand[] {
  const { now: at = anyTime, policy = defaultPolicy, role = recorders[act.by][0] } = context;
  // Rules ask for the id of a provider only.
  const actor: Actor = { role, id: context.actorId ?? visit.provider?.id ?? role };
  const visitId = visit.visitId ?? 'visita';
  return act
    .witnesses(visit, { at, policy })
    .map((data) => ({ type: act.command, data: { visitId, at, ...data }, metadata: { actor } }) as VisitCommand);
}
