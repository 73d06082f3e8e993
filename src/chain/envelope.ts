import type { Actor, Id, Sha256 } from '../messages/index.ts';
import { canonicalJson } from '../stores/canonical.ts';
import { asRecord, parseJson } from '../util/json.ts';
import { isSha256 } from './entries.ts';

/** The log as the signer of an act saw it. */
export type Sight = {
  /** The number of its events. */
  readonly basedOn: number;
  /** The hash of the last of them; null where it has none. */
  readonly head: Sha256 | null;
};

/** The protected header of a signature: the log that the signer saw, and the thumbprint of their key. */
export type Header = Sight & { readonly kid: string };

/** The part of an act that is signed. */
export type SignedAct = {
  readonly type: string;
  readonly data: object;
  readonly actor: Actor;
  readonly commandId: Id;
};

/** A signature as it was read: its header, the text of that header, and its 64 bytes. */
type Envelope = { readonly header: Header; readonly headerText: string; readonly signature: Uint8Array<ArrayBuffer> };

const encoder = new TextEncoder();

/** Encodes bytes in base64url, without padding. */
export const encodeBase64Url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');

/** Decodes base64url; undefined for a text that {@link encodeBase64Url} does not write. */
function decodeBase64Url(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (!/^[\w-]+$/.test(text) || text.length % 4 === 1) return undefined;
  const bytes = Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (one) => one.charCodeAt(0));
  return encodeBase64Url(bytes) === text ? bytes : undefined;
}

/** Encodes the UTF-8 of a long text in base64url, in parts, since a call takes a limited number of arguments. */
function encodeText(text: string): string {
  const bytes = encoder.encode(text);
  let encoded = '';
  // A part of a multiple of three bytes has no padding.
  for (let at = 0; at < bytes.length; at += 3072) encoded += encodeBase64Url(bytes.subarray(at, at + 3072));
  return encoded;
}

/** Encodes a header: the one text that stands for it. */
export const encodeHeader = ({ kid, basedOn, head }: Header): string =>
  encodeText(canonicalJson({ alg: 'ES256', kid, basedOn, head }));

/**
 * The bytes over which an act is signed: the header and the canonical form (RFC 8785) of the act, in NFC as the parser writes it,
 * as RFC 7515 joins them.
 */
export function signingInput(headerText: string, { type, data, actor, commandId }: SignedAct): Uint8Array<ArrayBuffer> {
  const { role, id } = actor;
  const payload = canonicalJson({ type, data, actor: { role, id }, commandId }).normalize('NFC');
  return encoder.encode(`${headerText}.${encodeText(payload)}`);
}

/** Joins a signature: a compact JWS with a detached payload. */
export const joinEnvelope = (headerText: string, signature: Uint8Array): string =>
  `${headerText}..${encodeBase64Url(signature)}`;

/** Most characters of a signature, as the wire limits them. */
const LONGEST = 1024;

/** Parses a signature; undefined for one that {@link joinEnvelope} does not write, which leaves each header one text. */
export function parseEnvelope(text: unknown): Envelope | undefined {
  if (typeof text !== 'string' || text.length > LONGEST) return undefined;
  const [headerText = '', payload, last = '', ...rest] = text.split('.');
  if (payload !== '' || rest.length > 0) return undefined;
  const bytes = decodeBase64Url(headerText);
  const signature = decodeBase64Url(last);
  if (bytes === undefined || signature?.length !== 64) return undefined;
  const { kid, basedOn, head } = asRecord(parseJson(new TextDecoder().decode(bytes)));
  if (typeof kid !== 'string' || !isSight(basedOn, head)) return undefined;
  const header: Header = { kid, basedOn: Number(basedOn), head: head as Sha256 | null };
  return encodeHeader(header) === headerText ? { header, headerText, signature } : undefined;
}

/** True for a count of events and the hash of the last of them. */
export const isSight = (basedOn: unknown, head: unknown): boolean =>
  Number.isSafeInteger(basedOn) && Number(basedOn) >= 0 && (head === null || (isSha256(head) && Number(basedOn) > 0));
