import type { Instant, InstructionDecision, VisitEvent, WaivableRule } from '../../messages/index.ts';
import { isWaivable, waivableRules } from '../rule-ids.ts';
import { all, foldHistory, whenever } from './history.ts';
import { type ActTable, type Invariant, invariant } from './invariant.ts';
import { owed } from './model-state.ts';

/** The acts of this chapter: author, place, and the instant of the visit that they make. */
export const acts = {
  InstructionGiven: { by: 'C' },
} satisfies ActTable;

function proceeds(decision: InstructionDecision): boolean {
  return decision === 'proceed' || decision === 'proceed-with-representative';
}

/** True if an instruction of the contact center to proceed, given then if an instant is given, waived a rule. */
function waivedBy(history: readonly VisitEvent[], rule: WaivableRule, at?: Instant): boolean {
  return all(history, 'InstructionGiven').some(({ data }) => {
    const { by, decision, waives = [] } = data;
    const isGiven = by.role === 'contact-center' && proceeds(decision) && waives.includes(rule);
    return isGiven && (at === undefined || data.at === at);
  });
}

/** An instruction is about the visit, or about a matter that is open. Clause 1.1-10. @since 0.1.0 */
export const instructionsAnswer = invariant(
  'instructions-answer',
  '1.1-10',
  'An instruction is about the visit, or about a matter that is open.',
  (_state, history) =>
    whenever(history, ['InstructionGiven'], ({ data: { about } }, before) => {
      if (about === 'client-absence') return before.stands.has('ClientAbsenceReported');
      if (about === 'identity') return before.stands.has('IdentityRejected');
      if (about === 'materials') return before.materials === 'in-dispute' || before.materials === 'coordinated';
      return about === 'visit' || owed(before, 'take-up-escalation');
    }),
);

/** Only an instruction to proceed waives anything, and only what can be waived. Clause 1.1-10. @since 0.1.0 */
export const waivedOnlyToProceed = invariant(
  'waived-only-to-proceed',
  '1.1-10',
  'Only an instruction to proceed waives anything, and only what can be waived.',
  (_state, history) =>
    all(history, 'InstructionGiven').every(({ data: { decision, waives = [] } }) => {
      return waives.length === 0 || (proceeds(decision) && waives.every(isWaivable));
    }),
);

/**
 * Every waiver of the visit is of a waivable rule, and the contact center gave it by an instruction to proceed at its
 * instant. Clause 1.1-10.
 * @since 0.1.0
 */
export const waiversWereGiven = invariant(
  'waivers-were-given',
  '1.1-10',
  'Every waiver of the visit is of a waivable rule, and the contact center gave it by an instruction to proceed at its instant.',
  ({ waivers }, history) => waivers.every(({ rule, at }) => isWaivable(rule) && waivedBy(history, rule, at)),
);

/**
 * A rule that the contact center waived by an instruction to proceed stays waived for this visit. Clause 1.1-10.
 * @since 0.1.0
 */
export const waiversNeverVanish = invariant(
  'waivers-never-vanish',
  '1.1-10',
  'A rule that the contact center waived by an instruction to proceed stays waived for this visit.',
  ({ waivers }, history) =>
    waivableRules.every((rule) => !waivedBy(history, rule) || waivers.some((waiver) => waiver.rule === rule)),
);

/**
 * The instruction that stands is the last to cancel, reschedule or reassign that was neither replaced nor carried out.
 * Clause 1.1-10.
 * @since 0.1.0
 */
export const instructionThatStands = invariant(
  'instruction-that-stands',
  '1.1-10',
  'The instruction that stands is the last to cancel, reschedule or reassign that was neither replaced nor carried out.',
  ({ instruction }, history) => instruction === foldHistory(history).standing,
);

/** The invariants of this chapter. */
export const invariants: readonly Invariant[] = [
  instructionsAnswer,
  waivedOnlyToProceed,
  waiversWereGiven,
  waiversNeverVanish,
  instructionThatStands,
];
