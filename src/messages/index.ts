// biome-ignore-all assist/source/organizeImports: the order is that of the protocol

export type * from './base.ts';
export type * from './assignment.ts';
export type * from './transit.ts';
export type * from './arrival.ts';
export type * from './instructions.ts';
export type * from './identity.ts';
export type * from './inspection.ts';
export type * from './materials.ts';
export type * from './work.ts';
export type * from './closing.ts';
export type * from './exceptions.ts';
export type * from './corrections.ts';
export type * from './attestation.ts';
// Named, so that it takes precedence over those of the chapters.
export type { Acts } from './union.ts';
export type * from './union.ts';
