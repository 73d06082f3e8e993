import { mustBe } from '../kernel/known.ts';
import type { Actor, Instant, NonEmptyText } from '../messages/index.ts';
import type { RowChange } from '../stores/event-store.ts';
import { compareTexts } from '../util/equality.ts';
import { runtime } from '../util/runtime.ts';
import { openEnvelope, sealEnvelope } from './envelope.ts';
import { type DataSubject, isSubject } from './erasures.ts';
import { changeRows, listRows, personsConsumer, type RowStore } from './fenced-rows.ts';
import { type Keyring, keyId } from './keyring.ts';

/** A note beside a visit: what a subject has corrected, where no act of the protocol corrects it. @since 0.11.0 */
export type SubjectNote = DataSubject & Readonly<{ noteId: string; at: Instant; by: Actor; text: NonEmptyText }>;

/** Notes of subjects. @since 0.11.0 */
export type Notes = Readonly<{
  /**
   * Adds a note under the key of a subject: the log stays as it is. It is gone with the key.
   *
   * @throws RangeError when the subject is erased
   */
  addNote(note: Omit<SubjectNote, 'noteId'>): Promise<SubjectNote>;
  /** Opens the notes of a subject, the oldest first. */
  listNotes(subject: DataSubject): Promise<readonly SubjectNote[]>;
}>;

type Stored = Omit<SubjectNote, 'by' | 'text'> & Readonly<{ sealed: string }>;

const NOTES = 'auxilio.notes';

const prefixOf = ({ visitId, subject }: DataSubject) => `${visitId} ${subject} `;
const placeOf = ({ noteId, visitId, subject }: Pick<Stored, 'noteId'> & DataSubject) => ({
  streamName: `${NOTES}/${visitId}`,
  eventId: noteId,
  subjects: subject,
});

export function createNotes(keyring: Keyring, store: RowStore) {
  const readSecret = async ({ visitId, subject }: DataSubject, make: boolean) => {
    const id = keyId(visitId, subject);
    return (await keyring.read([id], make)).get(id)?.secret ?? null;
  };

  async function addNote({ visitId, subject, text, by, at }: Omit<SubjectNote, 'noteId'>): Promise<SubjectNote> {
    mustBe(isSubject(subject), 'A subject is client, representative, provider/ID or operator/ID', subject);
    mustBe(typeof text === 'string' && text.trim() !== '', 'A note has a text that is not blank', text);
    const note: SubjectNote = { noteId: runtime.randomId(), visitId, subject, at, by, text };
    await changeRows(store, personsConsumer(visitId), async () => {
      const secret = await readSecret(note, true);
      if (secret === null) throw new RangeError(`The subject ${subject} of ${visitId} is erased`);
      const sealed = await sealEnvelope(secret, placeOf(note), { by, text });
      const body: Stored = { noteId: note.noteId, visitId, subject, at, sealed };
      return [{ projection: NOTES, key: `${prefixOf(note)}${note.noteId}`, body }];
    });
    return note;
  }

  async function listNotes(subject: DataSubject): Promise<readonly SubjectNote[]> {
    const rows = await listRows(store, NOTES, prefixOf(subject));
    const secret = rows.length === 0 ? null : await readSecret(subject, false);
    if (secret === null) return [];
    const notes: SubjectNote[] = [];
    for (const { body } of rows) {
      const { sealed, ...stored } = body as Stored;
      const opened = await openEnvelope(secret, placeOf(stored), sealed);
      if (opened.ok) notes.push({ ...stored, ...(opened.value as Pick<SubjectNote, 'by' | 'text'>) });
    }
    return notes.sort((one, other) => compareTexts(one.at, other.at));
  }

  /** The rows that go with a subject, to be deleted. */
  const listRowsOf = async (subject: DataSubject): Promise<RowChange[]> =>
    (await listRows(store, NOTES, prefixOf(subject))).map(({ key }) => ({ projection: NOTES, key, body: null }));

  return { addNote, listNotes, listRowsOf };
}
