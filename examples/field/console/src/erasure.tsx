import { useEffect, useRef, useState } from 'preact/hooks';
import type { ErasurePreview, ErasureReply } from '../../server/erasures.ts';
import { hrefOf } from '../../ui/route.ts';
import { type Answer, get, post, remove, visitPath } from './api.ts';
import { say, t, when } from './app.ts';
import { resets } from './board.ts';

/** The erasure of the data of a visit's client: first what goes and what stays, then the question. For supervisors. */
export function ErasureBox({ visitId }: { visitId: string }) {
  const words = t();
  const [preview, setPreview] = useState<ErasurePreview | null>(null);
  const [isOpen, setOpen] = useState(false);
  const box = useRef<HTMLElement>(null);
  const path = visitPath(visitId);
  async function read() {
    const answer = await get<ErasurePreview>(`${path}/erasure`);
    if (answer.ok) setPreview(answer.value);
  }
  useEffect(() => void read(), [visitId, resets.value]);
  useEffect(() => {
    if (isOpen) box.current?.querySelector<HTMLElement>('select, button')?.focus();
  }, [isOpen]);
  async function done(sent: Promise<Answer<unknown>>, text?: string) {
    const answer = await sent;
    if (!answer.ok) return say(answer.title || words.cannotReach);
    if (text !== undefined) say(text);
    setOpen(false);
    await read();
  }
  if (preview === null) return null;
  const { erasure, hold, isClear } = preview;
  const isAllowed = erasure === null && hold === null && !isClear;
  return (
    <section class="erasure" ref={box}>
      <h2>{words.eraseTitle}</h2>
      {isClear && <p class="hint">{words.eraseClear}</p>}
      {erasure !== null && <ErasureState erasure={erasure} />}
      {hold !== null && (
        <p class="unseen">
          {words.eraseHeld(words.holdReasons(hold.reason), when(hold.at))}{' '}
          <button type="button" onClick={() => done(remove(`${path}/hold`))}>
            {words.release}
          </button>
        </p>
      )}
      {isAllowed && !isOpen && (
        <div class="buttons">
          <button type="button" onClick={() => setOpen(true)}>
            {words.eraseAsk}
          </button>
          <HoldForm hold={(reason) => done(post(`${path}/hold`, { reason }))} />
        </div>
      )}
      {isAllowed && isOpen && (
        <EraseForm
          preview={preview}
          erase={(ground) => done(post<ErasureReply>(`${path}/erasure`, { ground }), words.eraseAsked)}
          cancel={() => setOpen(false)}
        />
      )}
    </section>
  );
}

function HoldForm({ hold }: { hold: (reason: string) => void }) {
  const words = t();
  return (
    <select
      aria-label={words.holdReason}
      value=""
      onChange={({ currentTarget }) => currentTarget.value !== '' && hold(currentTarget.value)}
    >
      <option value="">{words.holdVisit}…</option>
      {['lawsuit', 'inspection'].map((reason) => (
        <option key={reason} value={reason}>
          {words.holdReasons(reason)}
        </option>
      ))}
    </select>
  );
}

type EraseFormProps = Readonly<{ preview: ErasurePreview; erase: (ground: string) => void; cancel: () => void }>;

/** The dry run, and the question. */
function EraseForm({ preview: { events, goes, others, waits, debts }, erase, cancel }: EraseFormProps) {
  const words = t();
  const [ground, setGround] = useState('');
  function submit(event: SubmitEvent) {
    event.preventDefault();
    erase(ground);
  }
  return (
    <form onSubmit={submit}>
      <h3>{words.eraseGoes}</h3>
      <ul>
        <li>{words.eraseGoesTexts(events)}</li>
        <li>{words.eraseGoesRows(goes.notes, goes.disagreements, goes.photographs)}</li>
        <li>{words.eraseGoesTelephone}</li>
        {goes.link && <li>{words.eraseGoesLink}</li>}
        {others.length > 0 && (
          <li>
            {words.eraseGoesOthers} {others.map((id, nth) => [nth > 0 && ', ', <a href={hrefOf('visit', id)}>{id}</a>])}
          </li>
        )}
      </ul>
      <h3>{words.eraseStays}</h3>
      <ul>
        <li>{words.eraseStaysActs}</li>
        <li>{words.eraseStaysOthers}</li>
        {debts.length > 0 && <li>{words.eraseDebts(debts.length)}</li>}
      </ul>
      <label>
        {words.eraseGround}
        <select required value={ground} onChange={({ currentTarget }) => setGround(currentTarget.value)}>
          <option value="">{words.choose}</option>
          {['client', 'authority'].map((one) => (
            <option key={one} value={one}>
              {words.eraseGrounds(one)}
            </option>
          ))}
        </select>
      </label>
      <p class="unseen">
        {waits && words.eraseWaits} {words.eraseMeaning}
      </p>
      <div class="buttons">
        <button type="submit" class="primary">
          {words.eraseYes}
        </button>
        <button type="button" onClick={cancel}>
          {words.cancel}
        </button>
      </div>
    </form>
  );
}

/** The state of an erasure, up to the last copy. */
export function ErasureState({ erasure, isListed = false }: { erasure: ErasureReply; isListed?: boolean }) {
  const words = t();
  const { visitId, ground, requestedAt, by, state, forgotten, remembered, waitsFor, confirmed } = erasure;
  const named = (names: readonly string[]) => names.map(words.eraseCopy).join(', ');
  return (
    <div class="erasure-state">
      <p>
        {isListed && <a href={hrefOf('visit', visitId)}>{visitId}</a>}{' '}
        <small class={confirmed ? 'chip good' : 'chip'}>
          {confirmed ? words.eraseConfirmed : words.eraseState(state)}
        </small>
      </p>
      <p>{words.erasedBy(words.eraseGrounds(ground), when(requestedAt), by)}</p>
      {state === 'erased' && forgotten.length > 0 && <p class="hint">{words.eraseDone(named(forgotten))}</p>}
      {state === 'erased' && remembered.length > 0 && <p class="hint">{words.eraseLeft(named(remembered))}</p>}
      {state === 'erased' && waitsFor !== 'none' && (
        <p class="hint">{waitsFor === 'rotation' ? words.eraseRotation : words.eraseOperator}</p>
      )}
    </div>
  );
}
