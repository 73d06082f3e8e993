import { useEffect } from 'preact/hooks';
import type { Claim } from '../../server/claims.ts';
import { post, remove } from './api.ts';
import { now, say, t } from './app.ts';
import { claims, heldBy } from './board.ts';
import { useKeys } from './keys.ts';
import { session } from './session.ts';

const path = (visitId: string) => `/claims/${encodeURIComponent(visitId)}`;

/** Holds a visit, so that no other takes it up; answers if it is held now. */
export async function claim(visitId: string, take = false): Promise<boolean> {
  const answer = await post<Claim>(path(visitId), { minutes: 15, take });
  if (answer.ok) claims.value = new Map(claims.peek()).set(visitId, answer.value);
  else say([answer.title, ...answer.details].join(': '));
  return answer.ok;
}

async function release(visitId: string): Promise<void> {
  const answer = await remove(path(visitId));
  if (!answer.ok) return;
  const left = new Map(claims.peek());
  left.delete(visitId);
  claims.value = left;
}

/** A claim that ends so soon is made again. */
const renewMs = 5 * 60_000;

/** The person who holds the visit, and the button to hold it or let it go. */
export function ClaimButton({ visitId }: { visitId: string }) {
  const words = t();
  const held = heldBy(visitId, now.value);
  const isOwn = held !== null && held.actorId === session.value?.actorId;
  const isEnding = held !== null && isOwn && Date.parse(held.until) - now.value < renewMs;
  // A visit that is open here is held on.
  useEffect(() => {
    if (isEnding) void claim(visitId);
  }, [isEnding]);
  const toggle = () => void (isOwn ? release(visitId) : claim(visitId));
  const isOthers = held !== null && !isOwn;
  useKeys({ h: isOthers ? undefined : { does: isOwn ? words.letGo : words.hold, run: toggle } });
  if (isOthers) {
    return (
      <span>
        <span class="holder">{words.heldBy(held.name)}</span>{' '}
        {session.value?.role === 'supervisor' && (
          <button type="button" onClick={() => claim(visitId, true)}>
            {words.takeOver}
          </button>
        )}
      </span>
    );
  }
  return (
    <button type="button" class={isOwn ? 'primary' : ''} onClick={toggle}>
      {isOwn ? words.letGo : words.hold} <kbd>H</kbd>
    </button>
  );
}
