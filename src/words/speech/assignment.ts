import type { ChapterSpeech } from './lines.ts';

/** The phrases and questions around each act. */
export const assignment = {
  AssignVisit: {
    'contact-center': ['op-assign'],
    ask: [
      ['ask-assignment', 'caseNumber', 'client', 'service', 'instructions', 'place', 'requiredShots'],
      ['ask-provider', 'provider', 'arriveBy'],
    ],
  },
  AmendAssignment: {
    'contact-center': ['op-amend'],
    ask: [['ask-amended', 'caseNumber', 'client', 'service', 'instructions', 'place', 'arriveBy', 'requiredShots']],
  },
} as const satisfies ChapterSpeech;
