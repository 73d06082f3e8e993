/** Forgets what this phone has of visits whose texts were erased at the center, and confirms it. */
import type { ForgottenReply } from '../../server/forgetting.ts';
import { clientNumbers, clientNumbersKey } from './clients.ts';
import { forgetDisagreements } from './disagreements.ts';
import { doors } from './doors.ts';
import { forgetTyped } from './draft.ts';
import { forgetOfVisit } from './of-visits.ts';
import type { Phone } from './phone.ts';
import { doorsKey, headers } from './session.ts';
import { forgetUsual } from './usual.ts';

/** Forgets one visit; false while something of it is still to be sent. */
async function forgetVisit({ replica, actorId }: Phone, visitId: string): Promise<boolean> {
  const { events, own, pending } = await replica.visit(visitId);
  if (pending.some(({ withheld }) => withheld === undefined)) return false;
  if (!(await forgetDisagreements(visitId))) return false;
  forgetUsual([events, own, pending, await replica.drafts.list(visitId)]);
  forgetTyped(actorId, visitId);
  await forgetOfVisit(clientNumbersKey(actorId), clientNumbers, visitId);
  await forgetOfVisit(doorsKey(actorId), doors, visitId);
  const forgotten = await replica.forget(visitId, { erased: true });
  return forgotten.ok || forgotten.reason === 'unknown';
}

async function forgetAll(phone: Phone): Promise<void> {
  const response = await fetch('/api/forgotten', { headers });
  if (!response.ok) return;
  const { copies }: ForgottenReply = await response.json();
  const copyIds: string[] = [];
  for (const { copyId, visitId } of copies) if (await forgetVisit(phone, visitId)) copyIds.push(copyId);
  if (copyIds.length === 0) return;
  const sent = { ...headers, 'content-type': 'application/json' };
  // An answer that is lost is asked for again after the next sync: there is nothing left to forget then.
  await fetch('/api/forgotten', { method: 'POST', headers: sent, body: JSON.stringify({ copyIds }) });
}

/** Asks after each sync of the phone; answers how to stop. */
export function followForgotten(phone: Phone): () => void {
  let last: string | null | undefined;
  return phone.status.subscribe(({ lastSyncAt, revoked }) => {
    if (lastSyncAt === last || lastSyncAt === null || revoked) return;
    last = lastSyncAt;
    // Two windows have the same visits.
    void navigator.locks.request('forget', () => forgetAll(phone)).catch(console.error);
  });
}
