import type { Id, Instant } from 'auxilio';
import { isId } from '../../http/access.ts';
import { instructionsToRead } from '../ui/to-read.ts';
import { bodyOf } from './body.ts';
import type { Field, FieldAsked } from './field.ts';
import { Refusal } from './refusals.ts';
import { jsonReply } from './replies.ts';
import { mustBeIn } from './session-routes.ts';
import { viewFor } from './views.ts';

/** An instruction that a provider has read on a device. It is no event: the log says what was told, this who has read it. */
export type Read = {
  readonly visitId: Id;
  /** The number of events of the visit up to the instruction. */
  readonly position: number;
  readonly providerId: Id;
  readonly name: string;
  readonly device: string;
  /** The time at which it was read, by the clock of the phone, as that of an act. */
  readonly at: Instant;
  readonly receivedAt: Instant;
};

/** The most readings of a visit that are kept: each device has its own. */
const MOST = 200;

/**
 * `POST /api/visits/:visitId/reads`: of the provider to whom the instruction was given, and of no one else. The same reading again, of
 * the same device, changes nothing.
 */
export async function noteRead(field: Field, asked: FieldAsked): Promise<Response> {
  const { actorId: providerId, name, device = '' } = mustBeIn(asked.session);
  const visitId = visitOf(asked);
  const { events } = await viewFor(field, asked, visitId);
  const { position, given, at } = await bodyOf(asked.request, 1024);
  const told = instructionsToRead(events).find((one) => one.position === position && one.providerId === providerId);
  if (told === undefined) throw new Refusal('bad-request', { at: '/position' });
  // Of a log that was restored another one may stand there.
  if (told.event.data.at !== given) throw new Refusal('bad-request', { at: '/given' });
  if (typeof at !== 'string' || Number.isNaN(Date.parse(at))) throw new Refusal('bad-request', { at: '/at' });
  const key = `${visitId} ${String(told.position).padStart(8, '0')} ${providerId} ${device}`;
  const known = await field.reads.read(key);
  if (known !== null) return jsonReply(known);
  if ((await field.reads.startingWith(`${visitId} `)).length >= MOST) throw new Refusal('too-large');
  const read: Read = {
    visitId,
    position: told.position,
    providerId,
    name,
    device,
    at: new Date(at).toISOString(),
    receivedAt: field.now(),
  };
  const standing = await field.reads.change(key, (there) => (there === null ? read : undefined));
  return jsonReply(standing ?? read, {}, 201);
}

/** `GET /api/visits/:visitId/reads`, in the order of the instructions. */
export async function listReads({ reads }: Field, asked: FieldAsked): Promise<Response> {
  return jsonReply({ reads: await reads.startingWith(`${visitOf(asked)} `) });
}

function visitOf({ param }: FieldAsked): Id {
  const visitId = param('visitId');
  if (!isId(visitId)) throw new Refusal('bad-request', { at: 'visitId' });
  return visitId;
}
