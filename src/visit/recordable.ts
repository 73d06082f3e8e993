import * as arrival from './arrival.ts';
import * as assignment from './assignment.ts';
import * as closing from './closing.ts';
import * as exceptions from './exceptions.ts';
import * as identity from './identity.ts';
import * as inspection from './inspection.ts';
import * as instructions from './instructions.ts';
import * as materials from './materials.ts';
import * as transit from './transit.ts';
import * as work from './work.ts';

/** All acts except corrections, in the order of the protocol. */
export const recordableActs = [
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
