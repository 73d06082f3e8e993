import { useState } from 'preact/hooks';
import type { QuarantineReply } from '../../../http/replies.ts';
import { post } from './api.ts';
import { say, t } from './app.ts';

type VouchFormProps = Readonly<{ batches: QuarantineReply['batches']; decided: () => void }>;

/** The decision on batches that wait in the quarantine, with how the operator knows; it stops at the first that is refused. */
export function VouchForm({ batches, decided }: VouchFormProps) {
  const words = t();
  const [text, setText] = useState('');
  const [isSure, setSure] = useState(false);
  const [isOther, setOther] = useState(false);
  const isDoubted = batches.some(({ signature }) => signature?.state === 'mismatch' || signature?.state === 'missing');
  async function decide(decision: 'vouch' | 'discard') {
    for (const { quarantineId } of batches) {
      const answer = await post(`/quarantine/${quarantineId}`, {
        decision,
        text: text.trim(),
        ...(isDoubted && isSure && { despiteSignature: true }),
        ...(isOther && isSure && { despiteHistory: true }),
      });
      const done = decision === 'vouch' ? words.vouched : words.discarded;
      say(answer.ok ? done : [answer.title || words.cannotReach, ...answer.details].join(' '));
      if (answer.ok) continue;
      if (answer.code === 'diverged') {
        setOther(true);
        setSure(false);
      }
      break;
    }
    decided();
  }
  const isReady = text.trim() !== '';
  return (
    <>
      {(isDoubted || isOther) && (
        <label>
          <input type="checkbox" checked={isSure} onChange={({ currentTarget }) => setSure(currentTarget.checked)} />{' '}
          {isOther ? words.vouchDespiteHistory : words.vouchDespite}
        </label>
      )}
      <form
        class="inline"
        onSubmit={(event) => {
          event.preventDefault();
          void decide('vouch');
        }}
      >
        <input
          aria-label={words.vouchReason}
          placeholder={words.vouchReason}
          required
          maxLength={1000}
          value={text}
          onInput={({ currentTarget }) => setText(currentTarget.value)}
        />
        <button type="submit" class="primary" disabled={!isReady || ((isDoubted || isOther) && !isSure)}>
          {words.vouch}
        </button>
        <button type="button" disabled={!isReady} onClick={() => decide('discard')}>
          {words.discard}
        </button>
      </form>
    </>
  );
}
