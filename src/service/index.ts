/**
 * The command handler, `auxilio/service`: load, decide, append, retry; exactly once by command id. And the consumers of the
 * global stream: subscriptions and read models.
 */
export { explainPassed, type GroupedDebt, type PassedPurpose, type WaitGroup } from '../reading/debt-groups.ts';
export type { Fate as ReportedActFate } from '../reading/reported-acts.ts';
export {
  type EntryStatus,
  type Timeline,
  type TimelineEntry,
  type TimelineOptions,
  type TimelineReportedAct,
  visitTimeline,
} from '../reading/timeline.ts';
export type { FactName, MarkName, TimelineSpan } from '../reading/timeline-spans.ts';
export type { InDigits, Jsonable } from '../util/digits.ts';
export type { Codec, CodedEvent, PersonalMetadata } from './codec.ts';
export {
  AppendInDoubtError,
  ChainBrokenError,
  CommandIdReusedError,
  isServiceError,
  MalformedCommandError,
  MalformedFactError,
  NotAuthorizedError,
  type PaymentRefusal,
  PaymentRefusedError,
  RecordingForbiddenError,
  RetriesExhaustedError,
  type ServiceError,
  type UnreadableReason,
  UnreadableStreamError,
  VersionMismatchError,
} from './errors.ts';
export type { Recognition } from './idempotency.ts';
export {
  type ProjectedVisit,
  type ProjectionOptions,
  projector,
  readProjection,
  type VisitProjection,
} from './projection.ts';
export {
  type AssignedVisit,
  type AssignmentPage,
  type AssignmentPageOptions,
  assignmentsProjector,
  readAssignments,
} from './projections/assignments.ts';
export { type Board, type BoardRow, boardOf, boardProjection, type OwedDebt } from './projections/board.ts';
export {
  type BoardPage,
  type BoardPageOfOptions,
  type BoardPageOptions,
  type BoardWait,
  boardPageOf,
  readBoardPage,
  type WaitingVisit,
  waitingVisit,
} from './projections/board-page.ts';
export {
  markPaid,
  type Payment,
  type PaymentPage,
  type PaymentPageOptions,
  readPayment,
  readPaymentQueue,
  type UnpaidVisit,
} from './projections/paid.ts';
export {
  type PaymentQueue,
  type PaymentRow,
  paymentProjection,
  paymentQueueOf,
} from './projections/payments.ts';
export {
  compareQueuePlaces,
  orderQueue,
  type QueueEntry,
  type QueuePlace,
} from './projections/queue.ts';
export type { Reopening } from './projections/reopened.ts';
export {
  type FoundVisit,
  rebuildSearch,
  type SearchOptions,
  type SearchResult,
  type SearchVisitsOptions,
  searchProjector,
  searchVisits,
} from './projections/search.ts';
export { type ProviderView, providerView } from './provider-view.ts';
export { type RebuildOptions, rebuild } from './rebuild.ts';
export type {
  BatchResult,
  CommandResult,
  Commit,
  LoadedVisit,
  RecordResult,
  SyncOutcome,
  SyncResult,
} from './results.ts';
export type { RetryOptions } from './retry.ts';
export { createService, type VisitService } from './service.ts';
export type {
  Authorize,
  BatchOptions,
  HandleOptions,
  LoadOptions,
  ServiceOptions,
  SyncOptions,
} from './service-options.ts';
export type { ServiceStore } from './stream.ts';
export { type Lag, lag } from './subscription/lag.ts';
export { parked, type RetriedParked, retryParked } from './subscription/parked.ts';
export type { ErrorClass, ErrorClassifier } from './subscription/poison.ts';
export { type CatchUpResult, catchUp, subscribe } from './subscription/subscription.ts';
export { HandlerTimeoutError, PoisonError, RebuildFailedError } from './subscription/subscription-errors.ts';
export type {
  DeliveryContext,
  HandlerResult,
  StreamBatch,
  SubscribableStore,
  SubscriptionOptions,
} from './subscription/subscription-options.ts';
export type { SyncRequest } from './sync/sync-batch.ts';
export { type BatchRefusal, BatchRefusedError, ReconciledActError, VisitTooLongError } from './sync-errors.ts';
export type { Observer, ServiceSignal } from './telemetry.ts';
