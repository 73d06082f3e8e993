/** The events of a visit that are not on the device are fetched. */
import type { Id } from '../messages/index.ts';
import { confirmEvents, headOfLog } from './confirming.ts';
import type { Copy } from './copy.ts';
import type { Syncing } from './exchange.ts';

/** Fetches the events of a visit that are not here. */
export async function pullVisit({ remote, copies, signal, heard, mayGoOn }: Syncing, visitId: Id): Promise<void> {
  mayGoOn();
  const before = await copies.read(visitId);
  const after = before.events.length;
  const head = headOfLog(before);
  const answer = await remote.events(visitId, after, { signal, ...(head && { lastEventId: head.lastEventId }) });
  heard(answer.serverTime);
  await copies.update(visitId, (copy) => ({ copy: changedBy(copy, after, answer), answer: undefined }));
}

function changedBy(copy: Copy, after: number, answer: Parameters<typeof confirmEvents>[2]): Copy {
  const isForgotten = copy.revision === 0 && after > 0;
  if (isForgotten) return copy;
  // A server that tells of more events than it sends is asked for the others in the next round.
  const isShort = after + answer.events.length < answer.version;
  const wanted = isShort ? Math.max(copy.wanted, answer.version) : copy.wanted;
  const confirmed = { ...confirmEvents(copy, after, answer), wanted };
  const isSame =
    confirmed.wanted === copy.wanted &&
    confirmed.events === copy.events &&
    confirmed.queue === copy.queue &&
    confirmed.lead === copy.lead &&
    JSON.stringify(confirmed.own) === JSON.stringify(copy.own);
  return isSame ? copy : confirmed;
}
