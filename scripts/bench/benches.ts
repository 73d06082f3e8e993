import type { Bench } from './bench.ts';
import { growth } from './growth.ts';
import { replay } from './replay.ts';

/** All of them, in the order of docs/performance.md. */
export const benches: readonly Bench[] = [replay, growth];
