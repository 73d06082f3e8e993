import type { Policy } from '../../visit/policy.ts';
import type { VisitState } from '../../visit/state.ts';
import { type ChapterSpeech, chosen, thanks, yours } from './lines.ts';

/** The phrases and questions around each act. */
export const inspection = {
  LocateFault: { provider: ['locate', 'listen'], ask: [['ask-where', 'where']] },
  InspectArea: { provider: ['inspect'], ask: [['ask-consent', 'clientPresent', 'clientConsented']] },
  TakePhotos: { provider: ['photograph'], ask: [['ask-photos', 'photos']] },
  SubmitPhotos: {
    provider: ['moment'],
    'contact-center': thanks,
    ask: [
      ['ask-photos', 'photoIds'],
      ['ask-channel', 'channel', 'appUnavailableReason'],
    ],
  },
  DocumentPhotos: { 'contact-center': ['op-photos'], ask: [['ask-photos', 'photoIds']] },
  AssessService: { provider: ['assess'], ask: [['ask-diagnosis', 'diagnosis']] },
  ExplainWork: {
    provider: explanation,
    ask: [
      ['ask-method', 'method'],
      ['ask-materials', 'materials'],
    ],
  },
} as const satisfies ChapterSpeech;

/** The list is known only once it was explained; before, both cases are given. */
function explanation({ work, materials }: VisitState, policy: Policy) {
  const none = work.startedAt !== null || materials.status === 'not-needed';
  if (none) return ['explain-work', 'materials-none'] as const;
  const unknown = materials.requested.length === 0;
  return chosen('explain-work', 'materials-list', yours(policy), unknown && ['or-else', 'materials-none']);
}
