import type { VisitEvent } from '../messages/index.ts';
import { isAsExpected } from '../stores/rows.ts';
import { replay, type VisitState } from '../visit/index.ts';
import { append } from './append.ts';
import type { Context } from './context.ts';
import {
  AppendInDoubtError,
  ChainBrokenError,
  CommandIdReusedError,
  RetriesExhaustedError,
  VersionMismatchError,
} from './errors.ts';
import { type Recognition, type Request, stamped } from './identity.ts';
import { delayMs } from './retry.ts';
import type { Answer } from './service.ts';
import type { Signal } from './signals.ts';
import { assumed, asWritten, findErased, readAfter, readVisit, stateOf, type VisitStream } from './stream.ts';
import { verify } from './verification.ts';

/** The result of a request: its answer and the stream that it was judged on, or why there is none. */
export type Outcome = Readonly<
  { answer: Answer; stream: VisitStream; error?: undefined } | { error: unknown; answer?: undefined }
>;

/** A request that is accepted, its events not stored yet. */
type Accepted = Readonly<{ request: Request; events: readonly VisitEvent[]; state: VisitState; version: bigint }>;

/** What is known of a request before anything is stored; one that repeats another of the batch is told by its place. */
type Judged = Outcome | Accepted | Readonly<{ repeats: number }>;

const isAccepted = (judged: Judged): judged is Accepted => 'events' in judged;

/**
 * Carries out requests on one stream, in their order: reads it, judges each on what those before it make of it, appends the
 * events of all that are accepted at once, and on a conflict reads and judges anew.
 */
export async function carryOut(context: Context, streamName: string, requests: readonly Request[]): Promise<Outcome[]> {
  const startedAt = performance.now();
  const settled = await carriedOut(context, streamName, requests).catch((error: unknown) =>
    requests.map((): Outcome => ({ error })),
  );
  const durationMs = performance.now() - startedAt;
  requests.forEach((request, index) => {
    context.observe(signalOf(request, settled[index] as Outcome, durationMs));
  });
  return settled;
}

async function carriedOut(context: Context, streamName: string, requests: readonly Request[]): Promise<Outcome[]> {
  let conflict: unknown;
  let stream = assumedFor(context, streamName, requests) ?? (await readFor(context, streamName, requests));
  for (let retry = 0; ; ) {
    const judged = judgedOn(stream, requests, context.now);
    const accepted = judged.filter(isAccepted);
    if (stream.assumed && accepted.length < requests.length) {
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
    if (!stream.assumed) {
      conflict = cause;
      await context.sleep(delayMs(context.retry, retry, context.random));
      retry++;
    }
    stream = await readFor(context, streamName, requests);
  }
}

/** Reads a stream as far as it is not known, and verifies its seals. */
async function readFor(context: Context, streamName: string, requests: readonly Request[]): Promise<VisitStream> {
  const { store, codec, verified, kept } = context;
  const before = keptFor(context, streamName, requests);
  const stream =
    before === undefined
      ? await readVisit(store, streamName, codec)
      : await readAfter(store, streamName, before, codec);
  const erased = await findErased(stream, new Set(requests.map(({ commandId }) => commandId)), codec);
  const fault = verified === undefined ? undefined : verify(verified, stream);
  if (fault !== undefined) kept.delete(streamName);
  return { ...stream, erased, fault };
}

/**
 * A stream that nobody else was found writing to, as it was left. Whatever is accepted on it is appended at that version or
 * not at all: one round trip. Nothing else is answered from it.
 */
function assumedFor(context: Context, streamName: string, requests: readonly Request[]): VisitStream | undefined {
  const before = keptFor(context, streamName, requests);
  return before === undefined || before.isShared ? undefined : assumed(streamName, before);
}

/** What is known of a stream, unless all of it is needed: to answer what was answered before, or to audit a fact. */
function keptFor({ kept }: Context, streamName: string, requests: readonly Request[]) {
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

function signalOf({ streamName, commandId, about }: Request, { answer, error }: Outcome, durationMs: number): Signal {
  const rules = answer?.ok === false ? answer.rejection.violations.map(({ rule }) => rule) : [];
  const said = { name: 'auxilio.command', streamName, commandId, ...about, rules, durationMs } as const;
  if (answer === undefined) return { ...said, outcome: 'failed', error };
  if (!answer.ok) return { ...said, outcome: 'refused' };
  return { ...said, outcome: answer.repeated ? 'repeated' : 'accepted' };
}

function answerOf({ state, version }: Accepted, events: readonly VisitEvent[]): Answer {
  return { ok: true, events, state, version, repeated: false };
}

/** What became of all, where what becomes of those that were accepted is known. */
function outcomes(judged: readonly Judged[], outcomeOf: (accepted: Accepted) => Outcome): Outcome[] {
  const settled: Outcome[] = [];
  for (const each of judged) {
    if ('repeats' in each) settled.push(repeated(settled[each.repeats] as Outcome));
    else settled.push(isAccepted(each) ? outcomeOf(each) : each);
  }
  return settled;
}

function repeated(first: Outcome): Outcome {
  if (first.answer === undefined || !first.answer.ok) return first;
  return { ...first, answer: { ...first.answer, repeated: true, recognisedBy: 'content' } };
}

function judgedOn(stream: VisitStream, requests: readonly Request[], now: () => string): Judged[] {
  const judged: Judged[] = [];
  let current: VisitState | undefined;
  let { version, lastId } = stream;

  function judge(request: Request): Judged {
    const known = earlierAnswer(stream, request) ?? earlierAmong(judged, request);
    if (known !== undefined) return known;
    const { streamName, expectedVersion = version } = request;
    if (!isAsExpected(expectedVersion, version)) throw new VersionMismatchError(streamName, expectedVersion, version);
    const before = current ?? stateOf(stream);
    current = before;
    const decision = request.judge(before);
    if (!decision.ok) return { answer: { ok: false, rejection: decision.rejection, state: before, version }, stream };
    assertChain(stream, request);
    const events = stamped(decision.events, request, { recordedAt: now(), previousId: lastId });
    const state = replay(events, before);
    current = state;
    version += BigInt(events.length);
    lastId = events.at(-1)?.metadata?.eventId ?? lastId;
    return { request, events, state, version };
  }

  for (const request of requests) {
    try {
      judged.push(judge(request));
    } catch (error) {
      judged.push({ error });
    }
  }
  return judged;
}

/** Refuses to append a command to a log whose seals do not hold. A fact goes on record all the same. */
function assertChain({ streamName, fault }: VisitStream, { isFact }: Request): void {
  if (fault !== undefined && !isFact) throw new ChainBrokenError(streamName, fault.position, fault.fault);
}

/** The answer that the request got when it was accepted, if it was. */
function earlierAnswer(stream: VisitStream, request: Request): Outcome | undefined {
  const { commandId } = request;
  const last = stream.events.findLastIndex(({ metadata }) => metadata.commandId === commandId);
  const version = stream.events[last]?.metadata.streamPosition;
  if (version === undefined) return undefined;
  const recorded = stream.events.filter(({ metadata }) => metadata.commandId === commandId);
  const recognisedBy = recognise(request, recorded, stream.erased);
  if (recognisedBy === undefined) throw new CommandIdReusedError(commandId);
  const state = stateOf(stream, last + 1);
  const events = recorded.map(asWritten);
  return { answer: { ok: true, events, state, version, repeated: true, recognisedBy }, stream };
}

/** Recognises a request in the events that carry its id: by its content, or by the id where the content was erased. */
function recognise(
  { matches, becomes }: Request,
  recorded: VisitStream['events'],
  erased: VisitStream['erased'],
): Recognition | undefined {
  if (recorded.some(matches)) return 'content';
  const isErased = ({ type, metadata }: VisitStream['events'][number]) =>
    type === becomes && erased?.has(metadata.streamPosition);
  return recorded.some(isErased) ? 'id' : undefined;
}

/** The place of the accepted request of the same batch that it repeats, if it does. */
function earlierAmong(judged: readonly Judged[], { commandId, matches }: Request): Judged | undefined {
  const repeats = judged.findIndex((each) => isAccepted(each) && each.request.commandId === commandId);
  const first = judged[repeats];
  if (first === undefined || !isAccepted(first)) return undefined;
  if (!first.events.some(matches)) throw new CommandIdReusedError(commandId);
  return { repeats };
}
