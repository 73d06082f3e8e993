import type { ActNames, ChapterPhrases, EventNames, FieldLabels, FieldNames, Findings, Refusals } from '../chapter.ts';

/** The acts, as infinitives. */
export const acts = {
  AnnulAct: 'annul a record',
  CorrectTime: 'correct a time',
  ReportDiscrepancy: 'report a discrepancy',
  SettleDiscrepancy: 'settle a discrepancy',
} satisfies ActNames;

/** The phrases and questions of each act. */
export const phrases = {
  'op-corrected': 'It is corrected on file{, $addressee}.',
  'op-settled': '{$greeting}{, $addressee}. We have gone through what you recorded.',
  'ask-annulled': 'Which record is annulled, its time, and why',
  'ask-corrected': 'Which time is corrected, the right one, and why',
  'ask-settled': 'Which discrepancy is settled, which acts are taken, and why',
} as const satisfies ChapterPhrases;

/** Refusals: what is missing, and what to do. */
export const refusals = {
  'act-stands': 'No such record with that time; check the time on record.',
  'arrival-alone': 'More was recorded after the arrival; the arrival cannot be annulled.',
  'start-alone': 'More was recorded after the start; the start cannot be annulled.',
  'time-stands': 'No such time is on record; check the time on record.',
  'interval-forward': 'With that time the work would end before it begins; check it.',
  'reporter-assigned': 'A discrepancy is reported by a provider who is, or was, assigned to the visit.',
  'discrepancy-new': 'That discrepancy is already reported.',
  'discrepancy-reported': 'No such discrepancy is on record; check which one it is.',
  'acts-untaken': 'Choose among the acts of the discrepancy that are not taken yet.',
  'acts-not-ended': 'The visit has ended; to take that act, first annul the end of the visit.',
  'id-reused': 'That id belongs to another record already; record it under a new one.',
} satisfies Refusals;

/** The events, as headings. */
export const events = {
  ActAnnulled: 'Record annulled',
  TimeCorrected: 'Time corrected',
  DiscrepancyReported: 'Discrepancy reported',
  DiscrepancySettled: 'Discrepancy settled',
} satisfies EventNames;

/** The fields of their data. */
export const fields = {
  act: 'Record',
  recorded: 'Time on record',
  corrected: 'Corrected time',
  discrepancyId: 'Discrepancy',
  basedOn: 'Events seen',
  acts: 'Acts',
  taken: 'Acts taken',
} satisfies FieldNames;

/** The labels of the fields of a form. */
export const labels = {
  AnnulAct: { act: 'What is annulled?', recorded: 'Time on record', reason: 'Reason' },
  CorrectTime: {
    what: 'Which time is corrected?',
    recorded: 'Time on record',
    corrected: 'Correct time',
    reason: 'Reason',
  },
  SettleDiscrepancy: { taken: ['Acts that are accepted', '', 'None'], text: 'Reason' },
} satisfies FieldLabels;

/** Findings: what was not as it should be. */
export const findings = {
  'act-stands': 'A record was annulled that was not there with that time.',
  'arrival-alone': 'An arrival was annulled after which more had been recorded.',
  'start-alone': 'A start was annulled after which more had been recorded.',
  'time-stands': 'A time was corrected that was not on record.',
  'interval-forward': 'With the corrected time the work ended before it began.',
  'reporter-assigned': 'The discrepancy was reported by a provider who was never assigned to the visit.',
  'discrepancy-new': 'The discrepancy was already reported.',
  'discrepancy-reported': 'A discrepancy was settled that was not on record.',
  'acts-untaken': 'An act was taken that was not of the discrepancy, or was taken already.',
  'acts-not-ended': 'An act was taken into a visit that had ended.',
  'id-reused': 'Its id belonged to another record already.',
} satisfies Findings;
