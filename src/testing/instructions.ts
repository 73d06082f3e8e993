import type { InstructionDecision, InstructionTopic } from '../messages/index.ts';

/** All topics of an instruction. */
export const topics: readonly InstructionTopic[] = ['client-absence', 'identity', 'materials', 'escalation', 'visit'];

/** All decisions of an instruction. */
export const decisions: readonly InstructionDecision[] = [
  'wait',
  'proceed',
  'proceed-with-representative',
  'reschedule',
  'cancel',
  'reassign',
  'other',
];
