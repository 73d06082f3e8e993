import type { Actor, Instant, VisitCommand } from '../messages/index.ts';
import type { Act } from './act.ts';
import { defaultPolicy, type Policy } from './policy.ts';
import type { VisitState } from './state.ts';

/** When and by whom an act would be recorded, and the policy that would judge it. */
export type Occasion = { readonly at: Instant; readonly actor: Actor; readonly policy?: Policy };

/** The commands that the witnesses of an act make now: `decide` accepts one of them if it accepts the act at all. */
export function attempts(act: Act, visit: VisitState, { at, actor, policy = defaultPolicy }: Occasion): VisitCommand[] {
  const visitId = visit.visitId ?? 'visita';
  return act
    .witnesses(visit, { at, policy })
    .map((data) => ({ type: act.command, data: { visitId, at, ...data }, metadata: { actor } }) as VisitCommand);
}
