import { isQuestionOpen } from '../../visit/questions.ts';
import type { VisitState } from '../../visit/state.ts';
import { type ChapterSpeech, chosen } from './lines.ts';

/** The phrases and questions around each act. */
export const instructions = {
  GiveInstruction: {
    'contact-center': instruction,
    ask: [
      ['ask-instruction', 'about', 'decision', 'text', 'waives'],
      ['ask-representative', 'representative'],
    ],
  },
} as const satisfies ChapterSpeech;

/** First what is open, then what may be decided about it: one of them. */
function instruction(visit: VisitState) {
  const absent = isQuestionOpen(visit, 'client-absence');
  const unidentified = isQuestionOpen(visit, 'identity');
  return chosen(
    absent && 'op-absence',
    unidentified && 'op-identity',
    (isQuestionOpen(visit, 'materials') || isQuestionOpen(visit, 'escalation')) && 'op-take-up',
    absent ? 'op-wait' : 'op-proceed',
    absent && ['or-else', 'op-proceed'],
    (absent || unidentified) && ['or-else', 'op-representative'],
    ['or-else', 'rescheduled'],
    ['or-else', 'cancelled'],
    ['or-else', 'op-will-reassign'],
  );
}
