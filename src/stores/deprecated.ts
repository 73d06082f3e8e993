/** Names of 0.4, kept for one minor. */
import type { CheckpointUpdate } from './event-store.ts';

/** @deprecated since 0.5.0: {@link CheckpointUpdate} is its name. */
export type CheckpointMove<Transaction = never> = CheckpointUpdate<Transaction>;
