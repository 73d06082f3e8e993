import type { Sha256 } from '../../messages/index.ts';

/** Hashes bytes with SHA-256, by WebCrypto. */
export async function hashBytes(bytes: Uint8Array): Promise<Sha256> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new Uint8Array(bytes)));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
