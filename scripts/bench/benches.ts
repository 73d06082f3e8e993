import type { Bench } from './bench.ts';
import { cold } from './cold.ts';
import { size } from './size.ts';

/** All of them, in the order of docs/performance.md. */
export const benches: readonly Bench[] = [size, cold];
