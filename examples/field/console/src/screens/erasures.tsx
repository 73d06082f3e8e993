import { useEffect, useState } from 'preact/hooks';
import type { ErasuresReply } from '../../../server/erasures.ts';
import { hrefOf } from '../../../ui/route.ts';
import { Title } from '../../../ui/title.tsx';
import { get } from '../api.ts';
import { now, t, when } from '../app.ts';
import { resets } from '../board.ts';
import { CopiesLeft } from '../copies-left.tsx';
import { ErasureState } from '../erasure.tsx';

/** The erasures, and what is left to do for each; the visits on hold. */
export function ErasureList() {
  const words = t();
  const [found, setFound] = useState<ErasuresReply | null>(null);
  useEffect(() => {
    get<ErasuresReply>('/erasures').then((answer) => {
      if (answer.ok) setFound(answer.value);
    });
  }, [now.value, resets.value]);
  const { erasures = [], holds = [] } = found ?? {};
  return (
    <main class="screen">
      <div class="head">
        <Title app={words.title} page={words.erasures} />
        <p>{words.erasuresHint}</p>
      </div>
      {found !== null && erasures.length === 0 && <p class="hint">{words.erasuresNone}</p>}
      <ul class="notes">
        {erasures.map((erasure) => (
          <li key={`${erasure.erasureId} ${erasure.visitId}`}>
            <ErasureState erasure={erasure} isListed />
          </li>
        ))}
      </ul>
      <CopiesLeft />
      {holds.length > 0 && (
        <section>
          <h2>{words.heldVisits}</h2>
          <ul class="notes">
            {holds.map(({ visitId, reason, at }) => (
              <li key={visitId}>
                <a href={hrefOf('visit', visitId)}>{visitId}</a> {words.eraseHeld(words.holdReasons(reason), when(at))}
              </li>
            ))}
          </ul>
        </section>
      )}
    </main>
  );
}
