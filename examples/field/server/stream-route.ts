import type { Field, FieldAsked } from './field.ts';
import type { Listening } from './hub.ts';
import { Refusal } from './refusals.ts';
import { mustBeIn } from './session-routes.ts';
import type { Session } from './sessions.ts';

/** `GET /api/stream`: server-sent events, for a console of all visits, for a phone of those of its provider. */
export async function openStream(field: Field, asked: FieldAsked): Promise<Response> {
  const session = mustBeIn(asked.session);
  return streamReply(field, asked, session, () => goesOn(field, session, asked.token));
}

/** The stream of a screen, until it may hear no more. */
export async function streamReply(
  { hub }: Field,
  { request }: FieldAsked,
  listener: Listening,
  mayGoOn: () => Promise<boolean>,
): Promise<Response> {
  const headers = {
    'content-type': 'text/event-stream',
    'cache-control': 'no-store',
    // A proxy that collects an answer would hold the events back.
    'x-accel-buffering': 'no',
  };
  if (request.method === 'HEAD') return new Response(null, { headers });
  const stream = hub.open(listener, request.headers.get('last-event-id'), mayGoOn);
  if (stream === null) throw new Refusal('too-many-tries', {}, { 'retry-after': '5' });
  // What ended between the look at the session and the stream ended no stream.
  if (!(await mayGoOn())) {
    await stream.cancel();
    throw new Refusal('not-yours');
  }
  return new Response(stream, { headers });
}

/** True while the person is logged in, and their device is not revoked. */
async function goesOn({ sessions, devices }: Field, session: Session, token: string | undefined): Promise<boolean> {
  if ((await sessions.find(token)) === null) return false;
  const { role, actorId: providerId, device } = session;
  return role !== 'provider' || device === undefined || !(await devices.isRevoked({ providerId, device }));
}
