import { randomUUID } from 'node:crypto';
import type { Id, Instant, VisitCommand, VisitEvent } from '../messages/index.ts';
import { isEventIdReused, isStoreError, isVersionConflict } from '../stores/errors.ts';
import { STREAM_DOES_NOT_EXIST } from '../stores/port.ts';
import { decide, evolve, type Policy, type Rejection, type VisitState } from '../visit/index.ts';
import { parseCommand } from '../wire/index.ts';
import { AppendInDoubtError, CommandIdReusedError, MalformedCommandError, RetriesExhaustedError } from './errors.ts';
import { commandHash, type KnownCommand, stamped } from './identity.ts';
import { delayMs, type Retry, type RetryOptions, retryOf } from './retry.ts';
import { asWritten, readVisit, type ServiceStore, stateOf, type VisitStream } from './stream.ts';

/**
 * Options of {@link createService}.
 *
 * @since 0.1.0
 */
export type ServiceOptions = {
  /** Where the visits are kept. */
  store: ServiceStore;
  /** What the host decides for all its visits; `defaultPolicy` without one. */
  policy?: Policy;
  /** The name of a visit's stream, another one for every visit; `visit-` and the id by default. */
  streamName?: (visitId: Id) => string;
  /** The id of a command that has none; a random UUID by default. */
  newId?: () => Id;
  /** The moment for `recordedAt`: RFC 3339, UTC `Z`, milliseconds. The clock of the machine by default. */
  now?: () => Instant;
  /** How conflicts are retried. */
  retry?: RetryOptions;
  /** From 0 up to 1, for the pauses; `Math.random` by default. */
  random?: () => number;
  /** Waits that many milliseconds. */
  sleep?: (durationMs: number) => Promise<void>;
};

/**
 * The answer to a command.
 *
 * Accepted: the events as they were stored, `state` and `version` right after them. `repeated` says that they had been
 * stored before, for the same command: then all else is as in the first answer, though the visit may have gone on.
 *
 * Refused: every rule that refuses it, on the `state` and `version` that it was judged on. Nothing is stored.
 *
 * @since 0.1.0
 */
export type Answer =
  | Readonly<{ ok: true; events: readonly VisitEvent[]; state: VisitState; version: bigint; repeated: boolean }>
  | Readonly<{ ok: false; rejection: Rejection; state: VisitState; version: bigint }>;

/** A visit as it stands: `0n` and the initial state if there is none. @since 0.1.0 */
export type LoadedVisit = Readonly<{ events: readonly VisitEvent[]; state: VisitState; version: bigint }>;

/**
 * Handles commands over a store.
 *
 * @since 0.1.0
 */
export type VisitService = {
  /**
   * Judges a command on its visit and stores the event that it becomes; on a conflict, reads and judges anew.
   *
   * The command is parsed as `auxilio/wire` does; its actor is trusted to be who he is.
   *
   * With a `commandId` it is exactly once: whoever sends the same command again, at the same time, after an answer that
   * got lost or after {@link AppendInDoubtError}, gets the first answer. The id is known in its visit alone: in another
   * visit it is another command's. A command without an id gets a new one, and sent again it is another command. A
   * refused command leaves nothing behind: sent again it is judged anew, and its id may still serve another.
   *
   * The repeat of an accepted command is no decision: it is answered if the visit can be read up to it.
   *
   * @throws MalformedCommandError when it is none
   * @throws CommandIdReusedError when the id belongs to a command of other content in this visit
   * @throws UnreadableStreamError when the visit holds what this release cannot read
   * @throws RetriesExhaustedError when each try met a conflict
   * @throws AppendInDoubtError when the store failed in such a way that the events may have been written
   * @throws StoreError when the store failed and nothing was written; what else a store throws when it is read
   */
  handle(command: VisitCommand): Promise<Answer>;

  /**
   * Reads a visit.
   *
   * @throws UnreadableStreamError when the visit holds what this release cannot read
   */
  load(visitId: Id): Promise<LoadedVisit>;
};

type Context = Required<Omit<ServiceOptions, 'policy' | 'retry'>> & { policy: Policy | undefined; retry: Retry };

/**
 * The command handler: load, decide, append, retry; idempotent by command id.
 *
 * @since 0.1.0
 */
export function createService(options: ServiceOptions): VisitService {
  const { store } = options;
  if (typeof store?.readStream !== 'function' || typeof store.appendToStream !== 'function') {
    throw new TypeError('createService takes { store } with readStream and appendToStream');
  }
  const context = contextOf(options);
  return {
    handle: (command) => handle(context, command),
    load: async (visitId) => {
      const stream = await readVisit(context.store, context.streamName(visitId));
      return { events: stream.events.map(asWritten), state: stateOf(stream), version: stream.version };
    },
  };
}

function contextOf({
  store,
  policy,
  streamName = (visitId) => `visit-${visitId}`,
  newId = randomUUID,
  now = () => new Date().toISOString(),
  retry,
  random = Math.random,
  sleep = (durationMs) => new Promise((resolve) => setTimeout(resolve, durationMs)),
}: ServiceOptions): Context {
  return { store, policy, streamName, newId, now, retry: retryOf(retry), random, sleep };
}

async function handle(context: Context, asked: VisitCommand): Promise<Answer> {
  const command = wellFormed(asked);
  const known: KnownCommand = {
    command,
    commandId: command.metadata.commandId ?? context.newId(),
    commandHash: commandHash(command),
    streamName: context.streamName(command.data.visitId),
  };
  let conflict: unknown;
  for (let retry = 0; ; retry++) {
    const stream = await readVisit(context.store, known.streamName);
    const earlier = earlierAnswer(stream, known);
    if (earlier !== undefined) return earlier;
    if (retry > context.retry.maxRetries) throw new RetriesExhaustedError(known.commandId, { cause: conflict });
    const tried = await decideAndAppend(context, stream, known);
    if (!(tried instanceof Conflict)) return tried;
    conflict = tried.cause;
    await context.sleep(delayMs(context.retry, retry, context.random));
  }
}

/**
 * The command as the wire lets it in: what is judged is what will be stored and can be read again, even if the caller
 * goes on to change his object.
 */
function wellFormed(asked: VisitCommand): VisitCommand {
  const parsed = parseCommand(JSON.stringify(asked) ?? '');
  if (!parsed.ok) throw new MalformedCommandError(parsed.issues);
  return parsed.value;
}

/** Another append came first; the visit must be read again. */
class Conflict {
  readonly cause: unknown;

  constructor(cause?: unknown) {
    this.cause = cause;
  }
}

/** The answer that the command got when it was accepted, if it was. */
function earlierAnswer(stream: VisitStream, { commandId, commandHash }: KnownCommand): Answer | undefined {
  const last = stream.events.findLastIndex(({ metadata }) => metadata.commandId === commandId);
  const event = stream.events[last];
  if (event === undefined) return undefined;
  if (event.metadata.commandHash !== commandHash) throw new CommandIdReusedError(commandId);
  const events = stream.events.filter(({ metadata }) => metadata.commandId === commandId).map(asWritten);
  const state = stateOf(stream, last + 1);
  return { ok: true, events, state, version: event.metadata.streamPosition, repeated: true };
}

async function decideAndAppend(context: Context, stream: VisitStream, known: KnownCommand): Promise<Answer | Conflict> {
  const state = stateOf(stream);
  const decision = decide(known.command, state, context.policy);
  if (!decision.ok) return { ok: false, rejection: decision.rejection, state, version: stream.version };
  const events = stamped(decision.events, known, context.now());
  const appended = await append(context.store, stream, events, known);
  if (appended instanceof Conflict) return appended;
  return { ok: true, events, state: events.reduce(evolve, state), version: appended, repeated: false };
}

/** Appends to the stream as it was read; answers with its version thereafter. */
async function append(store: ServiceStore, stream: VisitStream, events: readonly VisitEvent[], known: KnownCommand) {
  const expectedStreamVersion = stream.version === 0n ? STREAM_DOES_NOT_EXIST : stream.version;
  try {
    const answer = await store.appendToStream(known.streamName, events, { expectedStreamVersion });
    return answer.repeated ? new Conflict() : answer.nextExpectedStreamVersion;
  } catch (error) {
    if (isVersionConflict(error) || isEventIdReused(error)) return new Conflict(error);
    if (isStoreError(error) && error.kind !== 'io') throw error;
    throw new AppendInDoubtError(known.commandId, { cause: error });
  }
}
