/** Names of 0.4, kept for one minor. */
import { projector } from './projection.ts';
import type { BatchResult, CommandResult, RecordResult } from './results.ts';
import { type CatchUpResult, subscribe } from './subscription/subscription.ts';
import type {
  HandlerResult,
  StreamBatch,
  SubscribableStore,
  SubscriptionOptions,
} from './subscription/subscription-options.ts';
import type { ServiceSignal } from './telemetry.ts';

/** @deprecated since 0.5.0: {@link subscribe} is its name. */
export const follow: typeof subscribe = subscribe;
/** @deprecated since 0.5.0: {@link projector} is its name. */
export const keeping: typeof projector = projector;
/** @deprecated since 0.5.0: {@link SubscriptionOptions} is its name. */
export type FollowOptions<Transaction = never> = SubscriptionOptions<Transaction>;
/** @deprecated since 0.5.0: {@link SubscribableStore} is its name. */
export type FollowedStore<Transaction = never> = SubscribableStore<Transaction>;
/** @deprecated since 0.5.0: {@link StreamBatch} is its name. */
export type Delivery = StreamBatch;
/** @deprecated since 0.5.0: {@link HandlerResult} is its name. */
export type Handled<Transaction = never> = HandlerResult<Transaction>;
/** @deprecated since 0.5.0: {@link CatchUpResult} is its name. */
export type CaughtUp = CatchUpResult;
/** @deprecated since 0.5.0: {@link ServiceSignal} is its name. */
export type Signal = ServiceSignal;
/** @deprecated since 0.5.0: {@link CommandResult} is its name. */
export type Answer = CommandResult;
/** @deprecated since 0.5.0: {@link BatchResult} is its name. */
export type BatchAnswer = BatchResult;
/** @deprecated since 0.5.0: {@link RecordResult} is its name. */
export type Recorded = RecordResult;
