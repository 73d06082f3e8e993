/** The phone's half: `auxilio/replica`. Visits on a device that works offline, and a sync that loses nothing. */

export type { ActAnswer, ActCommand, ActOptions, UndoAnswer } from './replica/acting.ts';
export type {
  Lead,
  PhotoRefusal,
  ReplicaPhoto,
  ReplicaProblem,
  SyncFailure,
  Tried,
  WaitingCommand,
  Withheld,
} from './replica/copies/copy.ts';
export type { JournalState } from './replica/copies/journaled.ts';
export type { ReplicaLoss } from './replica/copies/losses.ts';
export type {
  PhotoOptions,
  RemovePhotoAnswer,
  ReplacePhotoAnswer,
  ReplicaPhotos,
} from './replica/copies/photographs.ts';
export type { ReplicaVerdict } from './replica/copies/verdict.ts';
export type { ReplicaVisit } from './replica/copies/view.ts';
export { createReplica, type Replica } from './replica/create-replica.ts';
export type { Draft, ReplicaDrafts } from './replica/drafts.ts';
export type { ForgetAnswer, ForgetOptions } from './replica/forgetting.ts';
export type { ReplicaOptions } from './replica/options.ts';
export type { ActOutcome } from './replica/outcomes.ts';
export type { RefetchAnswer } from './replica/refetching.ts';
export { type HttpHeaders, type HttpRemoteOptions, httpRemote } from './replica/remote/http-remote.ts';
export {
  type Remote,
  type RemoteAssignments,
  type RemoteBatch,
  type RemoteCallOptions,
  RemoteError,
  type RemoteErrorDetails,
  type RemoteErrorKind,
  type RemoteEvents,
  type RemoteEventsOptions,
  type RemoteHead,
  type RemoteSyncAnswer,
  type RemoteVisit,
} from './replica/remote/remote.ts';
export type { ReplicaSyncOptions } from './replica/rounds.ts';
export type { ReplicaChange, ReplicaStatus, ReplicaVisitEntry } from './replica/status.ts';
export type { SyncReport } from './replica/sync/round.ts';
export type { StartOptions } from './replica/triggers.ts';
export {
  type ParsedUnsent,
  type ParseUnsentOptions,
  parseUnsent,
  type Unsent,
  type UnsentCommand,
  type UnsentOptions,
  type UnsentPhoto,
  type UnsentPhotoName,
} from './replica/unsent.ts';
