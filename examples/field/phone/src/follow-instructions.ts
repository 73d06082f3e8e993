import { effect, signal } from '@preact/signals';
import { route } from '../../ui/route.ts';
import { createAlerts } from './alerts.ts';
import { clientOf, hour, t } from './app.tsx';
import { toldIn } from './instructed.ts';
import type { Phone } from './phone.ts';
import { kept as keptReads, unreadIn } from './reads.ts';
import { isGuided } from './review.ts';
import { isMuted, soundAndVibrate } from './sound.ts';
import { ended } from './words.ts';

function kept(key: string): readonly string[] {
  try {
    const told: unknown = JSON.parse(localStorage.getItem(key) ?? '[]');
    return Array.isArray(told) ? told : [];
  } catch {
    return [];
  }
}

/** The instruction or the change that came last while its visit was not on the screen, to be read aloud. */
export const heard = signal('');

/** Says in words what is new since it was asked last; at first all is known. */
function createHearing({ actorId, visits }: Phone): () => void {
  let known: ReadonlySet<string> | null = null;
  return () => {
    const told = visits.peek().flatMap((visit) =>
      (isGuided(visit, actorId) ? toldIn(visit, actorId) : []).map(({ event: { type, data }, isChange }) => {
        const text = (isChange ? t().changedIt : t().instructed)(hour(data.at));
        return { key: `${visit.visitId} ${type} ${data.at}`, visit, text };
      }),
    );
    const isShown = (visitId: string) => route.peek().screen === 'visit' && route.peek().visitId === visitId;
    const came = told.filter(({ key, visit }) => known?.has(key) === false && !isShown(visit.visitId));
    known = new Set(told.map(({ key }) => key));
    if (came.length > 0) heard.value = came.map(({ visit, text }) => ended(`${clientOf(visit)}: ${text}`)).join(' ');
  };
}

/** Tells each new instruction of the center; one that came before the first touch, at that touch. Answers how to stop. */
export function followInstructions(phone: Phone): () => void {
  const { actorId, visits } = phone;
  const hear = createHearing(phone);
  const key = `told ${actorId}`;
  const alert = createAlerts({
    actorId,
    tell: soundAndVibrate,
    isMuted: () => isMuted.peek(),
    read: () => kept(key),
    keep: (told) => localStorage.setItem(key, JSON.stringify(told)),
  });
  /** The visits that are followed, and those of which something is unread. */
  const toTell = () => {
    const read = keptReads.value;
    const unread = read === null ? [] : unreadIn(visits.value, actorId, read).map(({ visit }) => visit);
    return visits.value.filter((visit) => isGuided(visit, actorId) || unread.includes(visit));
  };
  const look = () =>
    void alert(toTell()).then((isDone) => {
      if (!isDone) document.addEventListener('click', look, { once: true });
    }, console.error);
  const stop = visits.subscribe(hear);
  const stopLooking = effect(look);
  return () => {
    stop();
    stopLooking();
    document.removeEventListener('click', look);
  };
}
