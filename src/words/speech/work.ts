import { isRunning, type VisitState } from '../../visit/state.ts';
import { type ChapterSpeech, call, chosen, notice, thanks, toCenter } from './lines.ts';

/** The phrases and questions around each act. */
export const work = {
  ShowTools: { provider: ['show-tools'], ask: [['ask-tools', 'tools']] },
  ClearArea: { provider: ['clear-area'], ask: [['ask-moved', 'moved']] },
  ReportStart: {
    provider: ['moment', toCenter, 'start-call'],
    'contact-center': ['op-answer', 'op-start'],
    ask: [call],
  },
  DocumentStart: { 'contact-center': ['op-start'] },
  StartWork: { provider: ['begin'] },
  PauseWork: {
    provider: pause,
    'contact-center': thanks,
    ask: [['ask-pause', 'kind', 'returnExpected'], notice],
  },
  ResumeWork: {
    provider: (visit) => chosen('resume', !onBreak(visit) && toCenter, !onBreak(visit) && 'come-back'),
    'contact-center': thanks,
    ask: (visit) => (onBreak(visit) ? [] : [notice]),
  },
} as const satisfies ChapterSpeech;

/** A break needs that work be running; a second visit does not. */
function pause(visit: VisitState) {
  const either = visit.visitId === null || (isRunning(visit) && visit.instruction !== 'reschedule');
  return chosen(either && 'break', either ? ['if-second-visit', 'leave'] : 'leave', toCenter, 'leave-call');
}

/** The work is on a break at the site, which ends without a notice to the contact center. */
function onBreak({ work }: VisitState): boolean {
  return work.onBreak && !work.away;
}
