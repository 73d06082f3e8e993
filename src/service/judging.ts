import type { VisitEvent } from '../messages/index.ts';
import { isStoreError } from '../stores/errors.ts';
import { isAsExpected } from '../stores/event-record.ts';
import { mapInSlices } from '../util/slices.ts';
import { initialState, replay, type VisitState } from '../visit/index.ts';
import { addMetadata, type Recognition, type Request } from './idempotency.ts';
import type { CommandAnswer } from './results.ts';
import {
  ChainBrokenError,
  CommandIdReusedError,
  NotAuthorizedError,
  UnreadableStreamError,
  VersionMismatchError,
} from './shared/errors.ts';
import {
  assertReadable,
  foldRead,
  hasReportedAct,
  stripStoreMetadata,
  type VisitStream,
  wholeLog,
} from './shared/stream.ts';

/** The outcome of a request: its answer with the stream that it was judged on, or the error. */
export type RequestOutcome = Readonly<
  { answer: CommandAnswer; stream: VisitStream; error?: undefined } | { error: unknown; answer?: undefined }
>;

/** An accepted request whose events are not stored yet. */
export type Accepted = Readonly<{
  request: Request;
  events: readonly VisitEvent[];
  state: VisitState;
  version: bigint;
}>;

/** The judgement of a request before anything is stored; one that repeats another of the batch refers to its place. */
export type JudgedRequest = RequestOutcome | Accepted | Readonly<{ repeats: number }>;

export const isAccepted = (judged: JudgedRequest): judged is Accepted => 'events' in judged;

/**
 * Judges requests on a stream, in order, each on the state after those before it. What depends on the visit is disclosed only to
 * a sender who may see it, or to the recorder of a repeated command, who knows it already. In slices of time.
 */
export async function decideAll(
  stream: VisitStream,
  requests: readonly Request[],
  now: () => string,
): Promise<JudgedRequest[]> {
  const judged: JudgedRequest[] = [];
  let current: VisitState | undefined;
  let { version, lastId } = stream;

  function judge(request: Request): JudgedRequest {
    const prior = findPrior(stream, request);
    if (prior?.recognisedBy !== 'content') authorize(request, () => current ?? readableState(stream));
    const known = prior === undefined ? findDuplicateInBatch(judged, request) : findPriorResult(stream, request, prior);
    if (known !== undefined) return known;
    const { streamName, expectedVersion = version } = request;
    if (!isAsExpected(expectedVersion, version)) throw new VersionMismatchError(streamName, expectedVersion, version);
    const before = current ?? foldRead(stream);
    current = before;
    // A request that needs the log is alone in its batch, and its stream is read whole.
    const decision = request.judge(before, () => wholeLog(stream));
    if (!decision.ok) return { answer: { ok: false, rejection: decision.rejection, state: before, version }, stream };
    assertChain(stream, request);
    const events = addMetadata(decision.events, request, { recordedAt: now(), previousId: lastId });
    const state = replay(events, before);
    current = state;
    version += BigInt(events.length);
    lastId = events.at(-1)?.metadata?.eventId ?? lastId;
    return { request, events, state, version };
  }

  await mapInSlices(requests, (request) => {
    try {
      judged.push(judge(request));
    } catch (error) {
      judged.push({ error });
    }
  });
  return judged;
}

/** Refuses to append a command to a log with broken seals. A fact is recorded in any case. */
export function assertChain({ streamName, fault }: VisitStream, { isFact }: Pick<Request, 'isFact'>): void {
  if (fault !== undefined && !isFact) throw new ChainBrokenError(streamName, fault.position, fault.fault);
}

/** Refuses a sender who may not see the visit, before anything that depends on it is disclosed. */
export function authorize(request: Pick<Request, 'authorize'>, state: () => VisitState): void {
  if (request.authorize !== undefined && !permits(request.authorize, state())) throw new NotAuthorizedError();
}

function permits(authorize: NonNullable<Request['authorize']>, state: VisitState): boolean {
  const answer: unknown = authorize(state);
  if (answer instanceof Promise) throw new TypeError('authorize answers true or false, not a promise');
  return answer === true;
}

/**
 * The error to answer when a visit cannot be read at all. Senders who may not see a visit in its initial state get a
 * `NotAuthorizedError`, and do not learn that the visit is damaged.
 */
export function readErrorFor(error: unknown, authorize: Request['authorize']): unknown {
  const isOfVisit = error instanceof UnreadableStreamError || (isStoreError(error) && error.kind === 'corrupt');
  if (!isOfVisit || authorize === undefined) return error;
  try {
    return permits(authorize, initialState()) ? error : new NotAuthorizedError({ cause: error });
  } catch (thrown) {
    return thrown;
  }
}

/** The state up to the first unreadable event: enough to decide who may see the visit. */
export function readableState(stream: VisitStream): VisitState {
  try {
    return foldRead(stream);
  } catch (error) {
    if (!(error instanceof UnreadableStreamError)) throw error;
    const { position } = error;
    const unreadable = stream.read.findIndex(({ metadata }) => metadata.streamPosition === position);
    return foldRead(stream, Math.max(unreadable, 0));
  }
}

/** The events that carry the id of a request, and how it is recognised in them, if it is. */
type Prior = Readonly<{ recorded: VisitStream['read']; recognisedBy: Recognition | undefined }>;

function findPrior(stream: VisitStream, request: Request): Prior | undefined {
  const { read, erased } = stream;
  const { commandId } = request;
  const recorded = read.filter(({ metadata }) => metadata.commandId === commandId);
  // An event that cannot be read may be this command's.
  assertReadable(stream, recorded);
  if (recorded.length > 0) return { recorded, recognisedBy: recognise(request, recorded, erased) };
  const ids = new Set([commandId]);
  if (read.some((event) => hasReportedAct(event, ids))) throw new CommandIdReusedError(commandId);
  return undefined;
}

/** Rebuilds the answer that the request got when it was accepted. */
function findPriorResult(
  stream: VisitStream,
  { commandId }: Request,
  { recorded, recognisedBy }: Prior,
): RequestOutcome {
  const last = recorded.at(-1);
  if (recognisedBy === undefined || last === undefined) throw new CommandIdReusedError(commandId);
  const state = foldRead(stream, stream.read.indexOf(last) + 1);
  const events = recorded.map(stripStoreMetadata);
  const version = last.metadata.streamPosition;
  return { answer: { ok: true, events, state, version, repeated: true, recognisedBy }, stream };
}

/** Recognises a request in the events that carry its id: by its content, or by the id where the content was erased. */
function recognise(
  { matches, becomes }: Request,
  recorded: VisitStream['read'],
  erased: VisitStream['erased'],
): Recognition | undefined {
  if (recorded.some(matches)) return 'content';
  const isErased = ({ type, metadata }: VisitStream['read'][number]) =>
    type === becomes && erased?.has(metadata.streamPosition);
  return recorded.some(isErased) ? 'id' : undefined;
}

/** Finds the accepted request of the same batch that it repeats, if it does. */
function findDuplicateInBatch(
  judged: readonly JudgedRequest[],
  { commandId, matches }: Request,
): JudgedRequest | undefined {
  const repeats = judged.findIndex((each) => isAccepted(each) && each.request.commandId === commandId);
  const first = judged[repeats];
  if (first === undefined || !isAccepted(first)) return undefined;
  if (!first.events.some(matches)) throw new CommandIdReusedError(commandId);
  return { repeats };
}
