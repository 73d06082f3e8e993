import { useEffect, useState } from 'preact/hooks';
import type { ForgettingReply } from '../../server/forgetting.ts';
import { hrefOf } from '../../ui/route.ts';
import { get, remove } from './api.ts';
import { now, say, t, when } from './app.ts';
import { resets } from './board.ts';
import { phoneName } from './phone-name.ts';

type Left = ForgettingReply['copies'][number];

/** The phones and clients' pages that have not forgotten an erased visit yet. A supervisor waits no longer for one that was lost. */
export function CopiesLeft() {
  const words = t();
  const [copies, setCopies] = useState<readonly Left[]>([]);
  async function read() {
    const answer = await get<ForgettingReply>('/forgetting');
    if (answer.ok) setCopies(answer.value.copies);
  }
  useEffect(() => void read(), [now.value, resets.value]);
  if (copies.length === 0) return null;
  return (
    <section class="copies-left">
      <h2>{words.copiesLeft}</h2>
      <p class="hint">{words.copiesLeftHint}</p>
      <ul class="notes">
        {copies.map((copy) => (
          <CopyLeft key={copy.copyId} copy={copy} changed={read} />
        ))}
      </ul>
    </section>
  );
}

function CopyLeft({ copy, changed }: { copy: Left; changed: () => Promise<void> }) {
  const words = t();
  const [isAsked, setAsked] = useState(false);
  const { copyId, visitId, isClients, holder: providerId, device, askedAt, lastContactAt, revokedAt } = copy;
  async function writeOff() {
    const answer = await remove(`/forgetting/${encodeURIComponent(copyId)}`);
    if (!answer.ok) return say(answer.title || words.cannotReach);
    await changed();
  }
  return (
    <li>
      <p>
        <b>{isClients ? words.copyOfClient : phoneName({ providerId, device })}</b>{' '}
        <a href={hrefOf('visit', visitId)}>{visitId}</a>
      </p>
      <p class="hint">{words.copyAsked(when(askedAt), lastContactAt === null ? null : when(lastContactAt))}</p>
      {revokedAt !== null && <p class="hint">{words.revokedAt(when(revokedAt))}</p>}
      {isAsked && <p class="unseen">{words.writeOffMeaning}</p>}
      <div class="buttons">
        <button type="button" onClick={() => (isAsked ? void writeOff() : setAsked(true))}>
          {isAsked ? words.writeOffYes : words.writeOff}
        </button>
        {isAsked && (
          <button type="button" onClick={() => setAsked(false)}>
            {words.cancel}
          </button>
        )}
      </div>
    </li>
  );
}
