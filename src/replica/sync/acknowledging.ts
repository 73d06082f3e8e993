/** Acknowledges to the server the events that have arrived: otherwise it learns of them with the next act only. */

import { RemoteError } from '../remote/remote.ts';
import { type Syncing, sendCommands } from './exchange.ts';

/**
 * Sends the server the number of events of each visit that are here, where others than this device recorded some and the visit goes on:
 * by a batch without commands. What fails now is sent in the next round.
 */
export async function acknowledge(syncing: Syncing): Promise<void> {
  const { copies, mayGoOn, unacknowledged } = syncing;
  for (const visitId of [...unacknowledged]) {
    mayGoOn();
    const isOpen = copies.heads.get(visitId)?.hasEnded === false;
    try {
      if (isOpen) {
        const copy = await copies.read(visitId);
        await sendCommands(syncing, copy, copy.events.length, []);
      }
    } catch (error) {
      if (!(error instanceof RemoteError)) throw error;
      if (error.kind === 'unavailable') return;
    }
    unacknowledged.delete(visitId);
  }
}
