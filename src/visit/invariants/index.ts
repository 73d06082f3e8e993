// biome-ignore-all assist/source/organizeImports: the order is that of the protocol

import type { Invariant } from './invariant.ts';
import { invariants as assignment } from './assignment.ts';
import { invariants as authors } from './authors.ts';
import { invariants as arrival } from './arrival.ts';
import { invariants as instructions } from './instructions.ts';
import { invariants as inspection } from './inspection.ts';
import { invariants as materials } from './materials.ts';
import { invariants as start } from './start.ts';
import { invariants as work } from './work.ts';
import { invariants as completion } from './completion.ts';
import { invariants as ending } from './ending.ts';
import { invariants as debts } from './debts.ts';
import { invariants as corrections } from './corrections.ts';
import { invariants as attestation } from './attestation.ts';

export type { Invariant } from './invariant.ts';
export * from './assignment.ts';
export * from './authors.ts';
export * from './arrival.ts';
export * from './instructions.ts';
export * from './inspection.ts';
export * from './materials.ts';
export * from './start.ts';
export * from './work.ts';
export * from './completion.ts';
export * from './ending.ts';
export * from './debts.ts';
export * from './corrections.ts';
export * from './attestation.ts';
// Named, so that it takes precedence over those of the chapters.
export { acts } from './authors.ts';

/** Every invariant, in the order of the protocol. @since 0.1.0 */
export const invariants: readonly Invariant[] = [
  ...assignment,
  ...authors,
  ...arrival,
  ...instructions,
  ...inspection,
  ...materials,
  ...start,
  ...work,
  ...completion,
  ...ending,
  ...debts,
  ...corrections,
  ...attestation,
];
