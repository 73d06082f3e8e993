/** The photographs of providers, by which a client knows who is at the door. The center has them, and no event does. */
import { createHash } from 'node:crypto';
import type { Id, Instant } from 'auxilio';
import { isId } from '../../http/access.ts';
import { bytesOf } from '../../http/fetch.ts';
import { Problem } from '../../http/problem.ts';
import type { Field, FieldAsked } from './field.ts';
import { DATA_POLICY } from './headers.ts';
import { lookAt } from './pictures.ts';
import { Refusal } from './refusals.ts';
import { mustBeIn } from './session-routes.ts';

/** The photograph of a provider: its bytes in base64, its hash, and who put it there. */
export type Portrait = Readonly<{ base64: string; mediaType: string; sha256: string; by: Id; at: Instant }>;

/** Most bytes of a portrait, and the longest time that they may take, in milliseconds. */
const MAX_BYTES = 512 * 1024;
const MAX_MS = 30_000;

/** `PUT /api/providers/:providerId/portrait`: the bytes of a picture take the place of the one that there was. */
export async function putPortrait(field: Field, asked: FieldAsked): Promise<Response> {
  const providerId = await providerOf(field, asked);
  const bytes = await bytesOf(asked.request, MAX_BYTES, MAX_MS);
  if (bytes === null) throw new Refusal('too-large');
  const seen = await lookAt(bytes);
  // Chromium and Firefox draw no HEIC.
  if (seen === null || seen.mediaType === 'image/heic') throw new Problem('not-an-image');
  const portrait: Portrait = {
    base64: Buffer.from(bytes).toString('base64'),
    mediaType: seen.mediaType,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    by: mustBeIn(asked.session).actorId,
    at: field.now(),
  };
  await field.portraits.change(providerId, () => portrait);
  return new Response(null, { status: 204 });
}

/** `DELETE /api/providers/:providerId/portrait` */
export async function removePortrait(field: Field, asked: FieldAsked): Promise<Response> {
  await field.portraits.change(await providerOf(field, asked), () => null);
  return new Response(null, { status: 204 });
}

/** `GET /api/providers/:providerId/portrait` */
export const showPortrait = async (field: Field, asked: FieldAsked): Promise<Response> =>
  portraitReply(await field.portraits.read(await providerOf(field, asked)));

/** The picture itself; nothing without one. It is asked for again each time, since another may take its place. */
export function portraitReply(portrait: Portrait | null): Response {
  if (portrait === null) return new Response(null, { status: 204, headers: { 'cache-control': 'private, no-store' } });
  return new Response(Buffer.from(portrait.base64, 'base64'), {
    headers: {
      'content-type': portrait.mediaType,
      'cache-control': 'private, no-store',
      'content-security-policy': DATA_POLICY,
    },
  });
}

async function providerOf({ users }: Field, { param }: FieldAsked): Promise<Id> {
  const providerId = param('providerId');
  if (!isId(providerId)) throw new Refusal('bad-request', { at: 'providerId' });
  const isOne = (await users.all()).some(({ role, actorId }) => role === 'provider' && actorId === providerId);
  if (!isOne) throw new Refusal('no-such-path');
  return providerId;
}
