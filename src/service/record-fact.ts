import type { Actor, VisitEvent } from '../messages/index.ts';
import { audit } from '../reading/audit.ts';
import { schemaVersion } from '../visit/index.ts';
import type { Issue } from '../wire/issues.ts';
import { listIssues } from '../wire/issues.ts';
import { type ParsedEvent, parseEvent } from '../wire/parse.ts';
import { actor } from '../wire/shared.ts';
import { executeCommands } from './command-handler.ts';
import { mustBeDirect } from './command-request.ts';
import type { Context } from './context.ts';
import { isRepeatOfFact, type Request } from './idempotency.ts';
import type { RequestOutcome } from './judging.ts';
import type { RecordAnswer } from './results.ts';
import { MalformedFactError, RecordingForbiddenError } from './shared/errors.ts';
import { toJsonText } from './shared/option-validation.ts';
import { wholeLog } from './shared/stream.ts';

/** Stores a fact, even if the rules refuse it, and audits it at its place. */
export async function record(context: Context, given: VisitEvent, recorder: Actor): Promise<RecordAnswer> {
  if (!context.factRecorders.includes(recorder?.role)) throw new RecordingForbiddenError(recorder?.role);
  mustBeDirect(given?.type);
  const fact = parseFact(given, recorder);
  mustBeDirect(fact.type);
  const request = await createFactRequest(context, fact, recorder);
  const { streamName } = request;
  const [outcome] = (await executeCommands(context, streamName, [request])) as [RequestOutcome];
  if (outcome.answer === undefined || !outcome.answer.ok) throw outcome.error;
  const { events, state, version, repeated, recognisedBy } = outcome.answer;
  const log = [...wholeLog(outcome.stream), ...(repeated ? [] : events)];
  const index = findFact(request, log);
  const policy = context.policy === undefined ? {} : { policy: context.policy };
  const { findings } = audit(log.slice(0, index + 1), policy);
  return {
    event: log[index] as VisitEvent,
    findings: findings.filter((finding) => finding.index === index),
    state,
    version,
    repeated,
    ...(recognisedBy === undefined ? {} : { recognisedBy }),
  };
}

/** Finds a fact in its log: of several events with its id, the last one with its content, or else the last one. */
function findFact({ commandId, matches }: Request, log: readonly VisitEvent[]): number {
  const isUnderId = ({ metadata }: VisitEvent) => metadata?.commandId === commandId;
  const same = log.findLastIndex((event) => isUnderId(event) && matches(event));
  return same === -1 ? log.findLastIndex(isUnderId) : same;
}

/** The metadata of a fact without the hash of its command, which would outlive an erasure. */
function withoutHash(metadata: VisitEvent['metadata']): VisitEvent['metadata'] {
  if (metadata?.commandHash === undefined) return metadata;
  const { commandHash: _, ...others } = metadata;
  return others;
}

function parseFact(given: VisitEvent, recorder: Actor): VisitEvent {
  const fact = takeParsed(parseEvent(toJsonText(given)));
  const { error } = actor().safeParse(recorder);
  if (error !== undefined) throw new MalformedFactError(listIssues(error, recorder, actor()).map(prefixPath));
  takeParsed(parseEvent(toJsonText({ ...fact, metadata: { ...stamps, recorder, source: fact.metadata } })));
  return fact;
}

function takeParsed(parsed: ParsedEvent): VisitEvent {
  if (!parsed.ok) throw new MalformedFactError(parsed.issues);
  return parsed.value;
}

const prefixPath = ({ path, ...issue }: Issue): Issue => ({ path: `/metadata/recorder${path}`, ...issue });

const hash = '0'.repeat(64);

/** The metadata that the service adds, at their greatest length: with them, the event must still parse. */
const stamps = {
  schemaVersion,
  eventId: '00000000-0000-8000-8000-000000000000',
  commandId: '0'.repeat(128),
  recordedAt: '0001-01-01T00:00:00.000Z',
  previousHash: hash,
  hash,
};

/** Makes the request of a fact; its personal texts are taken out, if the service has privacy. */
async function createFactRequest(
  { newId, privacy, streamName }: Context,
  { metadata: brought, ...given }: VisitEvent,
  { role, id }: Actor,
): Promise<Request> {
  const source = withoutHash(brought);
  const commandId = source?.commandId ?? source?.eventId ?? newId();
  const metadata = { commandId, ...(source !== undefined && { source }) };
  const tokenized = await privacy?.tokenizeFact({ ...given, metadata } as VisitEvent, { role, id });
  const { message: fact = given, recorder = { role, id }, texts } = tokenized ?? {};
  return {
    commandId,
    ...(texts !== undefined && { texts }),
    streamName: streamName(fact.data.visitId),
    about: { visitId: fact.data.visitId, type: fact.type, role },
    isFact: true,
    becomes: fact.type,
    matches: (event) => isRepeatOfFact(fact as VisitEvent, recorder, event),
    judge: () => ({ ok: true, events: [{ type: fact.type, data: fact.data } as VisitEvent] }),
    metadata: source === undefined || texts !== undefined ? { recorder } : { recorder, source },
  };
}
