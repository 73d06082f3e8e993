import type { InstructionTopic } from '../messages/index.ts';
import { owes } from './debts.ts';
import type { VisitState } from './state.ts';

/** True if the client and the provider disagree about materials, settled with the client or not. */
export const isDisputed = ({ materials: { status } }: VisitState): boolean =>
  status === 'in-dispute' || status === 'coordinated';

/** True if an instruction about that topic can be given. */
export function isQuestionOpen(visit: VisitState, about: InstructionTopic): boolean {
  switch (about) {
    case 'client-absence':
      return visit.arrival.absentSince !== null;
    case 'identity':
      return visit.identity.rejectedAt !== null;
    case 'materials':
      return isDisputed(visit);
    case 'escalation':
      return owes(visit, 'take-up-escalation');
    case 'visit':
      return true;
  }
}
