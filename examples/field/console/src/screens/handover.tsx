import { useEffect, useRef, useState } from 'preact/hooks';
import type { Claim } from '../../../server/claims.ts';
import type { Note } from '../../../server/notes.ts';
import type { Shift } from '../../../server/shifts.ts';
import { hrefOf } from '../../../ui/route.ts';
import { lengthOf } from '../../../ui/time.ts';
import { Title } from '../../../ui/title.tsx';
import { get, post, visitPath } from '../api.ts';
import { now, say, t, when } from '../app.ts';
import { claims, heldBy, lastNote, lastShift, rows, waitingNow } from '../board.ts';
import type { Waiting } from '../queue.ts';
import { session } from '../session.ts';
import { useTyped } from '../typed.ts';
import { hrefOfWaiting, subject } from './queue.tsx';

/** Open matters and who holds them, the notes of those before, and one's own end of the shift. */
export function Handover() {
  const words = t();
  const [shifts, setShifts] = useState<readonly Shift[]>([]);
  const actorId = session.value?.actorId ?? '';
  // The word to the next shift stays while visits are looked at.
  const [text, setText] = useTyped('handover');
  const changed = lastShift.value;
  useEffect(() => {
    get<{ shifts: readonly Shift[] }>('/shifts').then((answer) => {
      if (answer.ok) setShifts(answer.value.shifts);
    });
  }, [changed]);
  const own = shifts.find((shift) => shift.actorId === actorId);
  const isOn = own !== undefined && own.endedAt === null;
  const shift = useRef<HTMLElement>(null);
  const hasTurned = useRef(false);
  // The button that began or ended it is gone.
  useEffect(() => {
    if (hasTurned.current && document.activeElement === document.body)
      shift.current?.querySelector<HTMLElement>('textarea, button')?.focus();
  }, [isOn]);
  async function turn(path: string, body: object, done: string) {
    const answer = await post<Shift>(path, body);
    say(answer.ok ? done : answer.title || words.cannotReach);
    if (!answer.ok) return;
    setText('');
    hasTurned.current = true;
    setShifts((before) => [...before.filter((shift) => shift.actorId !== answer.value.actorId), answer.value]);
  }
  const held = [...claims.value.values()].filter(({ visitId }) => heldBy(visitId, now.value) !== null);
  const waiting = waitingNow.value;
  const free = waiting.filter(({ row }) => heldBy(row.visitId, now.value) === null);
  return (
    <main class="screen handover">
      <div class="head">
        <Title app={words.title} page={words.handover} />
        <p>{words.openNow(waiting.length, free.length)}</p>
      </div>
      <div class="case-columns">
        <div class="column">
          <Held held={held} />
          <Free free={free} />
        </div>
        <div class="column">
          <section ref={shift}>
            <h2>{words.yourShift}</h2>
            {isOn ? (
              <form
                onSubmit={(event) => {
                  event.preventDefault();
                  void turn('/shifts/end', text.trim() === '' ? {} : { text }, words.shiftEnded);
                }}
              >
                <p>{words.sinceTime(when(own.startedAt))}</p>
                <label class="field">
                  {words.handoverText}
                  <textarea
                    rows={4}
                    maxLength={2000}
                    value={text}
                    onInput={({ currentTarget }) => setText(currentTarget.value)}
                  />
                </label>
                <button type="submit" class="primary">
                  {words.endShift}
                </button>
              </form>
            ) : (
              <button type="button" class="primary" onClick={() => turn('/shifts', {}, words.shiftStarted)}>
                {words.startShift}
              </button>
            )}
          </section>
          <section>
            <h2>{words.leftByOthers}</h2>
            {shifts.length === 0 && <p class="hint">{words.nothingLeft}</p>}
            <ul class="notes">
              {shifts
                .toSorted((one, other) => ((one.endedAt ?? '9') < (other.endedAt ?? '9') ? 1 : -1))
                .map(({ actorId, name, startedAt, endedAt, handover }) => (
                  <li key={actorId}>
                    <b>{name}</b>{' '}
                    <small>{endedAt === null ? words.sinceTime(when(startedAt)) : words.leftAt(when(endedAt))}</small>
                    {handover !== null && <p>{handover}</p>}
                  </li>
                ))}
            </ul>
          </section>
        </div>
      </div>
    </main>
  );
}

/** The visits that are held, by whom, and what was asked already. */
function Held({ held }: { held: readonly Claim[] }) {
  const words = t();
  return (
    <section>
      <h2>{words.heldNow}</h2>
      {held.length === 0 && <p class="hint">{words.nothingHeld}</p>}
      <ul class="notes">
        {held.map(({ visitId, name, since }) => {
          const row = rows.value.get(visitId);
          return (
            <li key={visitId}>
              <a href={hrefOf('visit', visitId)}>{row === undefined ? visitId : subject(row)}</a>
              <p>
                {row?.debts.map(({ kind, about }) => words.waits({ for: kind, about })).join(' · ')}{' '}
                <small>
                  {name}, {words.ago(lengthOf(Math.max(0, now.value - Date.parse(since))))}
                </small>
              </p>
              <LastNote visitId={visitId} />
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** The most of what nobody holds that is shown here; the rest is on the list of who waits. */
const most = 12;

/** All that waits and nobody holds, in the order in which it is taken up. */
function Free({ free }: { free: readonly Waiting[] }) {
  const words = t();
  return (
    <section>
      <h2>{words.unclaimedNow}</h2>
      {free.length === 0 && <p class="hint">{words.allClaimed}</p>}
      <ul class="notes">
        {free.slice(0, most).map(({ key, row, wait, from }) => (
          <li key={key}>
            <a href={hrefOfWaiting({ row, wait })}>{words.waits(wait)}</a>{' '}
            <small>
              {subject(row)} · {lengthOf(Math.max(0, now.value - Date.parse(from)))}
            </small>
          </li>
        ))}
      </ul>
      {free.length > most && <a href={hrefOf('')}>{words.more}</a>}
    </section>
  );
}

/** The last note on a visit: what was asked already. */
function LastNote({ visitId }: { visitId: string }) {
  const [note, setNote] = useState<Note | null>(null);
  const heard = lastNote.value;
  useEffect(() => {
    get<{ notes: readonly Note[] }>(`${visitPath(visitId)}/notes`).then((answer) => {
      if (answer.ok) setNote(answer.value.notes.at(-1) ?? null);
    });
  }, [visitId, heard?.visitId === visitId ? heard.noteId : '']);
  if (note === null) return null;
  return (
    <p class="detail">
      {note.text}{' '}
      <small>
        {note.name}, {when(note.at)}
      </small>
    </p>
  );
}
