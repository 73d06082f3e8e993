import { none } from '../kernel/decision.ts';
import type { GiveInstructionData, InstructionDecision, InstructionGiven, WaivableRule } from '../messages/index.ts';
import { act, type Deviation } from './act.ts';
import { discharge, owes } from './debts.ts';
import { isQuestionOpen } from './questions.ts';
import { type RuleInput, rule } from './rule.ts';
import { isWaivable } from './rule-ids.ts';
import { isClosing, type StandingInstruction, type VisitDraft, type VisitState } from './state.ts';

type Instruction = Pick<GiveInstructionData, 'about' | 'decision' | 'waives'>;

/** An instruction on record, which may be another's than the contact center's. */
type Given = Instruction & Pick<InstructionGiven['data'], 'at' | 'by'>;

const standing = (decision: InstructionDecision): StandingInstruction | null =>
  decision === 'cancel' || decision === 'reschedule' || decision === 'reassign' ? decision : null;

const proceeds = ({ decision }: Instruction) => decision === 'proceed' || decision === 'proceed-with-representative';

/** The topics that may be open. An instruction about the visit itself can always be given. */
const topics = ['client-absence', 'identity', 'materials', 'escalation'] as const;

/** The topic of the instruction is open. */
const questionOpen = rule(
  'question-open',
  '1.1-10',
  (visit, { data }: RuleInput<Instruction>) => isQuestionOpen(visit, data.about),
  {
    facts: (visit, { data }) => ({ about: data.about, open: topics.filter((topic) => isQuestionOpen(visit, topic)) }),
  },
);

const waivedBy = ({ waives = [] }: Instruction) => waives;

/** The rules that an instruction waives: those that can be waived, of one to proceed by the contact center (PROTOCOL §4, *Waivers*). */
const effectiveWaivers = (data: Given): readonly WaivableRule[] =>
  proceeds(data) && data.by.role === 'contact-center' ? waivedBy(data).filter(isWaivable) : none;

/** Only an instruction to proceed waives a rule. */
const waiverProceeds = rule(
  'waiver-proceeds',
  '1.1-10',
  (_, { data }: RuleInput<Instruction>) => waivedBy(data).length === 0 || proceeds(data),
  { facts: (_, { data }) => ({ decision: data.decision, waives: [...waivedBy(data)] }) },
);

/** Work that awaited extra materials continues without them (PROTOCOL §4, *What an act undoes*). */
function continuedWithout(data: Given, { materials }: VisitState): Deviation[] {
  if (!materials.awaited || !effectiveWaivers(data).includes('materials-settled')) return [];
  const facts = { waivedBy: 'instruction', instructedAt: data.at, materials: materials.status };
  return [{ rule: 'materials-settled', clause: '1.1-33', facts }];
}

/** The contact center instructs how to continue. */
const GiveInstruction = act('GiveInstruction', 'InstructionGiven', {
  by: 'C',
  clauses: ['1.1-10', '1.1-39', '2.2-08'],
  unprovenClauses: ({ about }) => [
    ...(about === 'materials' ? [] : (['1.1-39'] as const)),
    ...(about === 'escalation' ? [] : (['2.2-08'] as const)),
  ],
  deviations: continuedWithout,
  afterEnd: (visit, { data }) => data.about === 'escalation' && owes(visit, 'take-up-escalation'),
  reads: { 'waives?': [''] },
  needs: [questionOpen, waiverProceeds],
  effect: (visit, { data }) => {
    settleTopic(visit, data);
    visit.instruction = standing(data.decision) ?? visit.instruction;
    if (data.decision === 'proceed-with-representative') visit.identity.representativeAllowed = true;
    waive(visit, data);
  },
  witnesses: (visit) => {
    const decisions: InstructionDecision[] = ['proceed'];
    if (visit.arrival.absentSince !== null) decisions.push('proceed-with-representative');
    if (isClosing(visit)) decisions.push('reassign');
    const text = 'texto';
    return (['visit', 'materials', 'escalation'] as const)
      .filter((about) => isQuestionOpen(visit, about))
      .flatMap((about) => decisions.map((decision) => ({ about, decision, text })));
  },
});

/** Settles the topic of an instruction. */
function settleTopic(visit: VisitDraft, { about, decision }: Instruction): void {
  switch (about) {
    case 'client-absence':
    case 'identity':
      discharge(visit, 'give-instruction', about);
      if (about === 'client-absence') visit.identity.representativeAllowed = false;
      return;
    case 'materials':
      visit.materials.status = 'coordinated';
      discharge(visit, 'coordinate-materials');
      return;
    case 'escalation':
      discharge(visit, 'take-up-escalation');
      return;
    case 'visit':
      visit.instruction = null;
      visit.transit.changeTold = false;
      if (decision === 'proceed') discharge(visit, 'reassign-provider');
  }
}

function waive(visit: VisitDraft, data: Given): void {
  for (const rule of effectiveWaivers(data)) {
    if (!visit.waivers.some((waiver) => waiver.rule === rule)) visit.waivers.push({ rule, at: data.at });
    if (rule === 'materials-settled') visit.materials.awaited = false;
  }
}

/** The acts of this chapter, in the order of the protocol. */
export const acts = [GiveInstruction];
