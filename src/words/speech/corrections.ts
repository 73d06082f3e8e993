import type { ChapterSpeech } from './lines.ts';

const corrected = ['op-answer', 'op-corrected'] as const;

/** The phrases and questions around each act; none of a report, which reconciling makes. */
export const corrections = {
  AnnulAct: { 'contact-center': corrected, ask: [['ask-annulled', 'act', 'recorded', 'reason']] },
  CorrectTime: { 'contact-center': corrected, ask: [['ask-corrected', 'what', 'recorded', 'corrected', 'reason']] },
  ReportDiscrepancy: {},
  SettleDiscrepancy: {
    'contact-center': ['op-settled'],
    ask: [['ask-settled', 'discrepancyId', 'taken', 'text']],
  },
} as const satisfies ChapterSpeech;
