import type { Actor, VisitEvent } from '../messages/index.ts';
import { audit } from '../reading/audit.ts';
import { parseEvent } from '../wire/index.ts';
import { carryOut } from './carry-out.ts';
import type { Context } from './context.ts';
import { MalformedFactError, RecordingForbiddenError } from './errors.ts';
import { contentHash, type Request } from './identity.ts';
import type { Recorded } from './service.ts';
import { asWritten, readVisit } from './stream.ts';

/** Stores a fact, whatever the rules say of it, and audits it where it stands. */
export async function record(context: Context, given: VisitEvent, recorder: Actor): Promise<Recorded> {
  if (!context.recorders.includes(recorder.role)) throw new RecordingForbiddenError(recorder.role);
  const request = requestOf(context, wellFormed(given), recorder);
  const { streamName } = request;
  const [outcome] = await carryOut(context, streamName, [request]);
  if (outcome?.answer?.ok !== true) throw outcome?.error;
  const { events, state, version, repeated } = outcome.answer;
  const stream = await readVisit(context.store, streamName, context.codec);
  const index = Number(version) - 1;
  const { findings } = audit(
    stream.events.slice(0, index + 1).map(asWritten),
    context.policy === undefined ? {} : { policy: context.policy },
  );
  return {
    event: events[0] as VisitEvent,
    findings: findings.filter((finding) => finding.index === index),
    state,
    version,
    repeated,
  };
}

function wellFormed(given: VisitEvent): VisitEvent {
  const parsed = parseEvent(JSON.stringify(given) ?? '');
  if (!parsed.ok) throw new MalformedFactError(parsed.issues);
  return parsed.value;
}

function requestOf(context: Context, { metadata: source, ...fact }: VisitEvent, { role, id }: Actor): Request {
  const recorder = { role, id };
  return {
    commandId: source?.commandId ?? source?.eventId ?? context.newId(),
    commandHash: contentHash({ ...fact, recorder }),
    streamName: context.streamName(fact.data.visitId),
    about: { visitId: fact.data.visitId, type: fact.type, role },
    judge: () => ({ ok: true, events: [fact as VisitEvent] }),
    metadata: source === undefined ? { recorder } : { recorder, source },
  };
}
