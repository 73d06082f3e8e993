/** The exports of every entry of a store, besides the store itself. */

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
  ConsumerState,
  EventShape,
  EventStore,
  EventStreams,
  ExpectedStreamVersion,
  FeedCursor,
  FeedEvent,
  FeedHold,
  FeedLag,
  FeedRange,
  GlobalStream,
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
export {
  type ReplicaBlob,
  type ReplicaChanges,
  ReplicaConflictError,
  type ReplicaGroup,
  type ReplicaGroupEntry,
  type ReplicaJournal,
  type ReplicaMarks,
  type ReplicaStore,
} from './replica-store.ts';
