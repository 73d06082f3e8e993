import { sha256 as noble } from '@noble/hashes/sha2';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils';
import type { Sha256 } from '../messages/index.ts';

/** Hashes the UTF-8 of a text. */
type Hasher = (text: string) => Sha256;

type Hash = { readonly update: (text: string) => Hash; readonly digest: (encoding: 'hex') => string };

/** The part of `node:crypto` that is used; the one-shot `hash` exists since Node 20.12. */
type NodeCrypto = {
  readonly hash?: (algorithm: string, text: string, encoding: 'hex') => string;
  readonly createHash?: (algorithm: string) => Hash;
};

/** The part of Node's `process` that is used. */
export type Runtime = { readonly getBuiltinModule?: (id: 'node:crypto') => NodeCrypto | undefined };

/** Hashes in plain JavaScript: about ten times slower, and portable. */
export const portable: Hasher = (text) => bytesToHex(noble(utf8ToBytes(text)));

/** The hasher of Node, if this is Node. It is looked up and not imported, so that a bundle for a browser has no dependency. */
export function nativeIn(runtime: Runtime | undefined): Hasher | undefined {
  const crypto = runtime?.getBuiltinModule?.('node:crypto');
  const { hash, createHash } = crypto ?? {};
  if (hash) return (text) => hash('sha256', text, 'hex');
  return createHash && ((text) => createHash('sha256').update(text).digest('hex'));
}

let hasher: Hasher | undefined;

/** Hashes the UTF-8 of a text with SHA-256, by the fastest available means. */
export function sha256(text: string): Sha256 {
  hasher ??= nativeIn((globalThis as { process?: Runtime }).process) ?? portable;
  return hasher(text);
}
