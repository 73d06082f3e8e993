import type { Id, Instant, Role, VisitEvent } from '../messages/index.ts';
import type { Policy, VisitState } from '../visit/index.ts';
import type { VisitProjection } from './projection.ts';
import type { Retry } from './retry.ts';
import type { KeptVisits } from './state-cache.ts';
import type { Codec, ServiceStore } from './stream.ts';
import type { Observer } from './telemetry.ts';
import type { VerifiedStreams } from './verification.ts';

/** Events that were stored, and the visit right after them. @since 0.4.0 */
export type Commit = Readonly<{
  streamName: string;
  events: readonly VisitEvent[];
  state: VisitState;
  version: bigint;
}>;

/** What a service was made with. */
export type Context = Readonly<{
  store: ServiceStore;
  policy: Policy | undefined;
  codec: Codec | undefined;
  sealed: boolean;
  projections: readonly VisitProjection[];
  kept: KeptVisits;
  /** Without it, seals are not verified. */
  verified: VerifiedStreams | undefined;
  factRecorders: readonly Role[];
  streamName: (visitId: Id) => string;
  newId: () => Id;
  now: () => Instant;
  retry: Retry;
  random: () => number;
  sleep: (durationMs: number) => Promise<void>;
  onCommit: (commit: Commit) => unknown;
  observe: Observer;
}>;
