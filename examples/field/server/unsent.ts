import type { Locale } from 'auxilio';
import { fetchHandler } from '../../http/fetch.ts';
import type { UnsentReply } from '../../http/replies.ts';
import type { Field, FieldAsked } from './field.ts';
import type { Note } from './notes.ts';
import { sizedReply } from './replies.ts';
import { mustBeIn } from './session-routes.ts';
import { claimsOf } from './sessions.ts';

/** The longest time that a file may take, in milliseconds: it may have 64 MiB. */
const MAX_MS = 50_000;

const texts: Readonly<Record<Locale, (name: string, acts: number) => string>> = {
  'es-CR': (name, acts) =>
    `Entregó un archivo del teléfono de ${name}: ${acts === 1 ? '1 acto' : `${acts} actos`} de esta visita.`,
  en: (name, acts) =>
    `Handed in a file of the phone of ${name}: ${acts === 1 ? '1 act' : `${acts} acts`} of this visit.`,
};

/**
 * `POST /api/unsent`: the file of a phone that can send no more. Its acts wait in the quarantine, as the provider's; a note on each visit
 * says who handed it in. The same file again changes nothing.
 */
export async function takeUnsent(field: Field, { request, path, session, locale }: FieldAsked): Promise<Response> {
  const { actorId, name } = mustBeIn(session);
  let taken: UnsentReply | null = null;
  const reply = await fetchHandler(
    async (call) => {
      const answer = await field.api({ ...call, path });
      if (answer.status === 200) taken = JSON.parse(String(answer.body));
      return sizedReply(answer);
    },
    async () => claimsOf(mustBeIn(session)),
    { bodyTimeoutMs: MAX_MS },
  )(request);
  const users = taken === null ? [] : await field.users.all();
  for (const quarantineId of (taken as UnsentReply | null)?.quarantineIds ?? []) {
    const batch = await field.quarantine.find(quarantineId);
    if (batch === null) continue;
    const { visitId, commands, sender, receivedAt: at } = batch;
    const provider = users.find((user) => user.actorId === sender.id)?.name ?? sender.id;
    const note: Note = {
      noteId: quarantineId,
      visitId,
      actorId,
      name,
      at,
      text: texts[locale](provider, commands.length),
    };
    await field.notes.change(`${visitId} ${at} ${quarantineId}`, (there) => (there === null ? note : undefined));
  }
  return reply;
}
