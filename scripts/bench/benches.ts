import type { Bench } from './bench.ts';
import { deciding } from './decide.ts';
import { exploring } from './exploring.ts';
import { remembering } from './memory.ts';
import { storing } from './stores.ts';
import { wiring } from './wire.ts';

/** All of them, in the order of docs/performance.md. */
export const benches: readonly Bench[] = [deciding, wiring, storing, remembering, exploring];
