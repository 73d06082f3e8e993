import type { Id, Instant } from 'auxilio';
import { bodyOf } from './body.ts';
import type { Field, FieldAsked } from './field.ts';
import { textOf } from './notes.ts';
import { jsonReply } from './replies.ts';
import { mustBeIn } from './session-routes.ts';

/** The last shift of a person of the contact center, and what they said when they handed it over. */
export type Shift = {
  readonly actorId: Id;
  readonly name: string;
  readonly startedAt: Instant;
  readonly endedAt: Instant | null;
  readonly handover: string | null;
};

/** `GET /api/shifts`: the last shift of each person; those who are on duty have not ended it. */
export async function listShifts({ shifts }: Field): Promise<Response> {
  return jsonReply({ shifts: await shifts.all() });
}

/** `POST /api/shifts`: begins one's shift; one that runs goes on. */
export async function startShift(field: Field, { session }: FieldAsked): Promise<Response> {
  const { actorId, name } = mustBeIn(session);
  const begun = { actorId, name, startedAt: field.now(), endedAt: null, handover: null };
  const shift = await field.shifts.change(actorId, (last) => (last?.endedAt === null ? undefined : begun));
  return jsonReply(shift ?? {});
}

/** `POST /api/shifts/end`: ends one's shift, with a text for those who come next; one's claims are let go. */
export async function endShift(field: Field, { session, request }: FieldAsked): Promise<Response> {
  const { actorId, name } = mustBeIn(session);
  const { text } = await bodyOf(request, 16_384);
  const handover = text === undefined ? null : textOf(text);
  const at = field.now();
  const shift = await field.shifts.change(actorId, (last) => ({
    ...(last ?? { actorId, name, startedAt: at }),
    endedAt: at,
    handover,
  }));
  const own = (await field.claims.all()).filter((claim) => claim.actorId === actorId);
  for (const { visitId } of own) {
    await field.claims.change(visitId, (held) => (held?.actorId === actorId ? null : undefined));
  }
  return jsonReply(shift ?? {});
}
