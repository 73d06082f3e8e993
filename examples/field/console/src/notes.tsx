import { useEffect, useState } from 'preact/hooks';
import type { Note } from '../../server/notes.ts';
import { get, post, visitPath } from './api.ts';
import { say, t, when } from './app.ts';
import { lastNote, resets } from './board.ts';
import { useTyped } from './typed.ts';

/** The notes of the center on a visit, for itself. */
export function Notes({ visitId }: { visitId: string }) {
  const words = t();
  const [notes, setNotes] = useState<readonly Note[]>([]);
  const [text, setText] = useTyped(`note ${visitId}`);
  const note = lastNote.value;
  useEffect(() => {
    get<{ notes: readonly Note[] }>(`${visitPath(visitId)}/notes`).then((answer) => {
      if (answer.ok) setNotes(answer.value.notes);
    });
  }, [visitId, resets.value, note?.visitId === visitId ? note.noteId : '']);
  async function add(event: SubmitEvent) {
    event.preventDefault();
    if (text.trim() === '') return;
    const answer = await post<Note>(`${visitPath(visitId)}/notes`, { text });
    if (!answer.ok) say(answer.status === 0 ? words.cannotReach : answer.title);
    else {
      setText('');
      setNotes((before) => [...before.filter(({ noteId }) => noteId !== answer.value.noteId), answer.value]);
    }
  }
  return (
    <section>
      <h2>{words.notes}</h2>
      <ul class="notes" aria-live="polite">
        {notes.map(({ noteId, name, at, text: said }) => (
          <li key={noteId}>
            {said}{' '}
            <small>
              {name}, {when(at)}
            </small>
          </li>
        ))}
      </ul>
      <form class="inline" onSubmit={add}>
        <input
          aria-label={words.newNote}
          placeholder={words.newNote}
          maxLength={2000}
          value={text}
          onInput={({ currentTarget }) => setText(currentTarget.value)}
        />
        <button type="submit">{words.addNote}</button>
      </form>
    </section>
  );
}
