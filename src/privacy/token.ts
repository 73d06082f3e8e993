import { bytesToHex } from '@noble/hashes/utils';
import { foldItem } from '../visit/fold-item.ts';
import { keyedHashes } from './keyed-hash.ts';

const NO_SALT = new Uint8Array(32);

/** Derives a key of 32 bytes, or as many as are asked for, from a secret. */
export const deriveKey = (
  secret: Uint8Array,
  info: string,
  salt: Uint8Array = NO_SALT,
  bytes = 32,
): Uint8Array<ArrayBuffer> => keyedHashes().hkdf(secret, salt, info, bytes);

/** Joins the secrets of several subjects, in their order: gone once one of them is. */
export function joinSecrets(secrets: readonly Uint8Array[]): Uint8Array {
  const [first = new Uint8Array(0)] = secrets;
  if (secrets.length === 1) return first;
  const joined = new Uint8Array(secrets.length * 32);
  for (const [index, secret] of secrets.entries()) joined.set(secret, index * 32);
  return deriveKey(joined, 'auxilio/subjects/1');
}

const keyed = (key: Uint8Array, text: string): Uint8Array => keyedHashes().hmac(key, text.normalize('NFC'));

/**
 * The token of a text under a key: 64 letters. The letters follow the text as the names of materials are compared, in which case and
 * outer spaces do not count; their cases follow the text as it is. So two tokens are equal, or equal but for case, exactly where two
 * texts are, and no rule needs to know that it reads tokens.
 */
export function textToken(key: Uint8Array, text: string): string {
  const letters = bytesToHex(keyed(key, `item\0${foldItem(text)}`));
  const exact = keyed(key, `text\0${text}`);
  let token = '';
  for (let at = 0; at < 64; at += 1) {
    const letter = Number.parseInt(letters.charAt(at), 16);
    const isUpper = ((exact[at >> 3] as number) >> (at & 7)) & 1;
    token += String.fromCharCode((isUpper ? 0x41 : 0x61) + letter);
  }
  return token;
}

/** The token of a hash under a key: 64 hexadecimal digits. */
export const hashToken = (key: Uint8Array, hash: string): string => bytesToHex(keyed(key, `hash\0${hash}`));

const TOKEN = /^[A-Pa-p]{64}$/;

/**
 * True for a text that is a token: that of a text that was erased, or is not opened yet. 64 letters from A to P are no text that a
 * person writes.
 *
 * @since 0.11.0
 */
export const isToken = (text: unknown): boolean => typeof text === 'string' && TOKEN.test(text);
