import { isClosing, type VisitState } from '../../visit/state.ts';
import { type ChapterSpeech, call, chosen, reason, thanks, toCenter } from './lines.ts';

/** The phrases and questions around each act. */
export const closing = {
  TestQuality: { provider: ['tests'], ask: [['ask-tests', 'withClient', 'tests']] },
  RecordConformity: { provider: ['conformity'], client: [], ask: [['ask-conformity']] },
  RecordObjection: { provider: ['objection'], client: [], ask: [['ask-objection', 'what']] },
  HandOverSite: {
    provider: ['hand-over'],
    ask: [['ask-structure', 'structuralConditionPreserved', 'tidy', 'detail']],
  },
  ShowBelongings: {
    provider: ['belongings', ['if-disputed', 'belongings-disputed']],
    ask: [['ask-belongings', 'items', 'clientConfirmed', 'disputed']],
  },
  ReportCompletion: {
    provider: ['moment', toCenter, 'completion-call'],
    'contact-center': thanks,
    ask: [['ask-case-number', 'caseNumber'], call],
  },
  GiveFarewell: {
    provider: (visit) =>
      chosen('farewell', !isClosing(visit) && visit.closing.closedAt === null && 'pleasure', 'at-your-service'),
  },
  CompleteVisit: { provider: ['anything-else'], 'contact-center': thanks },
  CloseVisit: { provider: ending, 'contact-center': ending, ask: [reason] },
} as const satisfies ChapterSpeech;

/** The visit ends without service, as the contact center instructed. */
function ending({ instruction }: VisitState) {
  if (instruction === 'cancel') return ['cancelled'] as const;
  return instruction === 'reschedule'
    ? (['rescheduled'] as const)
    : (['cancelled', ['or-else', 'rescheduled']] as const);
}
