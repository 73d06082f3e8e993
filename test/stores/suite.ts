import { basics } from './basics.cases.ts';
import type { StoreCase } from './cases.ts';
import { concurrency } from './concurrency.cases.ts';
import { aliasing, fidelity, names } from './fidelity.cases.ts';
import { ranges } from './ranges.cases.ts';
import { repeats } from './repeats.cases.ts';

/** What every store must do. */
export const storeCases: readonly StoreCase[] = [
  ...basics,
  ...ranges,
  ...concurrency,
  ...repeats,
  ...fidelity,
  ...names,
  ...aliasing,
];
