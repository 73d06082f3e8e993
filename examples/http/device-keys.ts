import type { Id, Instant } from 'auxilio';
import type { BoardStore } from './board.ts';
import type { DeviceName } from './contacts.ts';
import { writeRows } from './rows.ts';

/** A public key of a device, in base64 of its SPKI form: ECDSA on P-256, with SHA-256. */
export type DeviceKey = Readonly<{
  key: string;
  registeredAt: Instant;
  /** Time when the device registered another one; null for the one that it has. */
  replacedAt: Instant | null;
}>;

/** The keys of devices. */
export interface DeviceKeys {
  /** Registers the key of a device in the place of the one that it had; the same one again changes nothing. */
  registerKey(name: DeviceName, key: string, at: Instant): Promise<DeviceKey>;
  /** Lists the keys of a device, the one that it has first, then those before it. */
  keysOf(name: DeviceName): Promise<readonly DeviceKey[]>;
}

type Row = DeviceName & Readonly<{ keys: readonly DeviceKey[] }>;

const KEYS = 'app-device-keys-1';
/** The most keys of a device that are kept. */
const MAX_KEYS = 10;

/** Keys of devices, a row for each device. */
export function deviceKeysIn(store: BoardStore): DeviceKeys {
  const keysOf = async (name: DeviceName): Promise<readonly DeviceKey[]> =>
    ((await store.readRow(KEYS, keyOf(name)))?.body as Row | undefined)?.keys ?? [];
  return {
    keysOf,
    async registerKey(name, key, at) {
      let registered: DeviceKey = { key, registeredAt: at, replacedAt: null };
      await writeRows(store, KEYS, async () => {
        const [last, ...earlier] = await keysOf(name);
        if (last?.key === key) {
          registered = last;
          return [];
        }
        registered = { key, registeredAt: at, replacedAt: null };
        const replaced = last === undefined ? [] : [{ ...last, replacedAt: at }];
        const keys = [registered, ...replaced, ...earlier].slice(0, MAX_KEYS);
        return [{ projection: KEYS, key: keyOf(name), body: { ...name, keys } satisfies Row }];
      });
      return registered;
    },
  };
}

// No id has a space.
const keyOf = ({ providerId, device }: Readonly<{ providerId: Id; device: string }>) => `${providerId} ${device}`;

const P_256 = { name: 'ECDSA', namedCurve: 'P-256' } as const;

const bytesOf = (base64: string) => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));

const imported = (key: string) => crypto.subtle.importKey('spki', bytesOf(key), P_256, true, ['verify']);

/** The JSON Web Key of a public key. */
export const jwkOf = async (key: string) => crypto.subtle.exportKey('jwk', await imported(key));

/** True for a public key of this form. */
export async function isPublicKey(value: unknown): Promise<boolean> {
  if (typeof value !== 'string' || value.length > 200) return false;
  try {
    return (await imported(value)).type === 'public';
  } catch {
    return false;
  }
}

/** Verifies signatures by a key, as `parseUnsent` asks for it. */
export const verifierOf =
  ({ key }: DeviceKey) =>
  async (bytes: Uint8Array<ArrayBuffer>, signature: Uint8Array<ArrayBuffer>): Promise<boolean> =>
    crypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, await imported(key), signature, bytes);
