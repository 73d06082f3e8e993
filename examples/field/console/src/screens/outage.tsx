import { useState } from 'preact/hooks';
import { hrefOf } from '../../../ui/route.ts';
import { lengthOf } from '../../../ui/time.ts';
import { record } from '../api.ts';
import { instant, now, t } from '../app.ts';
import { contacts, rows } from '../board.ts';
import type { Row } from '../queue.ts';
import { subject } from './queue.tsx';

/** Lower case, without accents. */
const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

const isUnderWay = ({ phase }: Row) => phase !== 'completed' && phase !== 'closed' && phase !== 'unassigned';

/** The visits of a place whose phones have not been heard of for so long. */
function concerned(place: string, minutes: number): readonly Row[] {
  const words = plain(place).split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  return [...rows.value.values()].filter((row) => {
    if (!isUnderWay(row) || !words.every((word) => plain(row.place ?? '').includes(word))) return false;
    const contact = contacts.value.get(row.provider?.id ?? '');
    return contact === undefined || now.value - Date.parse(contact.at) >= minutes * 60_000;
  });
}

/** The outcome of the instruction of a visit. */
type Outcome = 'given' | string;

/** One instruction to each visit of a place without service: go on, and send the photographs later. */
export function Outage() {
  const words = t();
  const [place, setPlace] = useState('');
  const [minutes, setMinutes] = useState(15);
  const [text, setText] = useState<string | null>(null);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [isBusy, setBusy] = useState(false);
  const [outcomes, setOutcomes] = useState<ReadonlyMap<string, Outcome>>(new Map());
  const [ids] = useState(() => new Map<string, string>());
  const found = concerned(place, minutes);
  const chosen = found.filter(({ visitId }) => !left.has(visitId) && outcomes.get(visitId) !== 'given');
  const said = text ?? words.outageText;

  async function give(event: SubmitEvent) {
    event.preventDefault();
    setBusy(true);
    for (const { visitId } of chosen) {
      const commandId = ids.get(visitId) ?? crypto.randomUUID();
      ids.set(visitId, commandId);
      const data = { at: instant(), about: 'visit', decision: 'proceed', text: said, waives: ['photos-sent'] };
      const answer = await record({ type: 'GiveInstruction', data }, visitId, commandId);
      const outcome = answer.ok ? 'given' : [answer.title || words.cannotReach, ...answer.details].join(' ');
      setOutcomes((before) => new Map(before).set(visitId, outcome));
      if (!answer.ok && answer.status === 0) break;
    }
    setBusy(false);
  }

  return (
    <main class="screen">
      <div class="head">
        <h1>{words.outage}</h1>
        <p>{words.outageHint}</p>
      </div>
      <form class="case-columns" onSubmit={give}>
        <section>
          <h2>{words.concerned(found.length)}</h2>
          {found.length === 0 && <p class="hint">{place.trim() === '' ? words.sayWhere : words.noneHere}</p>}
          <ul class="notes">
            {found.map((row) => (
              <li key={row.visitId}>
                <label class="choice">
                  <input
                    type="checkbox"
                    checked={!left.has(row.visitId)}
                    onInput={({ currentTarget }) => {
                      const changed = new Set(left);
                      if (currentTarget.checked) changed.delete(row.visitId);
                      else changed.add(row.visitId);
                      setLeft(changed);
                    }}
                  />
                  <span>
                    {subject(row)} <small>{row.provider?.name}</small>
                  </span>
                </label>{' '}
                <a href={hrefOf('visit', row.visitId)}>{words.openVisit}</a>
                <Given outcome={outcomes.get(row.visitId)} />
              </li>
            ))}
          </ul>
        </section>
        <section>
          <label class="field">
            {words.where}
            <input value={place} maxLength={200} onInput={({ currentTarget }) => setPlace(currentTarget.value)} />
          </label>
          <label class="field">
            {words.silentSince}
            <select value={String(minutes)} onInput={({ currentTarget }) => setMinutes(Number(currentTarget.value))}>
              {[0, 5, 15, 30, 60, 120].map((each) => (
                <option key={each} value={String(each)}>
                  {each === 0 ? words.allPhones : lengthOf(each * 60_000)}
                </option>
              ))}
            </select>
          </label>
          <label class="field">
            {words.instruction}
            <textarea
              rows={3}
              maxLength={1000}
              required
              value={said}
              onInput={({ currentTarget }) => setText(currentTarget.value)}
            />
          </label>
          <p class="hint">{words.waivesPhotos}</p>
          <button type="submit" class="primary confirm" disabled={isBusy || chosen.length === 0}>
            {words.giveTo(chosen.length)}
          </button>
        </section>
      </form>
    </main>
  );
}

function Given({ outcome }: { outcome: Outcome | undefined }) {
  const words = t();
  if (outcome === undefined) return null;
  return outcome === 'given' ? <small class="chip good">{words.given}</small> : <p class="problem">{outcome}</p>;
}
