import { mustKnowKeys } from '../kernel/known.ts';
import type { Actor, Id } from '../messages/index.ts';
import { runtime } from '../util/runtime.ts';
import { append } from './append.ts';
import { cacheVisit, exhaustedError, readVerified } from './command-handler.ts';
import { admit } from './command-request.ts';
import type { Context } from './context.ts';
import { assertChain, authorize, readableState, readErrorFor } from './judging.ts';
import type { SyncAnswer, SyncOutcome } from './results.ts';
import { type SyncOptions, syncOptions } from './service-options.ts';
import { AppendInDoubtError } from './shared/errors.ts';
import { mustBeFunction } from './shared/option-validation.ts';
import type { PersonalTexts } from './shared/privacy.ts';
import type { VisitStream } from './shared/stream.ts';
import { parseBatch, type SyncRequest } from './sync-batch.ts';
import { type Judged, judgeCached, judgeRead } from './sync-judging.ts';

/**
 * Reconciles a batch with the log of its visit and appends all that follows from it at once; on a conflict, reads and reconciles
 * again. If the cached visit is enough for the answer, the log is not read.
 */
export async function sync(
  context: Context,
  request: SyncRequest,
  sender: Actor,
  options: SyncOptions = {},
): Promise<SyncAnswer> {
  mustKnowKeys('sync', options, syncOptions);
  mustBeFunction('authorize is', options.authorize);
  const parsed = parseBatch(request, sender);
  const admitted = await admit(context, parsed.commands);
  const batch = { ...parsed, commands: admitted.map(({ message }) => message) };
  const texts = new Set(admitted.flatMap((one) => one.texts ?? []));
  const startedAt = runtime.monotonicMs();
  const about = { streamName: context.streamName(batch.visitId), visitId: batch.visitId, role: sender.role };
  const signal = { name: 'auxilio.sync', ...about, commands: batch.commands.length } as const;
  try {
    const result = await syncWithRetry(context, batch, sender, { ...options, texts: [...texts] });
    context.observe({ ...signal, ...countOutcomes(result.outcomes), durationMs: runtime.monotonicMs() - startedAt });
    return result;
  } catch (error) {
    context.observe({ ...signal, ...countOutcomes([]), error, durationMs: runtime.monotonicMs() - startedAt });
    throw error;
  }
}

function countOutcomes(outcomes: readonly SyncOutcome[]) {
  const counts = { accepted: 0, repeated: 0, refused: 0, twin: 0 };
  for (const { outcome } of outcomes) counts[outcome] += 1;
  return counts;
}

/** The personal texts that were taken out of a batch. */
type Texts = Readonly<{ texts: readonly PersonalTexts[] }>;

async function syncWithRetry(
  context: Context,
  batch: SyncRequest,
  sender: Actor,
  options: SyncOptions & Texts,
): Promise<SyncAnswer> {
  const streamName = context.streamName(batch.visitId);
  const commandIds = batch.commands.flatMap(({ metadata }) => metadata.commandId ?? []);
  const [firstId = batch.visitId] = commandIds;
  const unread = judgeCached(context, streamName, batch, sender, options);
  const first = unread && (await appendJudged(context, unread, { firstId, retry: 0, texts: options.texts }));
  if (first?.kind === 'appended') return first.result;
  let earliest: VisitStream | undefined;
  for (let retry = 0; ; retry += 1) {
    const stream = await readVerified(context, streamName, commandIds).catch((error: unknown) => {
      throw readErrorFor(error, options.authorize);
    });
    authorize(options, () => readableState(stream));
    earliest ??= stream;
    const done = await appendJudged(context, judgeRead(context, stream, batch, sender), {
      firstId,
      retry,
      texts: options.texts,
    });
    if (done.kind === 'appended') return done.result;
    if (retry >= context.maxRetries) throw exhaustedError(earliest, stream, firstId, done.cause);
    await context.pauseBefore(retry);
  }
}

type Appended = Readonly<{ kind: 'appended'; result: SyncAnswer } | { kind: 'conflict'; cause: unknown }>;

/** Appends what follows from a batch, unless another writer has appended since the visit was read. */
async function appendJudged(
  context: Context,
  { stream, events, result }: Judged,
  { firstId, retry, texts }: Texts & Readonly<{ firstId: Id; retry: number }>,
): Promise<Appended> {
  if (events.length === 0) return { kind: 'appended', result };
  assertChain(stream, { isFact: false });
  const appended = await append(context, stream, events, result.state, texts);
  if (appended.kind === 'stored') {
    cacheVisit(context, stream, appended.events, result);
    const known = result.events.slice(0, -appended.events.length);
    return { kind: 'appended', result: { ...result, events: [...known, ...appended.events] } };
  }
  const { kind, cause } = appended;
  if (kind === 'in-doubt') throw new AppendInDoubtError(firstId, { cause });
  if (kind === 'failed') throw cause;
  context.observe({ name: 'auxilio.conflict', streamName: stream.streamName, retry, durationMs: 0 });
  return { kind, cause };
}
