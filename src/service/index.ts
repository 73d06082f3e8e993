/** The command handler: `auxilio/service`. Load, decide, append, retry; exactly once by command id. */
export {
  AppendInDoubtError,
  CommandIdReusedError,
  MalformedCommandError,
  RetriesExhaustedError,
  type UnreadableReason,
  UnreadableStreamError,
} from './errors.ts';
export { commandHash } from './identity.ts';
export type { RetryOptions } from './retry.ts';
export {
  type Answer,
  createService,
  type LoadedVisit,
  type ServiceOptions,
  type VisitService,
} from './service.ts';
export type { ServiceStore } from './stream.ts';
