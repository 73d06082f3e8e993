/** The server is told which events have arrived: of its own accord a device only says so with the next act. */

import { headOfLog } from './confirming.ts';
import type { Syncing } from './exchange.ts';
import { RemoteError } from './remote.ts';

/**
 * Tells the server how many events of each visit are here, where others than this device recorded some and the visit goes on: by a
 * batch without commands. What cannot be told now is told in the next round.
 */
export async function acknowledge(syncing: Syncing): Promise<void> {
  const { remote, copies, device, signal, heard, mayGoOn, unacknowledged } = syncing;
  for (const visitId of [...unacknowledged]) {
    mayGoOn();
    const isOpen = copies.heads.get(visitId)?.hasEnded === false;
    try {
      if (isOpen) {
        const copy = await copies.read(visitId);
        const head = headOfLog(copy);
        const batch = { visitId, basedOn: copy.events.length, ...(head && { head }), commands: [], device };
        heard((await remote.sync(batch, { signal })).serverTime);
      }
    } catch (error) {
      if (!(error instanceof RemoteError)) throw error;
      if (error.kind === 'unavailable') return;
    }
    unacknowledged.delete(visitId);
  }
}
