import type { ChapterSpeech } from './lines.ts';

/** Only the client's own app asks. */
export const attestation = {
  AttestFacts: { client: [], ask: [['ask-attested', 'facts']] },
} as const satisfies ChapterSpeech;
