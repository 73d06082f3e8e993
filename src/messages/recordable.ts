// biome-ignore-all assist/source/organizeImports: the order is that of the protocol
import type { Acts as Assignment } from './assignment.ts';
import type { Acts as Transit } from './transit.ts';
import type { Acts as Arrival } from './arrival.ts';
import type { Acts as Instructions } from './instructions.ts';
import type { Acts as Identity } from './identity.ts';
import type { Acts as Inspection } from './inspection.ts';
import type { Acts as Materials } from './materials.ts';
import type { Acts as Work } from './work.ts';
import type { Acts as Closing } from './closing.ts';
import type { Acts as Exceptions } from './exceptions.ts';
import type { Acts as Attestation } from './attestation.ts';

/** The acts that are no corrections: what may happen in a visit, which a report of a discrepancy may quote. */
export type RecordableActs = Assignment &
  Transit &
  Arrival &
  Instructions &
  Identity &
  Inspection &
  Materials &
  Work &
  Closing &
  Exceptions &
  Attestation;
