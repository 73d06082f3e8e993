/** Records that photographs were sent as soon as the center has their bytes, so that the provider need not. */
import type { ReplicaVisit } from 'auxilio/replica';
import { notice, t } from './app.tsx';
import { nextOf } from './next.ts';
import { now, type Phone } from './phone.ts';
import { photosOf } from './photos.ts';
import { isOpen } from './shown-visits.ts';
import { toSubmit } from './to-submit.ts';

/** The time for which the screen says so, in milliseconds. */
const saidMs = 8_000;

/** Follows the visits of a phone. Answers how to stop. */
export function followHeld(phone: Phone): () => void {
  const { replica, actorId, visits, guide, recorded } = phone;
  /** The photographs that were tried: an act that was undone is not recorded again, nor one that is refused. */
  const tried = new Set<string>();

  const idsIn = (visit: ReplicaVisit) => {
    const guided = guide(visit);
    const open = guided.open.map(({ command }) => command);
    return toSubmit(visit, photosOf(visit), { next: nextOf(visit, guided, recorded(visit))?.command, open });
  };

  async function submit({ visitId }: ReplicaVisit): Promise<void> {
    const visit = await replica.visit(visitId);
    const photoIds = idsIn(visit);
    if (photoIds.length === 0 || !isOpen(visit, actorId)) return;
    const data = { visitId, at: now(), photoIds, channel: 'app' } as const;
    const answer = await replica.act({ type: 'SubmitPhotos', data });
    if (!answer.ok) return;
    const said = t().sentByItself;
    notice.value = said;
    setTimeout(() => {
      if (notice.peek() === said) notice.value = null;
    }, saidMs);
  }

  return visits.subscribe((all) => {
    for (const visit of all.filter((one) => isOpen(one, actorId))) {
      const key = `${visit.visitId} ${idsIn(visit).join(' ')}`;
      if (key.endsWith(' ') || tried.has(key)) continue;
      tried.add(key);
      // Two windows have the same visits: the second one finds them sent.
      void navigator.locks.request(`submit ${visit.visitId}`, () => submit(visit)).catch(console.error);
    }
  });
}
