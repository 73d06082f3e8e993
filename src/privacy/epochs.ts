import type { RowStore } from './fenced-rows.ts';
import type { Keyring } from './keyring.ts';
import { createLedger } from './ledger.ts';

/** The epochs of the wrapping keys: by their end an erasure is final in the backups of the keys, too. */
export function createEpochs(keyring: Keyring, store: RowStore) {
  /** The epochs whose wrapping keys are not destroyed yet; the newest may be among them. */
  const epochs = createLedger<{ epoch: string }>(store, 'auxilio.epochs');

  /** Begins the next epoch, and wraps all keys again. */
  async function rotate(): Promise<Readonly<{ epoch: string; previous: string | null; keys: number }>> {
    const previous = await keyring.readEpoch();
    // Recorded before it is old, so that a crash leaves no wrapping key behind that nothing asks for.
    if (previous !== null) await epochs.write(previous, () => ({ epoch: previous }));
    return { previous, ...(await keyring.rotate(previous)) };
  }

  /**
   * Destroys the wrapping keys of old epochs, once no key needs them. Answers the newest epoch if all others are gone; else null, since a
   * backup may have a key under any of them.
   */
  async function destroyOld(): Promise<string | null> {
    const newest = await keyring.readEpoch();
    if (newest === null || (await keyring.hasOlder(newest))) return null;
    let areDestroyed = true;
    for (const { epoch } of await epochs.list()) {
      if (epoch === newest) continue;
      if (await keyring.destroy(epoch)) await epochs.write(epoch, () => null);
      else areDestroyed = false;
    }
    return areDestroyed ? newest : null;
  }

  const isDestroyed = async (epoch: string | null) => epoch === null || (await epochs.read(epoch)) === null;

  return { rotate, destroyOld, isDestroyed };
}
