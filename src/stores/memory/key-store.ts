import { compareTexts } from '../../util/equality.ts';
import type { ActiveKey, KeyStore, StoredKey } from '../key-store.ts';

/** Creates a key store in memory, for tests and examples: all its keys are gone with the process. @since 0.11.0 */
export function memoryKeyStore(): KeyStore {
  const keys = new Map<string, StoredKey>();
  let newest: string | null = null;
  const isActive = (key: StoredKey): key is ActiveKey => key.state === 'active';
  const put = (given: readonly ActiveKey[], fits: (known: StoredKey | undefined, key: ActiveKey) => boolean) => {
    for (const key of given) if (key.epoch === newest && fits(keys.get(key.id), key)) keys.set(key.id, { ...key });
  };
  return {
    read: async (ids) => ids.flatMap((id) => keys.get(id) ?? []),
    create: async (given) => put(given, (known) => known === undefined),
    erase: async (given) => {
      for (const { id, life } of given) {
        if ((keys.get(id)?.life ?? 0) <= life) keys.set(id, { id, life, state: 'erased' });
      }
    },
    revive: async (given) => put(given, (known, { life }) => known?.state === 'erased' && known.life < life),
    rewrap: async (given) => put(given, (known, { life }) => known?.state === 'active' && known.life === life),
    listOlder: async (epoch, { after, limit }) =>
      [...keys.values()]
        .filter(isActive)
        .filter((key) => key.epoch !== epoch && (after === null || key.id > after))
        .sort((one, other) => compareTexts(one.id, other.id))
        .slice(0, limit),
    readEpoch: async () => newest,
    startEpoch: async (expected, next) => {
      if (newest !== expected) return false;
      newest = next;
      return true;
    },
    close: async () => undefined,
  };
}
