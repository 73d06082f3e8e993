/**
 * The command handler, `auxilio/service`: load, decide, append, retry; exactly once by command id. And the consumers of the
 * global stream: subscriptions and read models.
 */
export { explainPassed, type GroupedDebt, type PassedPurpose, type WaitGroup } from './reading/debt-groups.ts';
export {
  type HeldPhoto,
  type HeldPhotosInput,
  type Holding,
  heldPhotos,
  type PhotoNaming,
} from './reading/held-photos.ts';
export type { Fate as ReportedActFate } from './reading/reported-acts.ts';
export {
  type EntryStatus,
  type Timeline,
  type TimelineEntry,
  type TimelineOptions,
  type TimelineReportedAct,
  visitTimeline,
} from './reading/timeline.ts';
export type { FactName, MarkName, TimelineSpan } from './reading/timeline-spans.ts';
export type { Recognition } from './service/idempotency.ts';
export {
  type AssignedVisit,
  type AssignmentPage,
  type AssignmentPageOptions,
  assignmentsProjector,
  readAssignments,
} from './service/projections/assignments.ts';
export { type Board, type BoardRow, boardOf, boardProjection, type OwedDebt } from './service/projections/board.ts';
export {
  type BoardPage,
  type BoardPageOfOptions,
  type BoardPageOptions,
  type BoardWait,
  boardPageOf,
  readBoardPage,
  type WaitingVisit,
  waitingVisit,
} from './service/projections/board-page.ts';
export {
  type ClientFact,
  type ClientPhase,
  type ClientView,
  clientView,
} from './service/projections/client-view.ts';
export {
  markPaid,
  type Payment,
  type PaymentPage,
  type PaymentPageOptions,
  readPayment,
  readPaymentQueue,
  type UnpaidVisit,
} from './service/projections/paid.ts';
export {
  type PaymentQueue,
  type PaymentRow,
  paymentProjection,
  paymentQueueOf,
  type Reopening,
} from './service/projections/payments.ts';
export {
  type ProjectedVisit,
  type ProjectionOptions,
  projector,
  readProjection,
  type VisitProjection,
} from './service/projections/projection.ts';
export { type ProviderView, providerView } from './service/projections/provider-view.ts';
export {
  compareQueuePlaces,
  orderQueue,
  type QueueEntry,
  type QueuePlace,
} from './service/projections/queue.ts';
export { type RebuildOptions, rebuild } from './service/projections/rebuild.ts';
export {
  rebuildSearch,
  type SearchOptions,
  type SearchResult,
  type SearchVisitsOptions,
  searchProjector,
  searchVisits,
} from './service/projections/search.ts';
export type { FoundVisit } from './service/projections/search-rows.ts';
export type {
  BatchResult,
  CommandResult,
  Commit,
  LoadedVisit,
  RecordResult,
  SyncOutcome,
  SyncResult,
} from './service/results.ts';
export { createService, type VisitService } from './service/service.ts';
export type {
  Authorize,
  BatchOptions,
  HandleOptions,
  LoadOptions,
  RetryOptions,
  ServiceOptions,
  SyncOptions,
} from './service/service-options.ts';
export type { Codec, CodedEvent, PersonalMetadata } from './service/shared/codec.ts';
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
} from './service/shared/errors.ts';
export type { ServiceStore } from './service/shared/stream.ts';
export {
  type BatchRefusal,
  BatchRefusedError,
  ReconciledActError,
  VisitTooLongError,
} from './service/shared/sync-errors.ts';
export type { Observer, ServiceSignal } from './service/shared/telemetry.ts';
export { type Lag, lag } from './service/subscription/lag.ts';
export { parked, type RetriedParked, retryParked } from './service/subscription/parked.ts';
export type { ErrorClass, ErrorClassifier } from './service/subscription/poison.ts';
export { type CatchUpResult, catchUp, subscribe } from './service/subscription/subscription.ts';
export { HandlerTimeoutError, PoisonError, RebuildFailedError } from './service/subscription/subscription-errors.ts';
export type {
  DeliveryContext,
  HandlerResult,
  StreamBatch,
  SubscribableStore,
  SubscriptionOptions,
} from './service/subscription/subscription-options.ts';
export type { SyncRequest } from './service/sync-batch.ts';
export type { InDigits, Jsonable } from './util/digits.ts';
