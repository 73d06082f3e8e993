/**
 * The command handler: `auxilio/service`. Load, decide, append, retry; exactly once by command id. And those who follow the
 * feed: subscriptions and read models.
 */
export type { Commit } from './context.ts';
export {
  AppendInDoubtError,
  ChainBrokenError,
  CommandIdReusedError,
  isServiceError,
  MalformedCommandError,
  MalformedFactError,
  RecordingForbiddenError,
  RetriesExhaustedError,
  type ServiceError,
  type UnreadableReason,
  UnreadableStreamError,
  VersionMismatchError,
} from './errors.ts';
export {
  type CaughtUp,
  catchUp,
  type Delivery,
  type FollowedStore,
  type FollowOptions,
  follow,
  type Handled,
  retryParked,
} from './follow.ts';
export { commandHash, type Recognition } from './identity.ts';
export { keeping, type ProjectedVisit, readProjection, rebuild, type VisitProjection } from './projection.ts';
export { type Board, type BoardRow, boardOf, boardProjection, type OwedDebt } from './projections/board.ts';
export {
  type PaymentQueue,
  type PaymentRow,
  paymentProjection,
  paymentQueueOf,
} from './projections/payments.ts';
export type { RetryOptions } from './retry.ts';
export {
  type Answer,
  type BatchAnswer,
  createService,
  type HandleOptions,
  type LoadedVisit,
  type Recorded,
  type ServiceOptions,
  type VisitService,
} from './service.ts';
export type { Observer, Signal } from './signals.ts';
export type { Codec, CodedEvent, ServiceStore } from './stream.ts';
