import type { ReplicaVisit } from 'auxilio/replica';
import { useState } from 'preact/hooks';
import { Icon } from '../../ui/icon.tsx';
import { t, usePhone, when } from './app.tsx';
import { disagree, disagreements, type OwnDisagreement } from './disagreements.ts';
import { decisionsOf } from './review.ts';

/** Decisions of the center on what the user recorded, the disagreement of the user with them or with the hours, and its answer. */
export function Disagree({ visit }: { visit: ReplicaVisit }) {
  const words = t();
  const [isOpen, setOpen] = useState(false);
  const { actorId } = usePhone();
  const own = disagreements.value.filter(({ visitId }) => visitId === visit.visitId);
  const decisions = decisionsOf(visit, actorId);
  if (own.length + decisions.length === 0 && visit.confirmed.phase !== 'completed') return null;
  const isAnswerDue = own.some(({ answer, status }) => answer === null && status !== 'refused');
  return (
    <section class="disagree">
      {decisions.map(({ at, text, taken, all }) => (
        <div class="news" key={at}>
          <strong>{words.decidedAt(when(at))}</strong>
          <p>
            {words.decided(taken, all)} {text}
          </p>
        </div>
      ))}
      {own.map((one) => (
        <Said key={one.disagreementId} said={one} />
      ))}
      {isOpen ? (
        <Reason visitId={visit.visitId} close={() => setOpen(false)} />
      ) : (
        !isAnswerDue && (
          <button type="button" class="wide" onClick={() => setOpen(true)}>
            <Icon name="hand" /> {words.disagree}
          </button>
        )
      )}
    </section>
  );
}

function Reason({ visitId, close }: { visitId: string; close: () => void }) {
  const words = t();
  const [reason, setReason] = useState('');
  async function send(event: SubmitEvent) {
    event.preventDefault();
    await disagree(visitId, reason.trim());
    close();
  }
  return (
    <form onSubmit={send}>
      <label class="field">
        {words.disagreeReason}
        <textarea
          rows={3}
          maxLength={1000}
          required
          value={reason}
          onInput={({ currentTarget }) => setReason(currentTarget.value)}
        />
      </label>
      <p class="hint">{words.disagreeHint}</p>
      <button type="submit" class="primary" disabled={reason.trim() === ''}>
        {words.disagreeSend}
      </button>
      <button type="button" class="quiet" onClick={close}>
        {words.disagreeBack}
      </button>
    </form>
  );
}

const statusTexts = {
  waiting: 'disagreeWaits',
  received: 'disagreeReceived',
  refused: 'disagreeRefused',
} as const;

function Said({ said: { at, reason, status, answer } }: { said: OwnDisagreement }) {
  const words = t();
  return (
    <div class="news">
      <strong>{words.disagreeSaid(when(at))}</strong>
      <p>{reason}</p>
      {answer === null ? (
        <p role="status">{words[statusTexts[status]]}</p>
      ) : (
        <>
          <strong>{words.disagreeAnswer(answer.name, when(answer.at))}</strong>
          <p>{answer.text}</p>
        </>
      )}
    </div>
  );
}
