import { mustKnowKeys } from '../kernel/known.ts';
import type { Actor, VisitCommand, VisitEvent } from '../messages/index.ts';
import type { ReconcileOutcome } from '../reconciling/index.ts';
import { indexLog } from '../reconciling/log-index.ts';
import { reconcileOn } from '../reconciling/reconcile.ts';
import { recordedUnder } from '../reconciling/repeats.ts';
import { defaultPolicy, type VisitState } from '../visit/index.ts';
import { actOfCommand } from '../visit/table.ts';
import { LIMITS } from '../wire/index.ts';
import { append } from './append.ts';
import { cacheVisit, readVerified } from './command-handler.ts';
import type { Context } from './context.ts';
import { AppendInDoubtError, RetriesExhaustedError } from './errors.ts';
import { type Recognition, withBatchMetadata } from './idempotency.ts';
import { assertChain, authorize, readableState, readErrorFor } from './judging.ts';
import { mustBeFunction } from './option-validation.ts';
import { delayMs } from './retry.ts';
import { type SyncOptions, syncOptions } from './service-options.ts';
import { stateOf, type VisitStream, wholeLog } from './stream.ts';
import { checkSender, parseBatch, type SyncRequest } from './sync-batch.ts';
import { BatchRefusedError, VisitTooLongError } from './sync-errors.ts';

/**
 * The outcome of a command of a batch, as `reconcile` has it. Of a repeat whose data were erased, `recognisedBy` says that its
 * content could not be compared.
 *
 * @since 0.5.0
 */
export type SyncOutcome = ReconcileOutcome & Readonly<{ recognisedBy?: Extract<Recognition, 'id'> }>;

/**
 * The answer to a batch: an outcome for each command, in their order, and what the sender lacks of the visit: its events
 * after `basedOn`, those of the batch included, up to `version`, with the `state` there.
 *
 * @since 0.5.0
 */
export type SyncResult = Readonly<{
  outcomes: readonly SyncOutcome[];
  events: readonly VisitEvent[];
  state: VisitState;
  version: bigint;
}>;

/** Reconciles a batch with the log as it stands, and appends all that follows from it at once; on a conflict, reconciles again. */
export async function sync(
  context: Context,
  request: SyncRequest,
  sender: Actor,
  options: SyncOptions = {},
): Promise<SyncResult> {
  mustKnowKeys('sync', options, syncOptions);
  mustBeFunction('authorize is', options.authorize);
  const batch = parseBatch(request, sender);
  const startedAt = performance.now();
  const about = { streamName: context.streamName(batch.visitId), visitId: batch.visitId, role: sender.role };
  const signal = { name: 'auxilio.sync', ...about, commands: batch.commands.length } as const;
  try {
    const result = await syncWithRetry(context, batch, sender, options);
    context.observe({ ...signal, ...countOutcomes(result.outcomes), durationMs: performance.now() - startedAt });
    return result;
  } catch (error) {
    context.observe({ ...signal, ...countOutcomes([]), error, durationMs: performance.now() - startedAt });
    throw error;
  }
}

function countOutcomes(outcomes: readonly SyncOutcome[]) {
  const counts = { accepted: 0, repeated: 0, refused: 0, twin: 0 };
  for (const { outcome } of outcomes) counts[outcome] += 1;
  return counts;
}

async function syncWithRetry(
  context: Context,
  batch: SyncRequest,
  sender: Actor,
  options: SyncOptions,
): Promise<SyncResult> {
  const streamName = context.streamName(batch.visitId);
  const commandIds = batch.commands.flatMap(({ metadata }) => metadata.commandId ?? []);
  const [firstId = batch.visitId] = commandIds;
  for (let retry = 0; ; retry++) {
    const stream = await readVerified(context, streamName, commandIds).catch((error: unknown) => {
      throw readErrorFor(error, options.authorize);
    });
    authorize(options, () => readableState(stream));
    const judged = reconcileWith(context, stream, batch, sender);
    if (judged.events.length === 0) return judged.result;
    assertChain(stream, { isFact: false });
    const appended = await append(context, stream, judged.events, judged.result.state);
    if (appended.kind === 'stored') {
      cacheVisit(context, stream, appended.events, judged.result);
      const { events } = judged.result;
      return { ...judged.result, events: [...events.slice(0, -appended.events.length), ...appended.events] };
    }
    const { kind, cause } = appended;
    if (kind === 'in-doubt') throw new AppendInDoubtError(firstId, { cause });
    if (kind === 'failed') throw cause;
    context.observe({ name: 'auxilio.conflict', streamName, retry, durationMs: 0 });
    if (retry >= context.retry.maxRetries) throw new RetriesExhaustedError(firstId, { cause });
    await context.sleep(delayMs(context.retry, retry, context.random));
  }
}

type Judged = Readonly<{ events: readonly VisitEvent[]; result: SyncResult }>;

/** Reconciles a batch with the stream as it was read: the events to append, and the answer once they are. */
function reconcileWith(context: Context, stream: VisitStream, batch: SyncRequest, sender: Actor): Judged {
  const { streamName } = stream;
  const before = stateOf(stream);
  const log = wholeLog(stream);
  if (log.length > LIMITS.visitEvents) throw new VisitTooLongError(streamName, LIMITS.visitEvents);
  checkSender(before, sender);
  const erased = repeatsOfErased(stream, log, batch.commands);
  const { basedOn } = batch;
  const commands = batch.commands.filter((command) => !erased.has(command));
  const index = indexLog(log);
  const answer = reconcileOn(index, { basedOn, commands, policy: context.policy ?? defaultPolicy });
  if (!answer.ok) throw new BatchRefusedError(answer.error.code, answer.error.facts);
  const stamp = { recordedAt: context.now(), previousId: stream.lastId };
  const events = withBatchMetadata(answer.events, streamName, stamp);
  if (log.length + events.length > LIMITS.visitEvents) throw new VisitTooLongError(streamName, LIMITS.visitEvents);
  const left = [...answer.outcomes];
  const outcomes = batch.commands.map((command) => erased.get(command) ?? (left.shift() as SyncOutcome));
  const version = stream.version + BigInt(events.length);
  const state = events.length === 0 ? before : index.fold.freeze();
  return { events, result: { outcomes, events: [...log, ...events].slice(basedOn), state, version } };
}

/** Finds the commands that are on record in events whose data were erased: they are recognised by their ids and types. */
function repeatsOfErased(
  { read, erased }: VisitStream,
  log: readonly VisitEvent[],
  commands: readonly VisitCommand[],
): ReadonlyMap<VisitCommand, SyncOutcome> {
  const repeats = new Map<VisitCommand, SyncOutcome>();
  if (erased === undefined || erased.size === 0) return repeats;
  for (const command of commands) {
    const { commandId = '' } = command.metadata;
    const becomes = actOfCommand(command.type)?.event;
    const recorded = recordedUnder(commandId, { log, reported: [] });
    const same = recorded.find(({ index, event }) => event.type === becomes && isErased(read[index], erased));
    if (same !== undefined) repeats.set(command, { outcome: 'repeated', first: same.outcome, recognisedBy: 'id' });
  }
  return repeats;
}

const isErased = (event: VisitStream['read'][number] | undefined, erased: ReadonlySet<bigint>) =>
  event !== undefined && erased.has(event.metadata.streamPosition);
