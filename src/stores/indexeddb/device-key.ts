import { toBase64 } from '../../util/base64.ts';
import { deviceKeys } from './device-keys.ts';

/** A key of a device: signs the file of `exportUnsent`, as the options of `createReplica` have it. @since 0.5.0 */
export type DeviceKey = Readonly<{
  /** Signs by ECDSA on P-256 with SHA-256: 64 bytes. */
  sign: (bytes: Uint8Array<ArrayBuffer>) => Promise<ArrayBuffer>;
  /** The public key: its SPKI form in base64. */
  publicKey: () => Promise<string>;
}>;

/** Opens the key of a device, which signs. */
export function openDeviceKey(name: string): DeviceKey {
  // The private key cannot leave the browser.
  const pair = deviceKeys(name, 'device', () =>
    crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify']),
  );
  return {
    sign: async (bytes) => crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, (await pair()).privateKey, bytes),
    publicKey: async () => toBase64(new Uint8Array(await crypto.subtle.exportKey('spki', (await pair()).publicKey))),
  };
}
