import { hkdf } from '@noble/hashes/hkdf';
import { hmac } from '@noble/hashes/hmac';
import { sha256 } from '@noble/hashes/sha2';
import { utf8ToBytes } from '@noble/hashes/utils';

/** The two functions on which tokens and keys rest, over SHA-256. */
export type KeyedHashes = Readonly<{
  /** HMAC of the UTF-8 of a text (RFC 2104). */
  hmac: (key: Uint8Array, text: string) => Uint8Array;
  /** HKDF (RFC 5869). */
  hkdf: (secret: Uint8Array, salt: Uint8Array, info: string, bytes: number) => Uint8Array<ArrayBuffer>;
}>;

type Hmac = { readonly update: (text: string, encoding: 'utf8') => Hmac; readonly digest: () => Uint8Array };

/** The part of `node:crypto` that is used. */
type NodeCrypto = {
  readonly createHmac: (algorithm: 'sha256', key: Uint8Array) => Hmac;
  readonly hkdfSync: (
    digest: 'sha256',
    secret: Uint8Array,
    salt: Uint8Array,
    info: string,
    bytes: number,
  ) => ArrayBuffer;
};

type Runtime = { readonly getBuiltinModule?: (id: 'node:crypto') => NodeCrypto | undefined };

/** Both in plain JavaScript: about ten times slower, and portable. */
export const portableHashes: KeyedHashes = {
  hmac: (key, text) => hmac(sha256, key, utf8ToBytes(text)),
  hkdf: (secret, salt, info, bytes) => Uint8Array.from(hkdf(sha256, secret, salt, info, bytes)),
};

/** Both of Node, if this is Node: looked up and not imported, so that a bundle for a browser has no dependency. */
export function nativeHashes(runtime: Runtime | undefined): KeyedHashes | undefined {
  const crypto = runtime?.getBuiltinModule?.('node:crypto');
  if (crypto === undefined) return undefined;
  return {
    hmac: (key, text) => crypto.createHmac('sha256', key).update(text, 'utf8').digest(),
    hkdf: (secret, salt, info, bytes) => new Uint8Array(crypto.hkdfSync('sha256', secret, salt, info, bytes)),
  };
}

let chosen: KeyedHashes | undefined;

/** The fastest that there is. */
export function keyedHashes(): KeyedHashes {
  chosen ??= nativeHashes((globalThis as { process?: Runtime }).process) ?? portableHashes;
  return chosen;
}
