import { descriptions as arrival } from './arrival.ts';
import { descriptions as assignment } from './assignment.ts';
import { descriptions as closing } from './closing.ts';
import { descriptions as corrections } from './corrections.ts';
import { descriptions as exceptions } from './exceptions.ts';
import { descriptions as identity } from './identity.ts';
import { descriptions as inspection } from './inspection.ts';
import { descriptions as instructions } from './instructions.ts';
import { descriptions as materials } from './materials.ts';
import type { Descriptions } from './part-descriptions.ts';
import { descriptions as transit } from './transit.ts';
import { descriptions as work } from './work.ts';

/**
 * Lists the descriptions of all messages, and of the fields of their data: those of an event where its command has not the same. A
 * function, so that a bundle without the JSON Schema has none of them.
 */
export const allDescriptions = (): Descriptions => ({
  ...assignment,
  ...transit,
  ...arrival,
  ...instructions,
  ...identity,
  ...inspection,
  ...materials,
  ...work,
  ...closing,
  ...exceptions,
  ...corrections,
});
