import type { CommandType } from '../../messages/index.ts';
import { mergeRecords } from '../../util/json.ts';
import { arrival } from './arrival.ts';
import { assignment } from './assignment.ts';
import { attestation } from './attestation.ts';
import { closing } from './closing.ts';
import { corrections } from './corrections.ts';
import { exceptions } from './exceptions.ts';
import { identity } from './identity.ts';
import { inspection } from './inspection.ts';
import { instructions } from './instructions.ts';
import type { ActSpeech } from './lines.ts';
import { materials } from './materials.ts';
import { transit } from './transit.ts';
import { work } from './work.ts';

/**
 * The phrases and questions around each act, in the order of the protocol. The words of the script are the provider's and the
 * contact center's; a client's own app only asks (PROTOCOL §8).
 */
export const speech = /* @__PURE__ */ mergeRecords(
  assignment,
  transit,
  arrival,
  instructions,
  identity,
  inspection,
  materials,
  work,
  closing,
  exceptions,
  corrections,
  attestation,
) satisfies { readonly [T in CommandType]: ActSpeech<T> };

/** Phrases for any moment, by role (2.1-02..08, 2.2-01..07). */
export const general = {
  provider: [
    'by-name',
    'how-are-you',
    'moment',
    'thanks',
    'gladly',
    'at-your-service',
    'listen',
    'support',
    'anything-else',
  ],
  'contact-center': ['by-name', 'moment', 'thanks', 'gladly', 'at-your-service'],
  client: [],
} as const;
