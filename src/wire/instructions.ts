import { waivableRules } from '../visit/rule-ids.ts';
import { plainAct } from './act.ts';
import { representative } from './shared.ts';
import { list, oneOf, optional, text } from './text.ts';

export const instructions = {
  GiveInstruction: plainAct('GiveInstruction', 'InstructionGiven', () => ({
    about: oneOf(['client-absence', 'identity', 'materials', 'escalation', 'visit']),
    decision: oneOf(['wait', 'proceed', 'proceed-with-representative', 'reschedule', 'cancel', 'reassign', 'other']),
    text: text(),
    representative: optional(representative()),
    waives: optional(list(oneOf(waivableRules))),
  })),
};
