import { toBase64 } from '../../util/base64.ts';
import { storeRuntime } from '../../util/runtime.ts';
import { StoreError } from '../errors.ts';
import { deviceKeys } from './device-keys.ts';

/** Encrypts what a device stores, by AES-256-GCM under keys that cannot leave the browser. */
export type DeviceCipher = Readonly<{
  /** Encrypts bytes for the place where they are stored: nowhere else are they decrypted. */
  seal: (bytes: Uint8Array<ArrayBuffer>, place: string) => Promise<Uint8Array<ArrayBuffer>>;
  /** @throws StoreError `corrupt` for bytes that were not encrypted under these keys for this place */
  open: (sealed: unknown, place: string) => Promise<Uint8Array<ArrayBuffer>>;
  /** A name that says nothing of a text, and is the same each time. */
  nameOf: (text: string) => Promise<string>;
  /** Finds the keys, or makes them, before they are needed. */
  ready: () => Promise<unknown>;
}>;

/** STORAGE: the first byte, before a nonce and the ciphertext with its tag. */
const FORMAT = 1;
const NONCE_BYTES = 12;

const bytesOf = (text: string) => new TextEncoder().encode(JSON.stringify(text)); // half a pair of surrogates is a text, too

async function makeKeys() {
  const [texts, names] = await Promise.all([
    crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']),
    crypto.subtle.generateKey({ name: 'HMAC', hash: 'SHA-256' }, false, ['sign']),
  ]);
  return { texts, names };
}

/** Opens the cipher of a device. */
export function openDeviceCipher(name: string): DeviceCipher {
  const keys = deviceKeys(name, 'texts', makeKeys);
  return {
    ready: keys,
    async seal(bytes, place) {
      const iv = storeRuntime.freshBytes(NONCE_BYTES);
      const algorithm = { name: 'AES-GCM', iv, additionalData: bytesOf(place) };
      const ciphertext = await crypto.subtle.encrypt(algorithm, (await keys()).texts, bytes);
      const sealed = new Uint8Array(1 + NONCE_BYTES + ciphertext.byteLength);
      sealed.set([FORMAT]);
      sealed.set(iv, 1);
      sealed.set(new Uint8Array(ciphertext), 1 + NONCE_BYTES);
      return sealed;
    },
    async open(sealed, place) {
      const { texts } = await keys();
      try {
        if (!(sealed instanceof Uint8Array) || sealed[0] !== FORMAT) throw new TypeError('Of another format');
        const iv = sealed.subarray(1, 1 + NONCE_BYTES) as Uint8Array<ArrayBuffer>;
        const algorithm = { name: 'AES-GCM', iv, additionalData: bytesOf(place) };
        const ciphertext = sealed.subarray(1 + NONCE_BYTES) as Uint8Array<ArrayBuffer>;
        return new Uint8Array(await crypto.subtle.decrypt(algorithm, texts, ciphertext));
      } catch (cause) {
        throw new StoreError('corrupt', `What is stored under ${place} does not open with the key of this device`, {
          cause,
        });
      }
    },
    async nameOf(text) {
      return toBase64(new Uint8Array(await crypto.subtle.sign('HMAC', (await keys()).names, bytesOf(text))));
    },
  };
}
