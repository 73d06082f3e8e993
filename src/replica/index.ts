/** The phone's half: `auxilio/replica`. Visits on a device that works offline, and a sync that loses nothing. */

export type { ActAnswer, ActCommand, ActOptions, UndoAnswer } from './acting.ts';
export type {
  Lead,
  PhotoRefusal,
  ReplicaPhoto,
  ReplicaProblem,
  SyncFailure,
  Tried,
  WaitingCommand,
  Withheld,
} from './copies/copy.ts';
export type { JournalState } from './copies/journaled.ts';
export type { ReplicaLoss } from './copies/losses.ts';
export type { PhotoOptions, RemovePhotoAnswer, ReplacePhotoAnswer, ReplicaPhotos } from './copies/photographs.ts';
export type { ReplicaVerdict } from './copies/verdict.ts';
export type { ReplicaVisit } from './copies/view.ts';
export { createReplica } from './create-replica.ts';
export type { Draft, ReplicaDrafts } from './drafts.ts';
export type { ForgetAnswer } from './forgetting.ts';
export type { ReplicaOptions } from './options.ts';
export type { ActOutcome } from './outcomes.ts';
export type { RefetchAnswer } from './refetching.ts';
export { type HttpHeaders, type HttpRemoteOptions, httpRemote } from './remote/http-remote.ts';
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
} from './remote/remote.ts';
export type { Replica, ReplicaSyncOptions } from './replica.ts';
export type { ReplicaChange, ReplicaStatus, ReplicaVisitEntry } from './status.ts';
export type { SyncReport } from './sync/round.ts';
export type { StartOptions } from './triggers.ts';
export {
  type ParsedUnsent,
  type ParseUnsentOptions,
  parseUnsent,
  type Unsent,
  type UnsentCommand,
  type UnsentOptions,
  type UnsentPhoto,
  type UnsentPhotoName,
} from './unsent.ts';
