import { type ChapterSpeech, call, chosen, reason, toCenter } from './lines.ts';

/** The phrases and questions around each act. */
export const identity = {
  ValidateIdentity: {
    provider: ({ identity }) =>
      chosen(identity.representativeAllowed && 'identify-representative', 'identify', 'identify-why'),
    ask: ({ identity }) =>
      chosen(
        identity.representativeAllowed && ['ask-who', 'person'],
        ['ask-name', 'fullNameGiven'],
        ['ask-document', 'documentShown', 'documentKind'],
      ),
  },
  RejectIdentity: {
    provider: ['identity-unclear', 'moment', toCenter, 'identity-call'],
    'contact-center': ['op-answer', 'op-identity'],
    ask: [reason, call],
  },
  AnnounceService: { provider: ['announce'] },
} as const satisfies ChapterSpeech;
