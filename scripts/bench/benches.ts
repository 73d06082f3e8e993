import { audit } from './audit.ts';
import type { Bench } from './bench.ts';

/** All of them, in the order of docs/performance.md. */
export const benches: readonly Bench[] = [audit];
