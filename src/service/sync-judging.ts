import type { Actor, VisitCommand, VisitEvent } from '../messages/index.ts';
import { keptMetadata } from '../messages/kept-metadata.ts';
import { batchError } from '../reconciling/batch.ts';
import { indexLog, type LogIndex } from '../reconciling/log-index.ts';
import { reconcileOn } from '../reconciling/reconcile.ts';
import { recordedUnder } from '../reconciling/repeats.ts';
import { decide, defaultPolicy } from '../visit/index.ts';
import { actOfCommand } from '../visit/table.ts';
import { incrementalFold } from '../visit/visit.ts';
import { LIMITS } from '../wire/limits.ts';
import type { Context } from './context.ts';
import { addBatchMetadata } from './idempotency.ts';
import { authorize } from './judging.ts';
import type { SyncAnswer, SyncOutcome } from './results.ts';
import type { SyncOptions } from './service-options.ts';
import type { CachedVisit } from './shared/state-cache.ts';
import { assertReadable, cachedStream, foldRead, type VisitStream, wholeLog } from './shared/stream.ts';
import { BatchRefusedError, VisitTooLongError } from './shared/sync-errors.ts';
import { checkSender, type SyncRequest } from './sync-batch.ts';

/** A batch that was judged on a stream: the events to append to it, and the answer once they are. */
export type Judged = Readonly<{ stream: VisitStream; events: readonly VisitEvent[]; result: SyncAnswer }>;

/**
 * Judges a batch on the cached visit, without a read, if its sender has seen all of that visit, no other writer was found, and each
 * command is new and accepted. Then the batch has no repeat, no twin and no report, and the answer needs only the length of the log.
 * Undefined for any other batch, which is judged after a read.
 */
export function judgeCached(
  context: Context,
  streamName: string,
  batch: SyncRequest,
  sender: Actor,
  options: SyncOptions,
): Judged | undefined {
  const cached = context.cache.get(streamName);
  if (cached === undefined || cached.isShared || Number(cached.version) !== batch.basedOn) return undefined;
  const { version = batch.basedOn, lastEventId = cached.lastId } = batch.head ?? {};
  if (version !== batch.basedOn || lastEventId !== cached.lastId) return undefined;
  try {
    authorize(options, () => cached.state);
    checkSender(cached.state, sender);
    const accepted = acceptAll(context, cached, batch);
    if (accepted === undefined) return undefined;
    const stream = cachedStream(streamName, cached);
    const events = stamped(context, stream, accepted.events);
    const outcomes = events.map((_, nth) => ({ outcome: 'accepted', position: batch.basedOn + nth + 1 }) as const);
    const version = cached.version + BigInt(events.length);
    return { stream, events, result: { outcomes, events, state: accepted.state, version } };
  } catch {
    return undefined;
  }
}

/** Accepts all commands of a batch, each on the state after those before it; undefined if one is not new or not accepted. */
function acceptAll({ policy = defaultPolicy }: Context, cached: CachedVisit, { basedOn, commands }: SyncRequest) {
  if (commands.length === 0 || basedOn + commands.length > LIMITS.visitEvents) return undefined;
  if (batchError(cached.state, { length: basedOn, basedOn, commands }) !== null) return undefined;
  const fold = incrementalFold(cached.state);
  const ids = new Set<string>();
  const events: VisitEvent[] = [];
  for (const command of commands) {
    const { commandId = '' } = command.metadata;
    const decision = decide(command, fold.state, policy);
    if (!decision.ok || cached.commandIds.has(commandId) || ids.has(commandId)) return undefined;
    ids.add(commandId);
    for (const { type, data } of decision.events) {
      const event = { type, data, metadata: { commandId, ...keptMetadata(command.metadata) } } as VisitEvent;
      fold.step(event);
      events.push(event);
    }
  }
  return { events, state: fold.freeze() };
}

/** Reconciles a batch with the stream as it was read: what the log accepts is appended, the rest is reported. */
export function judgeRead(context: Context, stream: VisitStream, batch: SyncRequest, sender: Actor): Judged {
  const { streamName } = stream;
  const log = wholeLog(stream);
  if (log.length > LIMITS.visitEvents) throw new VisitTooLongError(streamName, LIMITS.visitEvents);
  const index = indexRead(stream, log);
  checkSender(index.fold.state, sender);
  const { head } = batch;
  if (head !== undefined && stream.read[head.version - 1]?.metadata.messageId !== head.lastEventId) {
    throw new BatchRefusedError('diverged');
  }
  const erased = findErasedRepeats(stream, log, batch.commands);
  const { basedOn } = batch;
  const commands = batch.commands.filter((command) => !erased.has(command));
  const answer = reconcileOn(index, { basedOn, commands, policy: context.policy ?? defaultPolicy });
  if (!answer.ok) throw new BatchRefusedError(answer.error.code, answer.error.facts);
  const events = stamped(context, stream, answer.events);
  if (log.length + events.length > LIMITS.visitEvents) throw new VisitTooLongError(streamName, LIMITS.visitEvents);
  const left = [...answer.outcomes];
  const outcomes = batch.commands.map((command) => erased.get(command) ?? (left.shift() as SyncOutcome));
  const version = stream.version + BigInt(events.length);
  const state = index.fold.freeze();
  return { stream, events, result: { outcomes, events: [...log, ...events].slice(basedOn), state, version } };
}

/** Adds the metadata of the service to the events of a batch that is appended to a stream. */
const stamped = ({ now }: Context, { streamName, lastId }: VisitStream, events: readonly VisitEvent[]) =>
  addBatchMetadata(events, streamName, { recordedAt: now(), previousId: lastId });

/** Folds and indexes the log of a stream, once. Refuses events that this release cannot read. */
function indexRead(stream: VisitStream, log: readonly VisitEvent[]): LogIndex {
  assertReadable(stream);
  try {
    return indexLog(log);
  } catch (error) {
    foldRead(stream); // throws with the event that cannot be read
    throw error;
  }
}

/** Finds the commands that are on record in events whose data were erased: they are recognised by their ids and types. */
function findErasedRepeats(
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
