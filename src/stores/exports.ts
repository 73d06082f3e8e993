/** What every entry of a store exports beside the store. */

export type { CheckpointMove } from './deprecated.ts';
export type { EventIdReuse, StoreErrorKind } from './errors.ts';
export {
  CheckpointConflictError,
  EventIdReusedError,
  isCheckpointConflict,
  isEventIdReused,
  isStoreError,
  isVersionConflict,
  StoreError,
  VersionConflictError,
} from './errors.ts';
export type {
  AggregateStreamOptions,
  AggregateStreamResult,
  AppendToStreamOptions,
  AppendToStreamResult,
  Checkpoint,
  CheckpointUpdate,
  EventShape,
  EventStore,
  ExpectedStreamVersion,
  FeedCursor,
  FeedEvent,
  FeedHold,
  FeedLag,
  FeedRange,
  ParkedStream,
  ReadStreamOptions,
  ReadStreamResult,
  RecordedEvent,
  RecordedMetadata,
  RetryingStream,
  Row,
  RowChange,
  RowRange,
  StoredEvent,
  StreamRange,
} from './event-store.ts';
export { NO_CONCURRENCY_CHECK, STREAM_DOES_NOT_EXIST, STREAM_EXISTS } from './event-store.ts';
