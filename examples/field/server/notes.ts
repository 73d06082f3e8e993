import { randomUUID } from 'node:crypto';
import type { Id, Instant } from 'auxilio';
import { isId } from '../../http/access.ts';
import { bodyOf } from './body.ts';
import type { Field, FieldAsked } from './field.ts';
import { Refusal } from './refusals.ts';
import { jsonReply } from './replies.ts';
import { mustBeIn } from './session-routes.ts';

/** A note of the contact center on a visit, for itself. */
export type Note = {
  readonly noteId: Id;
  readonly visitId: Id;
  readonly actorId: Id;
  readonly name: string;
  readonly at: Instant;
  readonly text: string;
};

const MOST_NOTES = 500;

/** `GET /api/visits/:visitId/notes`, the oldest first. */
export async function listNotes({ notes }: Field, asked: FieldAsked): Promise<Response> {
  return jsonReply({ notes: await notes.startingWith(`${visitOf(asked)} `) });
}

/** `POST /api/visits/:visitId/notes` */
export async function addNote(field: Field, asked: FieldAsked): Promise<Response> {
  const { actorId, name } = mustBeIn(asked.session);
  const visitId = visitOf(asked);
  const { text } = await bodyOf(asked.request, 16_384);
  const words = textOf(text);
  if ((await field.service.load(visitId)).version === 0n) throw new Refusal('no-such-path');
  if ((await field.notes.startingWith(`${visitId} `)).length >= MOST_NOTES) throw new Refusal('too-large');
  const at = field.now();
  const note: Note = { noteId: `n-${randomUUID()}`, visitId, actorId, name, at, text: words };
  // In the order of their times: no id has a space.
  await field.notes.change(`${visitId} ${at} ${note.noteId}`, () => note);
  return jsonReply(note, {}, 201);
}

/** A text of a person: no control characters but line breaks, at most 2,000 characters. */
export function textOf(text: unknown): string {
  const words = typeof text === 'string' ? text.trim().normalize('NFC') : '';
  if (!/^(?:[^\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]|\n){1,2000}$/u.test(words))
    throw new Refusal('bad-request', { at: '/text' });
  return words;
}

function visitOf({ param }: FieldAsked): Id {
  const visitId = param('visitId');
  if (!isId(visitId)) throw new Refusal('bad-request', { at: 'visitId' });
  return visitId;
}
