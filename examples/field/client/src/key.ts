/** The key of this device, which no script can read and which signs what the client says; its public half is registered with the session. */
import { dropKey, keepFirst, read } from './store.ts';

let opening: Promise<CryptoKeyPair> | undefined;

async function open(): Promise<CryptoKeyPair> {
  const known = await read('key');
  if (known !== undefined) return known;
  const made = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify']);
  return keepFirst('key', made);
}

/** The pair of keys, which is made at its first use. */
export function deviceKey(): Promise<CryptoKeyPair> {
  opening ??= open().catch((error: unknown) => {
    opening = undefined;
    throw error;
  });
  return opening;
}

const deviceKeptUnder = 'client-device';

/** The name that this device has for itself; null before it has entered. */
export const knownDevice = (): string | null => localStorage.getItem(deviceKeptUnder);

/** Removes the key and the name: another visit is opened with others. */
export async function forgetKey(): Promise<void> {
  await dropKey();
  opening = undefined;
  localStorage.removeItem(deviceKeptUnder);
}

/** The name that this device has for itself, which is made at its first use. */
export function deviceName(): string {
  const known = knownDevice();
  if (known !== null) return known;
  const made = crypto.randomUUID();
  localStorage.setItem(deviceKeptUnder, made);
  return made;
}

/** The public key: its SPKI form in base64. */
export async function publicKey(): Promise<string> {
  const spki = await crypto.subtle.exportKey('spki', (await deviceKey()).publicKey);
  return btoa(String.fromCharCode(...new Uint8Array(spki)));
}
