import * as arrival from './arrival.ts';
import * as assignment from './assignment.ts';
import { acts as attestation } from './attestation.ts';
import * as closing from './closing.ts';
import * as exceptions from './exceptions.ts';
import * as identity from './identity.ts';
import * as inspection from './inspection.ts';
import * as instructions from './instructions.ts';
import * as materials from './materials.ts';
import * as transit from './transit.ts';
import * as work from './work.ts';

/** The acts before the corrections, in the order of the protocol. */
export const actsBeforeCorrections = [
  ...assignment.acts,
  ...transit.acts,
  ...arrival.acts,
  ...instructions.acts,
  ...identity.acts,
  ...inspection.acts,
  ...materials.acts,
  ...work.acts,
  ...closing.acts,
  ...exceptions.acts,
];

/** All acts except corrections: what a report of a discrepancy may quote. */
export const recordableActs = [...actsBeforeCorrections, ...attestation];
