/** What every entry of a store exports beside the store. */
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
  CheckpointMove,
  EventShape,
  EventStore,
  ExpectedStreamVersion,
  FeedCursor,
  FeedEvent,
  FeedRange,
  ParkedStream,
  ReadStreamOptions,
  ReadStreamResult,
  RecordedEvent,
  RecordedMetadata,
  Row,
  RowChange,
  RowRange,
  StoredEvent,
  StreamRange,
} from './port.ts';
export { NO_CONCURRENCY_CHECK, STREAM_DOES_NOT_EXIST, STREAM_EXISTS } from './port.ts';
