import type { Id, VisitEvent } from '../messages/index.ts';
import { collectCommandIds } from '../reconciling/repeats.ts';
import { StoreError } from '../stores/errors.ts';
import { runtime } from '../util/runtime.ts';
import { type AppendOutcome, append } from './append.ts';
import type { Context } from './context.ts';
import type { Request } from './idempotency.ts';
import {
  type Accepted,
  decideAll,
  isAccepted,
  type JudgedRequest,
  type RequestOutcome,
  readErrorFor,
} from './judging.ts';
import { AppendInDoubtError, RetriesExhaustedError } from './shared/errors.ts';
import type { CachedVisit } from './shared/state-cache.ts';
import { cachedStream, findErased, readAfter, readVisit, type VisitStream } from './shared/stream.ts';
import type { ServiceSignal } from './shared/telemetry.ts';
import { verify } from './shared/verification.ts';

/**
 * Executes requests on one stream, in order: reads it, judges each request on the result of those before it, and appends the
 * events of all accepted ones at once; on a conflict it reads and judges again.
 */
export async function executeCommands(
  context: Context,
  streamName: string,
  requests: readonly Request[],
): Promise<RequestOutcome[]> {
  const startedAt = runtime.monotonicMs();
  const settled = await executeWithRetry(context, streamName, requests).catch((error: unknown) =>
    requests.map(({ authorize }): RequestOutcome => ({ error: readErrorFor(error, authorize) })),
  );
  const durationMs = runtime.monotonicMs() - startedAt;
  requests.forEach((request, index) => {
    context.observe(commandSignal(request, settled[index] as RequestOutcome, durationMs));
  });
  return settled;
}

/** Judges and appends, until an append meets no conflict. */
async function executeWithRetry(
  context: Context,
  streamName: string,
  requests: readonly Request[],
): Promise<RequestOutcome[]> {
  const unread = await executeUnread(context, streamName, requests);
  if (unread !== undefined) return unread;
  const commandIds = requests.map(({ commandId }) => commandId);
  let conflict: unknown;
  let first: VisitStream | undefined;
  for (let retry = 0; ; retry++) {
    const stream = await readVerified(context, streamName, commandIds, findCached(context, streamName, requests));
    first ??= stream;
    const judged = await decideAll(stream, requests, context.now);
    if (retry > context.maxRetries) return mergeOutcomes(judged, retriesExhausted(first, stream, conflict));
    const appended = await appendAccepted(context, stream, judged.filter(isAccepted));
    if (appended.kind !== 'conflict') return mergeOutcomes(judged, createOutcome(appended, stream));
    context.observe({ name: 'auxilio.conflict', streamName, retry, durationMs: 0 });
    conflict = appended.cause;
    await context.pauseBefore(retry);
  }
}

/**
 * Uses the cached visit optimistically, if no other writer was seen: accepted events are appended at its version in one round
 * trip. Undefined if the visit has newer events, or a request is refused: since a refusal appends nothing, it could not show that the
 * cached state is old.
 */
async function executeUnread(
  context: Context,
  streamName: string,
  requests: readonly Request[],
): Promise<RequestOutcome[] | undefined> {
  const cached = findCached(context, streamName, requests);
  if (cached === undefined || cached.isShared) return undefined;
  const stream = cachedStream(streamName, cached);
  const judged = await decideAll(stream, requests, context.now);
  if (!judged.every(isAccepted)) return undefined;
  const appended = await appendAccepted(context, stream, judged);
  if (appended.kind !== 'conflict') return mergeOutcomes(judged, createOutcome(appended, stream));
  context.observe({ name: 'auxilio.conflict', streamName, retry: 0, durationMs: 0 });
  return undefined;
}

/** Appends the events of all accepted requests at once, and caches the visit. */
async function appendAccepted(
  context: Context,
  stream: VisitStream,
  accepted: readonly Accepted[],
): Promise<AppendOutcome> {
  const last = accepted.at(-1);
  if (last === undefined) return { kind: 'stored', events: [] };
  const events = accepted.flatMap((each) => each.events);
  const texts = accepted.flatMap(({ request }) => request.texts ?? []);
  const appended = await append(context, stream, events, last.state, texts);
  if (appended.kind === 'stored') cacheVisit(context, stream, appended.events, last);
  return appended;
}

type OutcomeOf = (accepted: Accepted) => RequestOutcome;

const retriesExhausted =
  (first: VisitStream, last: VisitStream, cause: unknown): OutcomeOf =>
  ({ request }) => ({ error: exhaustedError(first, last, request.commandId, cause) });

/** The error after the last conflict: where no other writer was seen between the first try and the last, the store is damaged. */
export function exhaustedError(first: VisitStream, last: VisitStream, commandId: Id, cause: unknown): Error {
  const { streamName, version, lastId } = last;
  if (first.version !== version || first.lastId !== lastId) return new RetriesExhaustedError(commandId, { cause });
  const message = `${streamName} is at version ${version} whenever it is read, and never when it is appended to`;
  return new StoreError('corrupt', message, { cause });
}

/** The outcome of each accepted request, in their order, after an append without a conflict. */
function createOutcome(appended: AppendOutcome, stream: VisitStream): OutcomeOf {
  if (appended.kind === 'stored') {
    const left = [...appended.events];
    return ({ events, state, version }) => ({
      answer: { ok: true, events: left.splice(0, events.length), state, version, repeated: false },
      stream,
    });
  }
  const { kind, cause } = appended;
  if (kind === 'failed') return () => ({ error: cause });
  return ({ request }) => ({ error: new AppendInDoubtError(request.commandId, { cause }) });
}

/** Reads a stream, or what follows its cached part, and verifies its seals. Finds what of these commands was erased. */
export async function readVerified(
  context: Context,
  streamName: string,
  commandIds: readonly Id[],
  cached?: CachedVisit,
): Promise<VisitStream> {
  const { store, codec, cache, privacy } = context;
  const stream =
    cached === undefined
      ? await readVisit(store, streamName, codec)
      : await readAfter(store, streamName, cached, codec);
  const isErased = privacy?.isErased ?? codec?.isErased?.bind(codec);
  const erased = isErased === undefined ? undefined : await findErased(stream, new Set(commandIds), isErased);
  const fault = context.verify ? await verify(stream) : undefined;
  if (fault !== undefined) cache.delete(streamName);
  return { ...stream, erased, fault };
}

/** The cached visit, unless the whole stream is needed: to answer a repeat or to audit a fact. */
function findCached({ cache }: Context, streamName: string, requests: readonly Request[]) {
  const cached = cache.get(streamName);
  const needsAll = ({ commandId, isFact, needsLog }: Request) =>
    isFact || needsLog === true || cached?.commandIds.has(commandId);
  return requests.some(needsAll) ? undefined : cached;
}

/** Caches a visit as it is after an append. */
export function cacheVisit(
  { cache }: Context,
  stream: VisitStream,
  stored: readonly VisitEvent[],
  { state, version }: Pick<Accepted, 'state' | 'version'>,
): void {
  const { cached, read, streamName } = stream;
  if (stream.fault !== undefined) return;
  const commandIds = collectCommandIds([...read, ...stored], cached?.commandIds);
  const { eventId, hash } = stored.at(-1)?.metadata ?? {};
  if (eventId === undefined) return;
  const known = cached ?? cache.get(streamName);
  const isShared = known !== undefined && known.version < stream.version;
  cache.set(streamName, { version, state, lastId: eventId, lastHash: hash, commandIds, isShared });
}

function commandSignal(
  { streamName, commandId, about }: Request,
  { answer, error }: RequestOutcome,
  durationMs: number,
): ServiceSignal {
  const rules = answer?.ok === false ? answer.rejection.violations.map(({ rule }) => rule) : [];
  const common = { name: 'auxilio.command', streamName, commandId, ...about, rules, durationMs } as const;
  if (answer === undefined) return { ...common, outcome: 'failed', error };
  if (!answer.ok) return { ...common, outcome: 'refused' };
  return { ...common, outcome: answer.repeated ? 'repeated' : 'accepted' };
}

/** Merges the judgements with the outcomes of those that were accepted. */
function mergeOutcomes(judged: readonly JudgedRequest[], outcomeOf: OutcomeOf): RequestOutcome[] {
  const settled: RequestOutcome[] = [];
  for (const each of judged) {
    if ('repeats' in each) settled.push(markRepeated(settled[each.repeats] as RequestOutcome));
    else settled.push(isAccepted(each) ? outcomeOf(each) : each);
  }
  return settled;
}

function markRepeated(first: RequestOutcome): RequestOutcome {
  if (first.answer === undefined || !first.answer.ok) return first;
  return { ...first, answer: { ...first.answer, repeated: true, recognisedBy: 'content' } };
}
