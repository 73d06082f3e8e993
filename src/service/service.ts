import { mustBe, mustKnow, mustKnowKeys, withCurrentNames } from '../kernel/known.ts';
import type { Actor, Id, Instant, Role, VisitCommand, VisitEvent } from '../messages/index.ts';
import type { Finding } from '../reading/index.ts';
import { type ExpectedStreamVersion, NO_CONCURRENCY_CHECK } from '../stores/event-store.ts';
import { decide, type Policy, type Rejection, type VisitState } from '../visit/index.ts';
import { roles } from '../visit/known.ts';
import { mustBePolicy } from '../visit/policy-check.ts';
import { actOfCommand } from '../visit/table.ts';
import { isId, parseCommand } from '../wire/index.ts';
import { executeCommands } from './command-handler.ts';
import type { Commit, Context } from './context.ts';
import { MalformedCommandError, NotAuthorizedError } from './errors.ts';
import { isRepeatOfCommand, type Recognition, type Request } from './idempotency.ts';
import { type Outcome, readableState, unreadFor } from './judging.ts';
import { clockOf, idsOf, jsonOf, mustBeFunction } from './option-validation.ts';
import { checkNamespace, checkProjection, type VisitProjection, within } from './projection.ts';
import { record } from './record-fact.ts';
import { type RetryOptions, resolveRetryOptions } from './retry.ts';
import { keptVisits } from './state-cache.ts';
import { asWritten, type Codec, readVisit, type ServiceStore, stateOf } from './stream.ts';
import { type Observer, safeObserver } from './telemetry.ts';
import { verifiedStreams } from './verification.ts';

/**
 * Options of {@link createService}.
 *
 * @since 0.1.0
 */
export type ServiceOptions = {
  /** The store of the visits. */
  store: ServiceStore;
  /** The policy of the host for all its visits; `defaultPolicy` without one. */
  policy?: Policy;
  /** The name of a visit's stream, another one for every visit; `visit-` and the id by default. */
  streamName?: (visitId: Id) => string;
  /** The id of a command that has none; a random UUID by default. What the wire would not let in is a TypeError. */
  newId?: () => Id;
  /**
   * The moment for `recordedAt`: RFC 3339, UTC `Z`, milliseconds; anything else is a TypeError. The clock of the machine by
   * default.
   */
  now?: () => Instant;
  /** The retries of conflicts. */
  retry?: RetryOptions;
  /** The codec of the stored `data`; they are stored as they are by default. @since 0.4.0 */
  codec?: Codec;
  /** Links events by their hashes (`auxilio/chain`), as it does by default. @since 0.4.0 */
  sealed?: boolean;
  /**
   * Verifies the seals of a visit before a command is stored on it, as they are by default where events are
   * `sealed`: a visit whole the first time that this process reads it, afterwards what is new. Events before the first sealed
   * one pass. A break refuses commands with {@link ChainBrokenError}; reading, and {@link VisitService.record}, go on.
   *
   * @since 0.5.0
   */
  verify?: boolean;
  /** Read models whose rows are written with the events, in one transaction. @since 0.4.0 */
  projections?: readonly VisitProjection[];
  /** Keeps the rows of `projections` apart from those of other services on the store. @since 0.5.0 */
  namespace?: string;
  /**
   * The number of visits that are kept folded in memory after an append, so that for the next command only new events are
   * read: 0 or
   * more. 1,000 by default, but 0 with a `codec`, for what it decoded would outlive its key. Nothing is trusted to be
   * current, and with `projections`, or over a store that does not declare `checksLastEventId`, all is read all the same.
   * @since 0.4.0
   */
  cacheSize?: number;
  /** @deprecated since 0.5.0: `cacheSize` is its name. */
  keepVisits?: number;
  /** The roles that may {@link VisitService.record}; none by default. @since 0.4.0 */
  factRecorders?: readonly Role[];
  /** @deprecated since 0.5.0: `factRecorders` is its name. */
  recorders?: readonly Role[];
  /**
   * Called after each append, and awaited. What it throws is reported to `observe` and undoes nothing. It is not called again
   * if the process ends before: what must happen follows the feed. @since 0.4.0
   */
  onCommit?: (commit: Commit) => unknown;
  /** Hears what the service does. @since 0.4.0 */
  observe?: Observer;
  /** From 0 up to 1, for the pauses; `Math.random` by default. */
  random?: () => number;
  /** Waits that many milliseconds. */
  sleep?: (durationMs: number) => Promise<void>;
};

/**
 * The answer to a command.
 *
 * Accepted: the events as they were stored, `state` and `version` right after them. `repeated` says that they had been
 * stored before, for the same command: then all else is as in the first answer, though the visit may have gone on, and
 * `recognisedBy` says how it was recognised.
 *
 * Refused: every rule that refuses it, on the `state` and `version` that it was judged on. Nothing is stored.
 *
 * @since 0.1.0
 */
export type CommandResult =
  | Readonly<{
      ok: true;
      events: readonly VisitEvent[];
      state: VisitState;
      version: bigint;
      repeated: boolean;
      /** Of a repeat. @since 0.5.0 */
      recognisedBy?: Recognition;
    }>
  | Readonly<{ ok: false; rejection: Rejection; state: VisitState; version: bigint }>;

/**
 * Answers whether the sender may see a visit, by its state: the initial one where there is no such visit, and where an event
 * of it
 * cannot be read, the one before that event. It is asked before anything is said that depends on the visit: its version, that
 * an id was used in it, what refuses a command. Anything but `true` is a {@link NotAuthorizedError}, also for a visit that is
 * missing, so that nobody learns which there are. It is not asked for the repeat of an accepted command by its own recorder,
 * who gets the first answer again; it is where the repeat is recognised by its id alone.
 *
 * Where nothing of a visit can be read, behind a codec that cannot decode or in a store that is corrupt, it is asked on the
 * initial
 * state: who may see that learns the error, everybody else that they may not see the visit.
 *
 * It answers at once and changes nothing: it may be asked several times.
 *
 * @since 0.5.0
 */
export type Authorize = (state: VisitState) => boolean;

/**
 * Options of {@link VisitService.handle}.
 *
 * @since 0.4.0
 */
export type HandleOptions = {
  /**
   * The version that the sender expects: the command is judged at that version or not at all, whatever others write
   * meanwhile. The
   * repeat of an accepted command is answered at any.
   */
  expectedVersion?: ExpectedStreamVersion;
  /** Answers whether the sender may see the visit; by default they may. @since 0.5.0 */
  authorize?: Authorize;
};

/**
 * Options of {@link VisitService.handleBatch}.
 *
 * @since 0.5.0
 */
export type BatchOptions = {
  /** As {@link Authorize}, asked for each command. */
  authorize?: (state: VisitState, command: VisitCommand) => boolean;
};

/**
 * Options of {@link VisitService.load}.
 *
 * @since 0.5.0
 */
export type LoadOptions = {
  /** Answers whether the reader may see the visit; by default they may. */
  authorize?: Authorize;
};

/**
 * The answer to a command of a batch: what {@link VisitService.handle} would have answered, or what it would have thrown.
 *
 * @since 0.4.0
 */
export type BatchResult = CommandResult | Readonly<{ ok: false; error: Error }>;

/**
 * A fact on record: the event as it was stored, what the audit finds in it, the visit right after it. `repeated` and
 * `recognisedBy` as in {@link CommandResult}.
 *
 * @since 0.4.0
 */
export type RecordResult = Readonly<{
  event: VisitEvent;
  findings: readonly Finding[];
  state: VisitState;
  version: bigint;
  repeated: boolean;
  /** Of a repeat. @since 0.5.0 */
  recognisedBy?: Recognition;
}>;

/**
 * A visit as it stands: `0n` and the initial state if it does not exist. `version` is a bigint, which `JSON.stringify` refuses:
 * send `String(version)`.
 *
 * @since 0.1.0
 */
export type LoadedVisit = Readonly<{ events: readonly VisitEvent[]; state: VisitState; version: bigint }>;

/**
 * Handles commands over a store.
 *
 * @since 0.1.0
 */
export type VisitService = {
  /**
   * Judges a command on its visit and stores the event that it becomes; on a conflict, reads and judges again.
   *
   * The command is parsed as `auxilio/wire` parses the text that JSON makes of it; its actor is trusted.
   *
   * With a `commandId` it is exactly once: a sender who repeats the same command, at the same time, after an answer that
   * got lost or after {@link AppendInDoubtError}, gets the first answer. The id is known in its visit alone: in another
   * visit it is another command's. A command without an id gets a new one, and sent again it is another command. A
   * refused command leaves nothing behind: sent again it is judged again, and its id may still serve another.
   *
   * The repeat of an accepted command is no decision: it is answered if the visit can be read up to it.
   *
   * @throws MalformedCommandError when it is no command
   * @throws NotAuthorizedError when the sender may not see the visit
   * @throws CommandIdReusedError when the id belongs to a command of other content in this visit
   * @throws VersionMismatchError when the visit is not at the expected version
   * @throws UnreadableStreamError when the visit holds what this release cannot read
   * @throws ChainBrokenError when the seals of the visit do not hold
   * @throws RetriesExhaustedError when each try met a conflict
   * @throws AppendInDoubtError when the store failed in such a way that the events may have been written
   * @throws StoreError when the store failed and nothing was written; what else a store throws when it is read
   */
  handle(command: VisitCommand, options?: HandleOptions): Promise<CommandResult>;

  /**
   * Handles many commands, as a phone that was offline sends them. Those of one visit are judged in their order, each on what
   * those before it make of the visit, and all that are accepted are stored at once; one that is refused or fails does not
   * stop the others. The answers stand in the order of the commands.
   *
   * @since 0.4.0
   */
  handleBatch(commands: readonly VisitCommand[], options?: BatchOptions): Promise<BatchResult[]>;

  /**
   * Stores what did happen, though `decide` would refuse it: from another system, or a device that was offline. The event is
   * checked by its schema alone and appended, and the answer says what the audit finds in it.
   *
   * `recorder` is the person who brings it, not the author of the act (`data.by`), and is kept in `metadata.recorder`, and
   * the metadata that the
   * event brought in `metadata.source`. With `metadata.commandId`, or else `eventId`, it is stored exactly once, as a command.
   *
   * @throws RecordingForbiddenError when the host lets nobody of that role record facts
   * @throws MalformedFactError when it is no event of this release, would be none with what is stored beside it, or the
   *   recorder is no actor
   * @throws what {@link VisitService.handle} throws, but {@link MalformedCommandError} and {@link ChainBrokenError}
   * @since 0.4.0
   */
  record(fact: VisitEvent, recorder: Actor): Promise<RecordResult>;

  /**
   * Reads a visit.
   *
   * @throws TypeError for what is no id
   * @throws NotAuthorizedError when the reader may not see it
   * @throws UnreadableStreamError when the visit holds what this release cannot read
   */
  load(visitId: Id, options?: LoadOptions): Promise<LoadedVisit>;
};

const serviceOptions: Readonly<Record<Exclude<keyof ServiceOptions, keyof typeof renamedOptions>, 0>> = {
  store: 0,
  policy: 0,
  streamName: 0,
  newId: 0,
  now: 0,
  retry: 0,
  codec: 0,
  sealed: 0,
  projections: 0,
  verify: 0,
  namespace: 0,
  cacheSize: 0,
  factRecorders: 0,
  onCommit: 0,
  observe: 0,
  random: 0,
  sleep: 0,
};

const renamedOptions = { keepVisits: 'cacheSize', recorders: 'factRecorders' } as const;

const handleOptions: Readonly<Record<keyof HandleOptions, 0>> = { expectedVersion: 0, authorize: 0 };
const batchOptions: Readonly<Record<keyof BatchOptions, 0>> = { authorize: 0 };
const loadOptions: Readonly<Record<keyof LoadOptions, 0>> = { authorize: 0 };
const retryOptions: Readonly<Record<keyof RetryOptions, 0>> = { maxRetries: 0, baseDelayMs: 0, maxDelayMs: 0 };

/**
 * The command handler: load, decide, append, retry; idempotent by command id.
 *
 * @throws TypeError when `store` is no store, or keeps no rows though there are `projections`, when two of these have one
 * name, or
 *   `codec` or `factRecorders` are invalid, or an option, a role, or a rule or threshold of the policy is not known, or when
 * seals are
 *   to be verified that are not made
 * @throws RangeError when `cacheSize` or a number of `retry` is out of its range
 * @since 0.1.0
 */
export function createService(given: ServiceOptions): VisitService {
  const options = withCurrentNames('createService', given, renamedOptions);
  const { store, codec, factRecorders = [], projections = [] } = options ?? {};
  if (typeof store?.readStream !== 'function' || typeof store.appendToStream !== 'function') {
    throw new TypeError('createService takes { store } with readStream and appendToStream');
  }
  if (!Array.isArray(projections)) throw new TypeError('createService takes { projections } as a list');
  for (const projection of projections) checkProjection(projection);
  checkNamespace(options.namespace);
  if (projections.length > 0 && !('readRows' in store)) {
    throw new TypeError('createService takes { projections } with a store that keeps rows');
  }
  if (new Set(projections.map(({ name }) => name)).size < projections.length) {
    throw new TypeError('createService takes { projections } of different names');
  }
  if (codec !== undefined && (typeof codec?.encode !== 'function' || typeof codec.decode !== 'function')) {
    throw new TypeError('createService takes { codec } with encode and decode');
  }
  if (options.verify === true && options.sealed === false) {
    throw new TypeError('createService takes { verify } where events are sealed');
  }
  if (!Array.isArray(factRecorders)) throw new TypeError('createService takes { factRecorders } as a list of roles');
  mustKnowKeys('createService', options, serviceOptions);
  mustKnowKeys('retry', options.retry ?? {}, retryOptions);
  for (const name of ['streamName', 'newId', 'now', 'onCommit', 'observe', 'random', 'sleep'] as const) {
    mustBeFunction(`createService takes { ${name} } as`, options[name]);
  }
  for (const name of ['sealed', 'verify'] as const) {
    mustBe(
      typeof (options[name] ?? true) === 'boolean',
      `createService takes { ${name} } as true or false`,
      options[name],
    );
  }
  for (const role of factRecorders) mustKnow('role', role, roles);
  if (options.policy !== undefined) mustBePolicy(options.policy);
  const context = contextOf(options);
  return {
    handle: (command, options) => handle(context, command, options),
    handleBatch: (commands, options) => handleBatch(context, commands, options),
    record: (fact, recorder) => record(context, fact, recorder),
    load: (visitId, options) => load(context, visitId, options),
  };
}

function contextOf({
  store,
  policy,
  codec,
  sealed = true,
  verify = sealed,
  projections = [],
  namespace,
  cacheSize = codec === undefined ? 1000 : 0,
  factRecorders = [],
  streamName = (visitId) => `visit-${visitId}`,
  newId,
  now,
  retry,
  random = Math.random,
  sleep = (durationMs) => new Promise((resolve) => setTimeout(resolve, durationMs)),
  onCommit = () => undefined,
  observe,
}: ServiceOptions): Context {
  return {
    store,
    policy,
    codec,
    sealed,
    projections: projections.map((projection) => within(projection, namespace)),
    // Rows are made of whole visits: what is kept would never be looked at. A store that checks versions alone may have
    // another visit at that version.
    kept: keptVisits(projections.length > 0 || store.checksLastEventId !== true ? Math.min(cacheSize, 0) : cacheSize),
    verified: verify ? verifiedStreams() : undefined,
    factRecorders,
    streamName,
    newId: newId === undefined ? () => crypto.randomUUID() : idsOf(newId),
    now: now === undefined ? () => new Date().toISOString() : clockOf(now),
    retry: resolveRetryOptions(retry),
    random,
    sleep,
    onCommit,
    observe: safeObserver(observe),
  };
}

/**
 * The command as the wire lets it in: what is judged is what will be stored and can be read again, even if the caller
 * goes on to change their object.
 */
function requestOf(context: Context, given: VisitCommand, authorize?: BatchOptions['authorize']): Request {
  const parsed = parseCommand(jsonOf(given));
  if (!parsed.ok) throw new MalformedCommandError(parsed.issues);
  const command = parsed.value;
  const { type, data, metadata } = command;
  return {
    commandId: metadata.commandId ?? context.newId(),
    streamName: context.streamName(data.visitId),
    about: { visitId: data.visitId, type, role: metadata.actor.role },
    isFact: false,
    becomes: actOfCommand(type)?.event,
    matches: (event) => isRepeatOfCommand(command, event),
    judge: (state) => decide(command, state, context.policy),
    authorize: authorize && ((state) => authorize(state, command)),
  };
}

async function handle(context: Context, given: VisitCommand, options: HandleOptions = {}): Promise<CommandResult> {
  mustKnowKeys('handle', options, handleOptions);
  const { expectedVersion = NO_CONCURRENCY_CHECK, authorize } = options;
  mustBeFunction('authorize is', authorize);
  const request = { ...requestOf(context, given, authorize), expectedVersion };
  const [outcome] = await executeCommands(context, request.streamName, [request]);
  if (outcome?.answer === undefined) throw outcome?.error;
  return outcome.answer;
}

const NO_ID =
  'load takes the id of a visit: 1 to 128 letters, digits or . _ : / @ + -, beginning with a letter or a digit';

async function load(context: Context, visitId: Id, options: LoadOptions = {}): Promise<LoadedVisit> {
  mustKnowKeys('load', options, loadOptions);
  if (!isId(visitId)) throw new TypeError(NO_ID);
  const { authorize } = options;
  mustBeFunction('authorize is', authorize);
  const stream = await readVisit(context.store, context.streamName(visitId), context.codec).catch((error: unknown) => {
    throw unreadFor(error, authorize);
  });
  if (authorize !== undefined && authorize(readableState(stream)) !== true) throw new NotAuthorizedError();
  return { events: stream.events.map(asWritten), state: stateOf(stream), version: stream.version };
}

/** Carries out the commands of each visit together, and the visits in parallel. */
async function handleBatch(
  context: Context,
  commands: readonly VisitCommand[],
  options: BatchOptions = {},
): Promise<BatchResult[]> {
  mustKnowKeys('handleBatch', options, batchOptions);
  if (!Array.isArray(commands)) throw new TypeError('handleBatch takes a list of commands');
  const { authorize } = options;
  mustBeFunction('authorize is', authorize);
  const outcomes: Outcome[] = [];
  const visits = new Map<string, { index: number; request: Request }[]>();
  commands.forEach((command, index) => {
    try {
      const request = requestOf(context, command, authorize);
      const those = visits.get(request.streamName) ?? [];
      visits.set(request.streamName, those);
      those.push({ index, request });
    } catch (error) {
      outcomes[index] = { error };
    }
  });
  const handleVisit = async ([streamName, those]: [string, { index: number; request: Request }[]]) => {
    const requests = those.map(({ request }) => request);
    const settled = await executeCommands(context, streamName, requests);
    those.forEach(({ index }, place) => {
      outcomes[index] = settled[place] as Outcome;
    });
  };
  await Promise.all([...visits].map(handleVisit));
  return outcomes.map(batchAnswer);
}

function batchAnswer({ answer, error }: Outcome): BatchResult {
  if (answer !== undefined) return answer;
  return { ok: false, error: error instanceof Error ? error : new Error('The command failed', { cause: error }) };
}
