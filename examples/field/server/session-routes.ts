import type { Policy } from 'auxilio';
import type { Caller } from '../../http/access.ts';
import { access } from './access.ts';
import { cookieOf, tokenOf } from './cookies.ts';
import { noteLogin } from './devices.ts';
import type { Field, FieldAsked } from './field.ts';
import { logIn, type SessionReply } from './login.ts';
import { Refusal } from './refusals.ts';
import { jsonReply } from './replies.ts';
import { claimsOf, type Session } from './sessions.ts';

const noStore = { 'cache-control': 'no-store' };

/** `POST /api/session`. A session that the browser had before ends. */
export async function startSession(field: Field, asked: FieldAsked): Promise<Response> {
  const { token, session } = await logIn(field, asked);
  await endTheirs(field, asked);
  const { role, actorId: providerId, device, startedAt: enteredAt } = session;
  if (role === 'provider' && device !== undefined) await noteLogin(field.logins, { providerId, device, enteredAt });
  const leftMs = Date.parse(session.expiresAt) - Date.parse(session.startedAt);
  return jsonReply(sessionReply(session, field), {
    ...noStore,
    'set-cookie': cookieOf(token, asked.isSecure, leftMs / 1000),
  });
}

/** `GET /api/session`: the person who is logged in. */
export async function showSession(field: Field, { session }: FieldAsked): Promise<Response> {
  return jsonReply(sessionReply(mustBeIn(session), field), noStore);
}

/** `DELETE /api/session`: logs out. The browser removes what its cache has on the disk: the next person may be another. */
export async function endSession(field: Field, asked: FieldAsked): Promise<Response> {
  await endTheirs(field, asked);
  const cleared = { 'clear-site-data': '"cache"', 'set-cookie': cookieOf(null, asked.isSecure, 0) };
  return new Response(null, { status: 204, headers: { ...noStore, ...cleared } });
}

async function endTheirs({ sessions, hub, announcements }: Field, { request, isSecure }: FieldAsked): Promise<void> {
  const token = tokenOf(request, isSecure);
  if (token === undefined) return;
  await sessions.end(token);
  await Promise.all([hub.review(), announcements.review()]);
}

/** The session of a route that is not anyone's. */
export function mustBeIn(session: Session | null): Session {
  if (session === null) throw new Refusal('not-yours');
  return session;
}

/** The caller as the API of the visits takes them. */
export function callerOf({ session }: FieldAsked): Caller {
  const claims = claimsOf(mustBeIn(session));
  const actor = access.actorOf(claims);
  if (actor === null) throw new Refusal('not-yours');
  return { actor, claims };
}

function sessionReply(session: Session, { policy }: Field): SessionReply {
  const { actorId, role, name, locale, device, expiresAt } = session;
  return {
    actorId,
    role,
    name,
    locale,
    ...(device !== undefined && { device }),
    ...(policy && role === 'provider' && { policy: judging(policy) }),
    expiresAt,
  };
}

/** The part of a policy that a phone judges by. A threshold may be infinite, which JSON does not have. */
const judging = ({ thresholds: _, ...others }: Policy): Policy => others;
