import { type Id, type Instant, replay } from 'auxilio';
import { isId } from '../../http/access.ts';
import { bodyOf } from './body.ts';
import type { Field, FieldAsked } from './field.ts';
import { textOf } from './notes.ts';
import type { FieldRow } from './read-models.ts';
import { Refusal } from './refusals.ts';
import { jsonReply } from './replies.ts';
import { mustBeIn } from './session-routes.ts';
import { viewFor } from './views.ts';

/** The answer of the contact center to a disagreement. */
type DisagreementAnswer = {
  readonly actorId: Id;
  readonly name: string;
  readonly at: Instant;
  readonly text: string;
};

/**
 * A provider's disagreement with what the center decided on a visit, or with its hours, and the answer of the center. It is no event: it
 * changes nothing that stands.
 */
export type Disagreement = {
  readonly disagreementId: Id;
  readonly visitId: Id;
  readonly providerId: Id;
  readonly name: string;
  readonly reason: string;
  /** The time at which it was written, by the clock of the phone. */
  readonly at: Instant;
  readonly receivedAt: Instant;
  /** The visit as the provider saw it then: it may be on the board no longer. A former one learns nothing of the next by it. */
  readonly visit: Pick<FieldRow, 'caseNumber' | 'client' | 'service' | 'place' | 'phase' | 'provider'>;
  readonly answer: DisagreementAnswer | null;
};

const MOST = 20;

/** `POST /api/visits/:visitId/disagreements`: of a provider who is or was assigned. The same id again changes nothing. */
export async function disagree(field: Field, asked: FieldAsked): Promise<Response> {
  const { actorId: providerId, name } = mustBeIn(asked.session);
  const visitId = idOf(asked, 'visitId');
  const { events } = await viewFor(field, asked, visitId);
  const { disagreementId, at, reason } = await bodyOf(asked.request, 16_384);
  if (!isId(disagreementId)) throw new Refusal('bad-request', { at: '/disagreementId' });
  if (typeof at !== 'string' || Number.isNaN(Date.parse(at))) throw new Refusal('bad-request', { at: '/at' });
  const text = textOf(reason);
  const own = (await field.disagreements.startingWith(`${visitId} `)).filter((one) => one.providerId === providerId);
  const known = own.find((one) => one.disagreementId === disagreementId);
  if (known !== undefined) return jsonReply(known);
  if (own.length >= MOST) throw new Refusal('too-large');
  const { caseNumber, client, service, place, phase, provider } = replay(events);
  const made: Disagreement = {
    disagreementId,
    visitId,
    providerId,
    name,
    reason: text,
    at: new Date(at).toISOString(),
    receivedAt: field.now(),
    visit: { caseNumber, client: client?.name ?? null, service, place, phase, provider },
    answer: null,
  };
  // No id has a space. An id that another provider has taken is theirs.
  const kept = await field.disagreements.change(keyOf(visitId, disagreementId), (there) =>
    there === null ? made : undefined,
  );
  if (kept?.providerId !== providerId) throw new Refusal('not-yours');
  return jsonReply(kept, {}, 201);
}

/** `GET /api/visits/:visitId/disagreements`: a provider's own, for all others every one. */
export async function listDisagreements(field: Field, asked: FieldAsked): Promise<Response> {
  const { actorId, role } = mustBeIn(asked.session);
  const visitId = idOf(asked, 'visitId');
  await viewFor(field, asked, visitId);
  const all = await field.disagreements.startingWith(`${visitId} `);
  return jsonReply({ disagreements: role === 'provider' ? all.filter((one) => one.providerId === actorId) : all });
}

/** `GET /api/disagreements`: those that wait for an answer. */
export async function listUnanswered({ disagreements }: Field): Promise<Response> {
  return jsonReply({ disagreements: (await disagreements.all()).filter(({ answer }) => answer === null) });
}

/** `POST /api/visits/:visitId/disagreements/:disagreementId`: answers one; the first answer stays. */
export async function answerDisagreement(field: Field, asked: FieldAsked): Promise<Response> {
  const { actorId, name } = mustBeIn(asked.session);
  const key = keyOf(idOf(asked, 'visitId'), idOf(asked, 'disagreementId'));
  const { text } = await bodyOf(asked.request, 16_384);
  const answer: DisagreementAnswer = { actorId, name, at: field.now(), text: textOf(text) };
  const standing = await field.disagreements.change(key, (there) =>
    there === null || there.answer !== null ? undefined : { ...there, answer },
  );
  if (standing === null) throw new Refusal('no-such-path');
  return jsonReply(standing);
}

const keyOf = (visitId: Id, disagreementId: Id) => `${visitId} ${disagreementId}`;

function idOf({ param }: FieldAsked, name: string): Id {
  const id = param(name);
  if (!isId(id)) throw new Refusal('bad-request', { at: name });
  return id;
}
