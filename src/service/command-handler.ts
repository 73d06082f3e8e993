import type { VisitEvent } from '../messages/index.ts';
import { append } from './append.ts';
import type { Context } from './context.ts';
import { AppendInDoubtError, RetriesExhaustedError } from './errors.ts';
import type { Request } from './idempotency.ts';
import { type Accepted, decideAll, isAccepted, type Judged, type RequestOutcome, unreadFor } from './judging.ts';
import type { CommandResult } from './results.ts';
import { delayMs } from './retry.ts';
import { type Codec, cachedStream, findErased, readAfter, readVisit, type VisitStream } from './stream.ts';
import type { ServiceSignal } from './telemetry.ts';
import { verify } from './verification.ts';

/**
 * Carries out requests on one stream, in their order: reads it, judges each on what those before it make of it, appends the
 * events of all that are accepted at once, and on a conflict reads and judges again.
 */
export async function executeCommands(
  context: Context,
  streamName: string,
  requests: readonly Request[],
): Promise<RequestOutcome[]> {
  const startedAt = performance.now();
  const settled = await executeWithRetry(context, streamName, requests).catch((error: unknown) =>
    requests.map(({ authorize }): RequestOutcome => ({ error: unreadFor(error, authorize) })),
  );
  const durationMs = performance.now() - startedAt;
  requests.forEach((request, index) => {
    context.observe(signalOf(request, settled[index] as RequestOutcome, durationMs));
  });
  return settled;
}

async function executeWithRetry(
  context: Context,
  streamName: string,
  requests: readonly Request[],
): Promise<RequestOutcome[]> {
  let conflict: unknown;
  let stream = assumedFor(context, streamName, requests) ?? (await readFor(context, streamName, requests));
  for (let retry = 0; ; ) {
    const judged = decideAll(stream, requests, context.now);
    const accepted = judged.filter(isAccepted);
    if (stream.cachedStream && accepted.length < requests.length) {
      stream = await readFor(context, streamName, requests);
      continue;
    }
    const last = accepted.at(-1);
    if (last === undefined) return outcomes(judged, () => ({ error: undefined }));
    if (retry > context.retry.maxRetries) {
      const cause = conflict;
      return outcomes(judged, ({ request }) => ({ error: new RetriesExhaustedError(request.commandId, { cause }) }));
    }
    const fresh = accepted.flatMap(({ events }) => events);
    const appended = await append(context, stream, fresh, last.state);
    if (appended.kind === 'stored') {
      keep(context, stream, appended.events, last);
      const left = [...appended.events];
      return outcomes(judged, (of) => ({ answer: answerOf(of, left.splice(0, of.events.length)), stream }));
    }
    const { kind, cause } = appended;
    if (kind === 'in-doubt') {
      return outcomes(judged, ({ request }) => ({ error: new AppendInDoubtError(request.commandId, { cause }) }));
    }
    if (kind === 'failed') return outcomes(judged, () => ({ error: cause }));
    context.observe({ name: 'auxilio.conflict', streamName, retry, durationMs: 0 });
    if (!stream.cachedStream) {
      conflict = cause;
      await context.sleep(delayMs(context.retry, retry, context.random));
      retry++;
    }
    stream = await readFor(context, streamName, requests);
  }
}

/** Reads the part of a stream that is not cached, and verifies its seals. */
async function readFor(context: Context, streamName: string, requests: readonly Request[]): Promise<VisitStream> {
  const { store, codec, verified, kept } = context;
  const before = cachedFor(context, streamName, requests);
  const stream =
    before === undefined
      ? await readVisit(store, streamName, codec)
      : await readAfter(store, streamName, before, codec);
  const erased = await erasedIn(stream, requests, codec);
  const fault = verified === undefined ? undefined : verify(verified, stream);
  if (fault !== undefined) kept.delete(streamName);
  return { ...stream, erased, fault };
}

/**
 * The events that can no longer be compared with the requests whose id they carry; a codec that erases nothing is not asked.
 */
async function erasedIn(stream: VisitStream, requests: readonly Request[], codec: Codec | undefined) {
  if (codec?.isErased === undefined) return undefined;
  return findErased(stream, new Set(requests.map(({ commandId }) => commandId)), codec);
}

/**
 * A stream that nobody else was found writing to, as it was left. Whatever is accepted on it is appended at that version or
 * not at all: one round trip. Nothing else is answered from it.
 */
function assumedFor(context: Context, streamName: string, requests: readonly Request[]): VisitStream | undefined {
  const before = cachedFor(context, streamName, requests);
  return before === undefined || before.isShared ? undefined : cachedStream(streamName, before);
}

/** The cached visit, unless the whole stream is needed: to answer a repeat or to audit a fact. */
function cachedFor({ kept }: Context, streamName: string, requests: readonly Request[]) {
  const before = kept.get(streamName);
  const needsAll = ({ commandId, isFact }: Request) => isFact || before?.commandIds.has(commandId);
  return requests.some(needsAll) ? undefined : before;
}

/** Keeps a visit as it is after an append. */
function keep(
  { kept, verified }: Context,
  stream: VisitStream,
  stored: readonly VisitEvent[],
  { state, version }: Accepted,
): void {
  const { before, events, streamName } = stream;
  if (stream.fault !== undefined) return;
  const commandIds = before?.commandIds ?? new Set();
  for (const { metadata } of [...events, ...stored]) {
    if (metadata?.commandId !== undefined) commandIds.add(metadata.commandId);
  }
  const { eventId, hash } = stored.at(-1)?.metadata ?? {};
  if (eventId === undefined) return;
  const isShared = before !== undefined && events.length > 0;
  verified?.set(streamName, { version, hash });
  kept.set(streamName, { version, state, lastId: eventId, lastHash: hash, commandIds, isShared });
}

function signalOf(
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

function answerOf({ state, version }: Accepted, events: readonly VisitEvent[]): CommandResult {
  return { ok: true, events, state, version, repeated: false };
}

/** What became of all, where what becomes of those that were accepted is known. */
function outcomes(judged: readonly Judged[], outcomeOf: (accepted: Accepted) => RequestOutcome): RequestOutcome[] {
  const settled: RequestOutcome[] = [];
  for (const each of judged) {
    if ('repeats' in each) settled.push(repeated(settled[each.repeats] as RequestOutcome));
    else settled.push(isAccepted(each) ? outcomeOf(each) : each);
  }
  return settled;
}

function repeated(first: RequestOutcome): RequestOutcome {
  if (first.answer === undefined || !first.answer.ok) return first;
  return { ...first, answer: { ...first.answer, repeated: true, recognisedBy: 'content' } };
}
