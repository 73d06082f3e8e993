import { audit } from './audit.ts';
import type { Bench } from './bench.ts';
import { cold } from './cold.ts';
import { deciding } from './decide.ts';
import { encrypting } from './encrypting.ts';
import { exploring } from './exploring.ts';
import { growth } from './growth.ts';
import { looping } from './loop.ts';
import { remembering } from './memory.ts';
import { phone } from './phone.ts';
import { pushing } from './push.ts';
import { reconciling } from './reconciling.ts';
import { replay } from './replay.ts';
import { replicating } from './replicated.ts';
import { screen } from './screen.ts';
import { sealing } from './seals.ts';
import { size } from './size.ts';
import { storing } from './stores.ts';
import { syncing } from './syncing.ts';
import { wiring } from './wire.ts';

/** All of them, in the order of docs/performance.md. */
export const benches: readonly Bench[] = [
  replay,
  growth,
  deciding,
  reconciling,
  wiring,
  audit,
  cold,
  size,
  storing,
  replicating,
  syncing,
  encrypting,
  pushing,
  looping,
  phone,
  screen,
  sealing,
  remembering,
  exploring,
];
