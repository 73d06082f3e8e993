import type { Bench } from './bench.ts';
import { replay } from './replay.ts';

/** All of them, in the order of docs/performance.md. */
export const benches: readonly Bench[] = [replay];
