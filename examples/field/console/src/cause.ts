/** The causes by which cases are grouped after an outage. */
import type { VisitEvent } from 'auxilio';
import type { Case } from './case.ts';
import { letsGoOn, recorderOf } from './details.ts';
import type { Log } from './visit-log.ts';

export const causes = ['signal', 'cancelled', 'reassigned', 'closed', 'changed', 'despite', 'unlawful'] as const;
export type Cause = (typeof causes)[number];

const isCenters = (event: VisitEvent): boolean => recorderOf(event) === 'center';

/** The unseen act of the center that changed the visit; `null` if it only noted facts. */
function turnOf(event: VisitEvent): Cause | null {
  if (letsGoOn(event)) return null;
  switch (event.type) {
    case 'ProviderReassigned':
      return 'reassigned';
    case 'VisitClosed':
      return 'closed';
    case 'InstructionGiven':
      if (event.data.decision === 'reassign') return 'reassigned';
      return event.data.decision === 'cancel' || event.data.decision === 'reschedule' ? 'cancelled' : 'changed';
    case 'AssignmentAmended':
    case 'MaterialsCoordinated':
    case 'ActAnnulled':
    case 'TimeCorrected':
      return 'changed';
    default:
      return null;
  }
}

/**
 * The cause of a case. `signal`, the pure loss of it: all that was done was lawful for the one who did it, no one was asked to let
 * it be done, and the center changed nothing meanwhile; it has only recorded the same facts.
 */
export function causeOf({ events }: Pick<Log, 'events'>, { acts, unseen, found }: Case): Cause {
  const turns = events.flatMap((event, index) => (unseen.has(index) && isCenters(event) ? (turnOf(event) ?? []) : []));
  const order: readonly Cause[] = ['closed', 'reassigned', 'cancelled', 'changed'];
  const turn = order.find((one) => turns.includes(one));
  if (turn !== undefined) return turn;
  if (acts.some(({ reported }) => reported.despite !== undefined)) return 'despite';
  return acts.every(({ act }) => act.lawfulThen) && found.all.ok ? 'signal' : 'unlawful';
}
