import type { Id, Instant } from 'auxilio';
import { isId } from '../../http/access.ts';
import { bodyOf } from './body.ts';
import type { Field, FieldAsked } from './field.ts';
import { Refusal } from './refusals.ts';
import { jsonReply } from './replies.ts';
import { mustBeIn } from './session-routes.ts';

/** A case that one person of the contact center holds, until it expires. It is no event: it proves nothing. */
export type Claim = {
  readonly visitId: Id;
  readonly actorId: Id;
  readonly name: string;
  readonly since: Instant;
  readonly until: Instant;
};

const MINUTE_MS = 60_000;
const USUAL_MINUTES = 10;
const MOST_MINUTES = 8 * 60;

/** `GET /api/claims`: those that have not expired. */
export async function listClaims(field: Field): Promise<Response> {
  const claims = (await field.claims.all()).filter(({ until }) => until > field.now());
  return jsonReply({ claims, serverTime: field.now() });
}

/**
 * `POST /api/claims/:visitId`: holds a case, or holds it for longer. If another person holds it, 409 says who; a supervisor may
 * take it over (`take`).
 */
export async function claim(field: Field, asked: FieldAsked): Promise<Response> {
  const { actorId, name, role } = mustBeIn(asked.session);
  const visitId = visitOf(asked);
  const { minutes = USUAL_MINUTES, take = false } = await bodyOf(asked.request, 1024);
  if (typeof minutes !== 'number' || !(minutes >= 1 && minutes <= MOST_MINUTES))
    throw new Refusal('bad-request', { at: '/minutes' });
  if ((await field.service.load(visitId)).version === 0n) throw new Refusal('no-such-path');
  const at = field.now();
  const mayTake = take === true && role === 'supervisor';
  const standing = await field.claims.change(visitId, (held) => {
    const isFree = held === null || held.until <= at || held.actorId === actorId || mayTake;
    if (!isFree) return undefined;
    const since = held !== null && held.actorId === actorId && held.until > at ? held.since : at;
    return { visitId, actorId, name, since, until: new Date(Date.parse(at) + minutes * MINUTE_MS).toISOString() };
  });
  if (standing?.actorId !== actorId) throw new Refusal('claimed-by-other', { claim: standing });
  return jsonReply(standing);
}

/** `DELETE /api/claims/:visitId`: lets a case go that one holds oneself; a supervisor any. */
export async function releaseClaim(field: Field, asked: FieldAsked): Promise<Response> {
  const { actorId, role } = mustBeIn(asked.session);
  const visitId = visitOf(asked);
  const standing = await field.claims.change(visitId, (held) => {
    if (held === null) return undefined;
    return held.actorId === actorId || role === 'supervisor' || held.until <= field.now() ? null : undefined;
  });
  if (standing !== null) throw new Refusal('claimed-by-other', { claim: standing });
  return new Response(null, { status: 204 });
}

function visitOf({ param }: FieldAsked): Id {
  const visitId = param('visitId');
  if (!isId(visitId)) throw new Refusal('bad-request', { at: 'visitId' });
  return visitId;
}
