import type { Bench } from './bench.ts';
import { deciding } from './decide.ts';
import { wiring } from './wire.ts';

/** All of them, in the order of docs/performance.md. */
export const benches: readonly Bench[] = [deciding, wiring];
