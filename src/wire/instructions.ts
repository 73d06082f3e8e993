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

/** Descriptions of the messages and their fields: made of their docstrings by `npm run reference`. */
export const descriptions = {
  GiveInstruction: {
    self: 'Gives an instruction on how to proceed. Recorded by the contact center (1.1-10, 1.1-39, 2.2-08).',
    about: 'Topic that it answers; it must be open, and `visit` always is.',
    decision: 'Decision: to wait, to proceed, to call the visit off, or other.',
    text: 'The instruction in words.',
    representative: 'Adult who may stand in for the client.',
    waives: 'The rules that no longer refuse, for this visit; only with a decision to proceed.',
  },
  InstructionGiven: {
    self: 'An instruction was given.',
  },
};
