import { type ChapterSpeech, chosen, takeUp, toCenter, yours } from './lines.ts';

const request = ['ask-request', 'activity', 'detail'] as const;

/** The phrases and questions around each act. */
export const exceptions = {
  EscalateClientImpact: {
    provider: ['escalate', 'moment', toCenter, 'escalate-call'],
    'contact-center': takeUp,
    ask: [['ask-what', 'what', 'noticedAt']],
  },
  ReportConductBreach: {
    'contact-center': [['to-client', 'conduct']],
    client: [],
    ask: [['ask-conduct', 'kind', 'detail']],
  },
  DeclineOffContractRequest: {
    provider: (_, policy) => chosen('decline', yours(policy) && ['if-purchase', 'materials-yours']),
    ask: [request],
  },
  PerformOffContractAct: { provider: ['gladly'], ask: [request] },
} as const satisfies ChapterSpeech;
