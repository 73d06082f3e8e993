/** The key of this device, which no script can read and which signs what the client says; its public half is registered with the session. */
import { keepFirst, read } from './store.ts';

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

/** The name that this device has for itself. */
export function deviceName(): string {
  const known = localStorage.getItem('client-device');
  if (known !== null) return known;
  const made = crypto.randomUUID();
  localStorage.setItem('client-device', made);
  return made;
}

/** The public key: its SPKI form in base64. */
export async function publicKey(): Promise<string> {
  const spki = await crypto.subtle.exportKey('spki', (await deviceKey()).publicKey);
  return btoa(String.fromCharCode(...new Uint8Array(spki)));
}
