import { createAlerts } from './alerts.ts';
import type { Phone } from './phone.ts';
import { isGuided } from './review.ts';
import { isMuted, soundAndVibrate } from './sound.ts';

function kept(key: string): readonly string[] {
  try {
    const told: unknown = JSON.parse(localStorage.getItem(key) ?? '[]');
    return Array.isArray(told) ? told : [];
  } catch {
    return [];
  }
}

/** Tells each new instruction of the center; one that came before the first touch, at that touch. Answers how to stop. */
export function followInstructions({ actorId, visits }: Phone): () => void {
  const key = `told ${actorId}`;
  const alert = createAlerts({
    actorId,
    tell: soundAndVibrate,
    isMuted: () => isMuted.peek(),
    read: () => kept(key),
    keep: (told) => localStorage.setItem(key, JSON.stringify(told)),
  });
  const look = () =>
    void alert(visits.peek().filter((visit) => isGuided(visit, actorId))).then((isDone) => {
      if (!isDone) document.addEventListener('click', look, { once: true });
    }, console.error);
  const stop = visits.subscribe(look);
  return () => {
    stop();
    document.removeEventListener('click', look);
  };
}
