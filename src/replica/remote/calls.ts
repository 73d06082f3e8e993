/** Calls to the server end: with an answer, an error of the server, or when their time is over. */
import { runtime } from '../../util/runtime.ts';
import { type Answered, checkedAssignments, checkedEvents, checkedSyncAnswer, readFields } from './answers.ts';
import { type Remote, type RemoteCallOptions, RemoteError, type RemoteErrorKind } from './remote.ts';

/** The longest time that a timer takes: one of more fires at once. */
export const LONGEST_MS = 2 ** 31 - 1;

/** True if the browser knows that there is no network. */
export const isOffline = (): boolean =>
  (globalThis as { navigator?: { onLine?: boolean } }).navigator?.onLine === false;

type ServerCall<Call> = Call extends (...given: infer Given) => Promise<infer T>
  ? (...given: Given) => Promise<Answered<T>>
  : never;

/** The server of a replica: each call ends in time, with an answer that can be used, or with the failure as a value. */
export type Server = Readonly<{ [Name in keyof Remote]: ServerCall<NonNullable<Remote[Name]>> }>;

export function createServer(remote: Remote, timeoutMs: number): Server {
  async function bounded<T>(
    given: RemoteCallOptions | undefined,
    call: (options: { signal: AbortSignal }) => Promise<T>,
  ): Promise<Answered<T>> {
    const signal = given?.signal;
    const controller = new AbortController();
    const cancel = runtime.setTimer(
      () => controller.abort(new RemoteError('unavailable', 'The server did not answer in time')),
      Math.min(timeoutMs, LONGEST_MS),
    );
    const stop = () => controller.abort(new RemoteError('unavailable', 'The call was given up'));
    signal?.addEventListener('abort', stop);
    if (signal?.aborted) stop();
    try {
      const value = await Promise.race([call({ signal: controller.signal }), whenAborted(controller.signal)]);
      return { ok: true, value };
    } catch (error) {
      return { ok: false, failure: asRemoteError(error) };
    } finally {
      cancel();
      signal?.removeEventListener('abort', stop);
    }
  }
  const { takeLead, hasPhoto, registerKey } = remote;
  return {
    ...(takeLead && {
      takeLead: (visitId, device, options) => bounded(options, (own) => takeLead.call(remote, visitId, device, own)),
    }),
    ...(registerKey && {
      registerKey: (device, key, options) => bounded(options, (own) => registerKey.call(remote, device, key, own)),
    }),
    ...(hasPhoto && { hasPhoto: (photo, options) => bounded(options, (own) => hasPhoto.call(remote, photo, own)) }),
    sync: (batch, options) => bounded(options, async (own) => checkedSyncAnswer(await remote.sync(batch, own), batch)),
    events: (visitId, after, options) =>
      bounded(options, async (own) => {
        return checkedEvents(await remote.events(visitId, after, { ...options, ...own }), visitId, after);
      }),
    assignments: (after, options) =>
      bounded(options, async (own) => checkedAssignments(await remote.assignments(after, own), after)),
    putPhoto: (photo, options) => bounded(options, (own) => remote.putPhoto(photo, own)),
  };
}

function whenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const stop = () => reject(signal.reason);
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop);
  });
}

const kindsOfFailure: Readonly<Record<RemoteErrorKind, 0>> = {
  unavailable: 0,
  unauthenticated: 0,
  forbidden: 0,
  malformed: 0,
  'photos-missing': 0,
  'too-large': 0,
  refused: 0,
  'upgrade-required': 0,
};

/** An error of the remote: one of another copy of the class, too; of no kind that there is, it is as any other. */
function asRemoteError(error: unknown): RemoteError {
  const isOfKind = Object.hasOwn(kindsOfFailure, String((error as Partial<RemoteError> | null)?.kind));
  if (error instanceof RemoteError && isOfKind) return error;
  const { code, kind, message, ...details } = readFields(error) as Partial<RemoteError>;
  if (code === 'remote-failed' && kind !== undefined && isOfKind)
    return new RemoteError(kind, String(message), details as never);
  return new RemoteError('unavailable', `The call failed: ${String(message ?? error)}`, { cause: error });
}
