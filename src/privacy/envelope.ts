import { fromBase64, toBase64 } from '../util/base64.ts';
import { runtime } from '../util/runtime.ts';
import { aesGcm } from './aes-gcm.ts';
import { deriveKey } from './token.ts';

/** The place to which an envelope belongs: it opens nowhere else. */
export type EnvelopePlace = Readonly<{ streamName: string; eventId: string; subjects: string }>;

/** The reason why an envelope does not open. @since 0.11.0 */
export type EnvelopeFault = 'unknown-version' | 'malformed' | 'other-key-or-place' | 'changed';

const VERSION = 1;
const SALT = 24;
const COMMITMENT = 32;
const HEADER = 1 + SALT + COMMITMENT;
const BLOCK = 64;

const encoder = new TextEncoder();
/** Each key seals one envelope, so its nonce may be constant. */
const NONCE = new Uint8Array(12);

/**
 * The key of one envelope, and the commitment to that key, the salt and the place. Without it, a holder of keys could make a ciphertext
 * of AES-GCM that opens to another text under another key.
 */
function deriveParts(secret: Uint8Array, salt: Uint8Array, { streamName, eventId, subjects }: EnvelopePlace) {
  const info = `auxilio/envelope/${VERSION}\n${JSON.stringify([streamName, eventId, subjects])}`;
  const bytes = deriveKey(secret, info, salt, 64);
  return { key: bytes.subarray(0, 32), commitment: bytes.subarray(32) };
}

/** Pads a text with spaces, which JSON ignores, to a multiple of 64 bytes. */
function pad(text: string): Uint8Array<ArrayBuffer> {
  const bytes = encoder.encode(text);
  const padded = new Uint8Array(Math.ceil((bytes.length + 1) / BLOCK) * BLOCK).fill(0x20);
  padded.set(bytes);
  return padded;
}

/** Encrypts a value of JSON for one place. Returns the envelope in base64. */
export async function sealEnvelope(secret: Uint8Array, place: EnvelopePlace, value: unknown): Promise<string> {
  const salt = runtime.freshBytes(SALT);
  const { key, commitment } = deriveParts(secret, salt, place);
  const header = new Uint8Array(HEADER);
  header[0] = VERSION;
  header.set(salt, 1);
  header.set(commitment, 1 + SALT);
  const text = pad(JSON.stringify(value));
  const body = await aesGcm().encrypt({ key, nonce: NONCE, context: header }, text);
  const envelope = new Uint8Array(HEADER + body.length);
  envelope.set(header);
  envelope.set(body, HEADER);
  return toBase64(envelope);
}

export type OpenedEnvelope = Readonly<{ ok: true; value: unknown } | { ok: false; fault: EnvelopeFault }>;

const refused = (fault: EnvelopeFault): OpenedEnvelope => ({ ok: false, fault });

/** Decrypts an envelope at its place. */
export async function openEnvelope(
  secret: Uint8Array,
  place: EnvelopePlace,
  envelope: string,
): Promise<OpenedEnvelope> {
  const bytes = decode(envelope);
  if (bytes === undefined || bytes.length < HEADER + BLOCK) return refused('malformed');
  if (bytes[0] !== VERSION) return refused('unknown-version');
  const { key, commitment } = deriveParts(secret, bytes.subarray(1, 1 + SALT), place);
  if (!isEqual(commitment, bytes.subarray(1 + SALT, HEADER))) return refused('other-key-or-place');
  try {
    const parts = { key, nonce: NONCE, context: bytes.slice(0, HEADER) };
    const text = await aesGcm().decrypt(parts, bytes.slice(HEADER));
    return { ok: true, value: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(text)) };
  } catch {
    return refused('changed');
  }
}

/** Decodes base64; undefined for a text that {@link toBase64} does not write, which leaves each envelope one text. */
function decode(envelope: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    const bytes = fromBase64(envelope);
    return toBase64(bytes) === envelope ? bytes : undefined;
  } catch {
    return undefined;
  }
}

/** Compares bytes in a time that does not depend on where they differ. */
function isEqual(one: Uint8Array, other: Uint8Array): boolean {
  let difference = one.length ^ other.length;
  one.forEach((byte, index) => {
    difference |= byte ^ (other[index] ?? 0);
  });
  return difference === 0;
}
