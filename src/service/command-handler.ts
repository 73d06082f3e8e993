import type { Id, VisitEvent } from '../messages/index.ts';
import { append } from './append.ts';
import type { Context } from './context.ts';
import { AppendInDoubtError, RetriesExhaustedError } from './errors.ts';
import type { Request } from './idempotency.ts';
import { type Accepted, decideAll, isAccepted, type Judgement, type RequestOutcome, readErrorFor } from './judging.ts';
import type { CommandResult } from './results.ts';
import { delayMs } from './retry.ts';
import type { CachedVisit } from './state-cache.ts';
import { type Codec, cachedStream, findErased, readAfter, readVisit, type VisitStream } from './stream.ts';
import type { ServiceSignal } from './telemetry.ts';
import { verify } from './verification.ts';

/**
 * Executes requests on one stream, in order: reads it, judges each request on the result of those before it, and appends the
 * events of all accepted ones at once; on a conflict it reads and judges again.
 */
export async function executeCommands(
  context: Context,
  streamName: string,
  requests: readonly Request[],
): Promise<RequestOutcome[]> {
  const startedAt = performance.now();
  const settled = await executeWithRetry(context, streamName, requests).catch((error: unknown) =>
    requests.map(({ authorize }): RequestOutcome => ({ error: readErrorFor(error, authorize) })),
  );
  const durationMs = performance.now() - startedAt;
  requests.forEach((request, index) => {
    context.observe(commandSignal(request, settled[index] as RequestOutcome, durationMs));
  });
  return settled;
}

async function executeWithRetry(
  context: Context,
  streamName: string,
  requests: readonly Request[],
): Promise<RequestOutcome[]> {
  let conflict: unknown;
  let stream = cachedStreamFor(context, streamName, requests) ?? (await readStreamFor(context, streamName, requests));
  for (let retry = 0; ; ) {
    const judged = decideAll(stream, requests, context.now);
    const accepted = judged.filter(isAccepted);
    if (stream.isUnread && accepted.length < requests.length) {
      stream = await readStreamFor(context, streamName, requests);
      continue;
    }
    const last = accepted.at(-1);
    if (last === undefined) return mergeOutcomes(judged, () => ({ error: undefined }));
    if (retry > context.retry.maxRetries) {
      const cause = conflict;
      return mergeOutcomes(judged, ({ request }) => ({
        error: new RetriesExhaustedError(request.commandId, { cause }),
      }));
    }
    const fresh = accepted.flatMap(({ events }) => events);
    const appended = await append(context, stream, fresh, last.state);
    if (appended.kind === 'stored') {
      cacheVisit(context, stream, appended.events, last);
      const left = [...appended.events];
      return mergeOutcomes(judged, (of) => ({ answer: acceptedResult(of, left.splice(0, of.events.length)), stream }));
    }
    const { kind, cause } = appended;
    if (kind === 'in-doubt') {
      return mergeOutcomes(judged, ({ request }) => ({ error: new AppendInDoubtError(request.commandId, { cause }) }));
    }
    if (kind === 'failed') return mergeOutcomes(judged, () => ({ error: cause }));
    context.observe({ name: 'auxilio.conflict', streamName, retry, durationMs: 0 });
    if (!stream.isUnread) {
      conflict = cause;
      await context.sleep(delayMs(context.retry, retry, context.random));
      retry++;
    }
    stream = await readStreamFor(context, streamName, requests);
  }
}

/** Reads the part of a stream that is not cached, and verifies its seals. */
function readStreamFor(context: Context, streamName: string, requests: readonly Request[]): Promise<VisitStream> {
  const commandIds = requests.map(({ commandId }) => commandId);
  return readVerified(context, streamName, commandIds, cachedFor(context, streamName, requests));
}

/** Reads a stream, or what follows its cached part, and verifies its seals. Finds what of these commands was erased. */
export async function readVerified(
  { store, codec, verified, cache }: Context,
  streamName: string,
  commandIds: readonly Id[],
  before?: CachedVisit,
): Promise<VisitStream> {
  const stream =
    before === undefined
      ? await readVisit(store, streamName, codec)
      : await readAfter(store, streamName, before, codec);
  const erased = await findErasedFor(stream, commandIds, codec);
  const fault = verified === undefined ? undefined : verify(verified, stream);
  if (fault !== undefined) cache.delete(streamName);
  return { ...stream, erased, fault };
}

/**
 * Finds the events whose erased data can no longer be compared with the requests; undefined if the codec erases nothing.
 */
async function findErasedFor(stream: VisitStream, commandIds: readonly Id[], codec: Codec | undefined) {
  if (codec?.isErased === undefined) return undefined;
  return findErased(stream, new Set(commandIds), codec);
}

/**
 * The cached stream, used optimistically if no other writer was seen: an accepted event is appended at its version in
 * one round trip, or the stream is read again. No other result is based on it.
 */
function cachedStreamFor(context: Context, streamName: string, requests: readonly Request[]): VisitStream | undefined {
  const before = cachedFor(context, streamName, requests);
  return before === undefined || before.isShared ? undefined : cachedStream(streamName, before);
}

/** The cached visit, unless the whole stream is needed: to answer a repeat or to audit a fact. */
function cachedFor({ cache }: Context, streamName: string, requests: readonly Request[]) {
  const before = cache.get(streamName);
  const needsAll = ({ commandId, isFact, needsLog }: Request) =>
    isFact || needsLog === true || before?.commandIds.has(commandId);
  return requests.some(needsAll) ? undefined : before;
}

/** Caches a visit as it is after an append. */
export function cacheVisit(
  { cache, verified }: Context,
  stream: VisitStream,
  stored: readonly VisitEvent[],
  { state, version }: Pick<Accepted, 'state' | 'version'>,
): void {
  const { before, events, streamName } = stream;
  if (stream.fault !== undefined) return;
  const commandIds = before?.commandIds ?? new Set();
  for (const event of [...events, ...stored]) {
    if (event.metadata?.commandId !== undefined) commandIds.add(event.metadata.commandId);
    if (event.type === 'DiscrepancyReported') for (const act of event.data.acts) commandIds.add(act.commandId);
  }
  const { eventId, hash } = stored.at(-1)?.metadata ?? {};
  if (eventId === undefined) return;
  const isShared = before !== undefined && events.length > 0;
  verified?.set(streamName, { version, hash });
  cache.set(streamName, { version, state, lastId: eventId, lastHash: hash, commandIds, isShared });
}

function commandSignal(
  { streamName, commandId, about }: Request,
  { answer, error }: RequestOutcome,
  durationMs: number,
): ServiceSignal {
  const rules = answer?.ok === false ? answer.rejection.violations.map(({ rule }) => rule) : [];
  const said = { name: 'auxilio.command', streamName, commandId, ...about, rules, durationMs } as const;
  if (answer === undefined) return { ...said, outcome: 'failed', error };
  if (!answer.ok) return { ...said, outcome: 'refused' };
  return { ...said, outcome: answer.repeated ? 'repeated' : 'accepted' };
}

function acceptedResult({ state, version }: Accepted, events: readonly VisitEvent[]): CommandResult {
  return { ok: true, events, state, version, repeated: false };
}

/** Merges judgements with the outcome of the append of those that were accepted. */
function mergeOutcomes(
  judged: readonly Judgement[],
  outcomeOf: (accepted: Accepted) => RequestOutcome,
): RequestOutcome[] {
  const settled: RequestOutcome[] = [];
  for (const each of judged) {
    if ('repeats' in each) settled.push(asRepeat(settled[each.repeats] as RequestOutcome));
    else settled.push(isAccepted(each) ? outcomeOf(each) : each);
  }
  return settled;
}

function asRepeat(first: RequestOutcome): RequestOutcome {
  if (first.answer === undefined || !first.answer.ok) return first;
  return { ...first, answer: { ...first.answer, repeated: true, recognisedBy: 'content' } };
}
