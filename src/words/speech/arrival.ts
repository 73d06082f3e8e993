import { type ChapterSpeech, call, chosen, thanks, toCenter } from './lines.ts';

/** The phrases and questions around each act. */
export const arrival = {
  RecordArrival: {
    provider: ({ work: { away }, arrival }) =>
      chosen('greet-client', (!away || arrival.credentialShownAt === null) && 'introduce', away && 'come-back'),
    'contact-center': thanks,
  },
  ShowCredential: { provider: ['show-credential', 'how-are-you', 'reply'] },
  ReportClientAbsence: {
    provider: [toCenter, 'absence-call'],
    'contact-center': ['op-answer', 'op-absence'],
    ask: [call],
  },
  RecordClientReturn: { provider: ['client-back'] },
} as const satisfies ChapterSpeech;
