import { mustKnowKeys } from '../kernel/known.ts';
import type { Actor, Id, SettleDiscrepancy, VisitCommand, VisitEvent } from '../messages/index.ts';
import type { Integrity } from '../reading/integrity.ts';
import { NO_CONCURRENCY_CHECK } from '../stores/event-store.ts';
import { jsonable } from '../util/digits.ts';
import { mapInSlices, yieldIfDue } from '../util/slices.ts';
import { isId } from '../wire/characters.ts';
import { executeCommands } from './command-handler.ts';
import {
  type Admitted,
  admitDirect,
  createRequest,
  parseDirect,
  parseGiven,
  settlementRequest,
} from './command-request.ts';
import { type Context, createContext } from './context.ts';
import type { Request } from './idempotency.ts';
import { authorize, type RequestOutcome, readableState, readErrorFor } from './judging.ts';
import { record } from './record-fact.ts';
import type { BatchResult, CommandAnswer, CommandResult, LoadedVisit, RecordResult, SyncResult } from './results.ts';
import {
  type BatchOptions,
  batchOptions,
  checkServiceOptions,
  type HandleOptions,
  handleOptions,
  type LoadOptions,
  loadOptions,
  type ServiceOptions,
  type SyncOptions,
} from './service-options.ts';
import { UnreadableStreamError } from './shared/errors.ts';
import { mustBeFunction, mustBeSignal } from './shared/option-validation.ts';
import { foldLog, readVisit } from './shared/stream.ts';
import { integrityInSlices, verifyStored } from './shared/verification.ts';
import { waitUntilAborted } from './subscription/time-limits.ts';
import { sync } from './sync.ts';
import type { SyncRequest } from './sync-batch.ts';

/**
 * Handles the commands of visits over a store. Created by {@link createService}.
 *
 * @since 0.1.0
 */
export type VisitService = {
  /**
   * Judges a command on its visit and stores the event that it becomes; on a conflict, reads and judges again.
   *
   * The command is serialized as JSON and parsed by `auxilio/wire`; its actor is trusted.
   *
   * A command with a `commandId` is executed exactly once. A sender who repeats it, at the same time, after a lost answer or after
   * {@link AppendInDoubtError}, gets the first answer. The repeat is not judged: it is answered if the visit can be read up to it.
   *
   * - An id belongs to its visit: in another visit it is the id of another command.
   * - A command without an id gets a new one, and is another command when it is sent again.
   * - A refused command leaves nothing behind: it is judged again when it is sent again, and its id may be used for another.
   *
   * The {@link PersonalMetadata} of the command are kept on the event.
   *
   * @throws MalformedCommandError when the command is invalid
   * @throws ReconciledActError for `ReportDiscrepancy` and `SettleDiscrepancy`: {@link VisitService.sync} makes the one, and
   *   {@link VisitService.settle} takes the other
   * @throws NotAuthorizedError when the sender may not see the visit
   * @throws CommandIdReusedError when the id belongs to a command of other content in this visit, or to an act that was
   *   reported by {@link VisitService.sync}
   * @throws VersionMismatchError when the visit is not at the expected version
   * @throws UnreadableStreamError when the visit holds what this release cannot read
   * @throws ChainBrokenError when the seals of the visit do not hold
   * @throws RetriesExhaustedError when each try met a conflict
   * @throws AppendInDoubtError when the store failed in such a way that the events may have been written
   * @throws StoreError when the store failed and nothing was written; and any other error of a store when it is read
   */
  handle(command: VisitCommand, options?: HandleOptions): Promise<CommandResult>;

  /**
   * Handles many commands. Those of one visit are judged in order, each on the state after those before it, and the events of all
   * accepted ones are stored at once. A command that is refused or fails does not stop the others. The answers are in the order of
   * the commands. For the queue of a phone that was offline, see {@link VisitService.sync}.
   *
   * @since 0.4.0
   */
  handleBatch(commands: readonly VisitCommand[], options?: BatchOptions): Promise<BatchResult[]>;

  /**
   * Records a fact, even if `decide` would refuse it: from another system, or a device that was offline. Only the schema of the
   * event is validated. The event is appended, and the answer has its findings in the audit.
   *
   * `recorder` is the person who records it, not the author of the act (`data.by`); it is stored in `metadata.recorder`, and
   * the original metadata of the event in `metadata.source`. With `metadata.commandId`, or else `eventId`, it is stored exactly
   * once, like a command.
   *
   * @throws ReconciledActError for `DiscrepancyReported` and `DiscrepancySettled`
   * @throws RecordingForbiddenError when that role may not record facts
   * @throws MalformedFactError when the event is invalid, alone or with the metadata that is stored with it, or the recorder is
   *   no actor
   * @throws what {@link VisitService.handle} throws, but {@link MalformedCommandError} and {@link ChainBrokenError}
   * @since 0.4.0
   */
  record(fact: VisitEvent, recorder: Actor): Promise<RecordResult>;

  /**
   * Reconciles the commands that a provider or a client recorded offline, on the events that they had seen, with the log as it is
   * now (PROTOCOL §10). Stores all that follows at once; on a conflict, reads and reconciles again. `sender` is the recorder of
   * all of them, from the host's authenticated context.
   *
   * An accepted command is stored as an event. A command that the rules refuse, or whose fact the contact center recorded, is not
   * dropped: it is reported in one `DiscrepancyReported`, which {@link VisitService.settle} settles.
   *
   * Each command is on record once, however often and in whichever batch it is sent: a repeat gets its first outcome, and nothing
   * is stored for it. Keep a command until its outcome has come; then continue from `events`.
   *
   * @throws MalformedCommandError when a command is invalid: paths begin with its place, `/commands/3`
   * @throws BatchRefusedError when the commands are no batch of the sender in that visit, or too many or too large
   * @throws VisitTooLongError when the visit has, or would have, more than `LIMITS.visitEvents` events
   * @throws NotAuthorizedError when the sender may not see the visit
   * @throws what {@link VisitService.handle} throws of the visit and the store; the id of an {@link AppendInDoubtError} is that
   *   of the first command: send the whole batch again
   * @since 0.5.0
   */
  sync(request: SyncRequest, sender: Actor, options?: SyncOptions): Promise<SyncResult>;

  /**
   * Settles a discrepancy (PROTOCOL §10): stores at once the acts that are taken, as they were reported, recorded by the operator,
   * and the `DiscrepancySettled` after them. Idempotent by the command's id, like {@link VisitService.handle}.
   *
   * @throws TypeError for another command
   * @throws VisitTooLongError when the visit would have more than `LIMITS.visitEvents` events
   * @throws what {@link VisitService.handle} throws
   * @since 0.5.0
   */
  settle(command: SettleDiscrepancy, options?: HandleOptions): Promise<CommandResult>;

  /**
   * Reads a visit. A visit whose seals do not hold is read, too: `integrity` says where it breaks.
   *
   * @throws TypeError for an invalid id
   * @throws NotAuthorizedError when the reader may not see it
   * @throws UnreadableStreamError when the visit holds what this release cannot read
   */
  load(visitId: Id, options?: LoadOptions): Promise<LoadedVisit>;
};

/**
 * Creates the command handler over a store: it loads a visit, decides on a command, appends its event, and tries again on a
 * conflict. Idempotent by command id.
 *
 * @throws TypeError when `store` is invalid, or keeps no rows though there are `projections`; when two projections have one
 *   name; when `codec` or `factRecorders` are invalid; when an option, a role, a rule or a threshold of the policy is unknown; or
 *   when seals are to be verified though events are not sealed
 * @throws RangeError when `cacheSize` or a number of `retry` is out of its range
 * @example
 * ```ts
 * import { commands, explain } from 'auxilio';
 * import { memoryStore } from 'auxilio/memory';
 * import { createService } from 'auxilio/service';
 *
 * const service = createService({ store: memoryStore() });
 * const at = '2026-03-17T14:40:00.000Z';
 * const arrival = commands.recordArrival({ visitId: 'v-1', at }, { role: 'provider', id: 'prov-14' }, 'phone-7-1');
 * const result = await service.handle(arrival);
 * if (result.ok) console.log(result.events, result.version, result.repeated);
 * else console.log(explain(result.rejection, 'en')); // First assign the visit.
 * ```
 * @since 0.1.0
 */
export function createService(options: ServiceOptions): VisitService {
  checkServiceOptions(options);
  const context = createContext(options);
  return {
    handle: async (command, options) => jsonable(await handle(context, command, options)),
    handleBatch: (commands, options) => handleBatch(context, commands, options),
    record: async (fact, recorder) => jsonable(await record(context, fact, recorder)),
    sync: async (request, sender, options) => jsonable(await sync(context, request, sender, options)),
    settle: async (command, options) => jsonable(await settle(context, command, options)),
    load: (visitId, options) => load(context, visitId, options),
  };
}

function handle(context: Context, given: VisitCommand, options: HandleOptions = {}): Promise<CommandAnswer> {
  return execute(context, 'handle', options, () => parseDirect(given), createRequest);
}

function settle(context: Context, given: SettleDiscrepancy, options: HandleOptions = {}): Promise<CommandAnswer> {
  const parse = () => {
    const command = parseGiven(given);
    if (command.type !== 'SettleDiscrepancy') throw new TypeError('settle takes a command SettleDiscrepancy');
    return command;
  };
  return execute(context, 'settle', options, parse, (_, admitted, authorize) =>
    settlementRequest(context, createRequest(context, admitted, authorize), admitted.message as SettleDiscrepancy),
  );
}

/** Executes one request, and answers for it. */
async function execute(
  context: Context,
  method: string,
  options: HandleOptions,
  parse: () => VisitCommand,
  requestOf: typeof createRequest,
): Promise<CommandAnswer> {
  mustKnowKeys(method, options, handleOptions);
  const { expectedVersion = NO_CONCURRENCY_CHECK, authorize } = options;
  mustBeFunction('authorize is', authorize);
  const [admitted] = await admitDirect(context, [parse()]);
  const request = { ...requestOf(context, admitted as Admitted, authorize), expectedVersion };
  const [outcome] = (await executeCommands(context, request.streamName, [request])) as [RequestOutcome];
  const { answer, error } = restoreRefusal(context, request, outcome);
  if (answer === undefined) throw error;
  return answer;
}

/** The outcome of a request; a refusal has the texts of the request again, which no stored event has. */
function restoreRefusal({ privacy }: Context, { texts }: Request, outcome: RequestOutcome): RequestOutcome {
  const { answer } = outcome;
  if (answer === undefined || answer.ok || privacy === undefined || texts === undefined) return outcome;
  return { ...outcome, answer: { ...answer, rejection: privacy.restoreTexts(answer.rejection, texts) } };
}

const NO_ID =
  'load takes the id of a visit: 1 to 128 letters, digits or . _ : / @ + -, beginning with a letter or a digit';

async function load(context: Context, visitId: Id, options: LoadOptions = {}): Promise<LoadedVisit> {
  mustKnowKeys('load', options, loadOptions);
  if (!isId(visitId)) throw new TypeError(NO_ID);
  mustBeFunction('authorize is', options.authorize);
  const { signal } = options;
  mustBeSignal(signal);
  const loaded = await waitUntilAborted(readAndFold(context, visitId, options), signal);
  signal?.throwIfAborted();
  return loaded as LoadedVisit;
}

async function readAndFold(context: Context, visitId: Id, options: LoadOptions): Promise<LoadedVisit> {
  const stream = await readVisit(context.store, context.streamName(visitId), context.codec).catch((error: unknown) => {
    throw readErrorFor(error, options.authorize);
  });
  const log = await foldLog(stream, options.signal).catch((error: unknown) => {
    if (error instanceof UnreadableStreamError) authorize(options, () => readableState(stream));
    throw error;
  });
  authorize(options, () => log.state);
  const { stored, version } = stream;
  if (options.verify) verified.set(stored, await integrityInSlices(stored, options.signal));
  const loaded = { ...log, version };
  Object.defineProperty(loaded, STORED, { value: stored });
  Object.defineProperty(loaded, 'integrity', lazyIntegrity);
  return jsonable(loaded as typeof loaded & { readonly integrity: Integrity });
}

/** The events of a loaded visit as they are stored. */
const STORED = Symbol('stored');
const verified = new WeakMap<readonly unknown[], Integrity>();

/** Verifies the seals when `integrity` is first read. One getter for all visits: V8 would keep those of each until a full collection. */
const lazyIntegrity = {
  enumerable: true,
  get(this: { readonly [STORED]: readonly unknown[] }): Integrity {
    const stored = this[STORED];
    const integrity = verified.get(stored) ?? verifyStored(stored);
    verified.set(stored, integrity);
    return integrity;
  },
};

/** Executes the commands of each visit together, and the visits in parallel; begins them in slices of time. */
async function handleBatch(
  context: Context,
  commands: readonly VisitCommand[],
  options: BatchOptions = {},
): Promise<BatchResult[]> {
  mustKnowKeys('handleBatch', options, batchOptions);
  if (!Array.isArray(commands)) throw new TypeError('handleBatch takes a list of commands');
  const { authorize } = options;
  mustBeFunction('authorize is', authorize);
  const outcomes: RequestOutcome[] = [];
  const parsed: { index: number; command: VisitCommand }[] = [];
  await mapInSlices([...commands.entries()], ([index, command]) => {
    try {
      parsed.push({ index, command: parseDirect(command) });
    } catch (error) {
      outcomes[index] = { error };
    }
  });
  const admitted = await admitDirect(
    context,
    parsed.map(({ command }) => command),
  ).catch((error: unknown) => {
    for (const { index } of parsed) outcomes[index] = { error };
    return [];
  });
  const visits = new Map<string, { index: number; request: Request }[]>();
  await mapInSlices([...admitted.entries()], ([nth, one]) => {
    const { index } = parsed[nth] as (typeof parsed)[number];
    const request = createRequest(context, one, authorize);
    const group = visits.get(request.streamName) ?? [];
    visits.set(request.streamName, group);
    group.push({ index, request });
  });
  const handleVisit = async (streamName: string, group: readonly { index: number; request: Request }[]) => {
    const requests = group.map(({ request }) => request);
    const settled = await executeCommands(context, streamName, requests);
    group.forEach(({ index }, place) => {
      outcomes[index] = restoreRefusal(context, requests[place] as Request, settled[place] as RequestOutcome);
    });
  };
  const running: Promise<void>[] = [];
  for (const [streamName, group] of visits) {
    if (running.length > 0) await yieldIfDue();
    running.push(handleVisit(streamName, group));
  }
  await Promise.all(running);
  return outcomes.map(batchAnswer);
}

function batchAnswer({ answer, error }: RequestOutcome): BatchResult {
  if (answer !== undefined) return jsonable(answer);
  return { ok: false, error: error instanceof Error ? error : new Error('The command failed', { cause: error }) };
}
