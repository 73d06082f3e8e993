/** A log as a part of an address: NDJSON, compressed, in letters that need no escape. Nothing of it is sent to a server. */
import type { VisitEvent } from 'auxilio';
import { parseEvent } from 'auxilio/wire';

/** The version of the form: a page that meets a newer one says so. */
const version = 1;

/** Characters that a log may take in an address: what mail and chat programs pass on whole. */
export const longestAddress = 30_000;
/** Characters of the log itself, so that nothing small expands without end. */
const mostText = 2_000_000;
const mostEvents = 5_000;

/** Why an address has no log: it is cut or changed, of a newer page, of something else, or of too much. */
export type AddressProblem = 'damaged' | 'newer' | 'foreign' | 'large';

export type ReadAddress =
  | Readonly<{ ok: true; log: readonly VisitEvent[] }>
  | Readonly<{ ok: false; problem: AddressProblem }>;

/** Writes a log; null where it is too long for an address. */
export async function writeAddress(log: readonly VisitEvent[]): Promise<string | null> {
  const text = log.map((event) => JSON.stringify(event)).join('\n');
  if (text.length > mostText || log.length > mostEvents) return null;
  const bytes = await through(new CompressionStream('deflate-raw'), new TextEncoder().encode(text), mostText);
  const written = `${version}.${toBase64Url(bytes ?? new Uint8Array())}`;
  return written.length > longestAddress ? null : written;
}

/** Reads what {@link writeAddress} wrote, or anything else. */
export async function readAddress(text: string): Promise<ReadAddress> {
  const [, said, data] = /^(\d{1,4})\.([\w-]*)$/.exec(text) ?? [];
  if (said === undefined || data === undefined) return problem(/^\d/.test(text) ? 'damaged' : 'foreign');
  if (Number(said) > version) return problem('newer');
  if (text.length > longestAddress) return problem('large');
  const bytes = fromBase64Url(data);
  if (bytes === null) return problem('damaged');
  try {
    const plain = await through(new DecompressionStream('deflate-raw'), bytes, mostText);
    return plain === null ? problem('large') : readLines(new TextDecoder('utf-8', { fatal: true }).decode(plain));
  } catch {
    return problem('damaged');
  }
}

const problem = (name: AddressProblem): ReadAddress => ({ ok: false, problem: name });

function readLines(text: string): ReadAddress {
  if (text === '') return { ok: true, log: [] };
  const lines = text.split('\n');
  if (lines.length > mostEvents) return problem('large');
  const log: VisitEvent[] = [];
  for (const line of lines) {
    const parsed = parseEvent(line);
    if (!parsed.ok) return problem(parsed.unknown === true ? 'newer' : 'foreign');
    log.push(parsed.value);
  }
  const [first] = log;
  return log.some(({ data }) => data.visitId !== first?.data.visitId) ? problem('foreign') : { ok: true, log };
}

/** The bytes that come out of a stream; null beyond a limit. @throws for bytes that are not compressed */
async function through(
  stream: CompressionStream | DecompressionStream,
  bytes: Uint8Array<ArrayBuffer>,
  most: number,
): Promise<Uint8Array | null> {
  const parts: Uint8Array[] = [];
  let length = 0;
  const source = new Blob([bytes]).stream().pipeThrough(stream);
  const reader = source.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    parts.push(part.value);
    length += part.value.length;
    if (length > most) {
      await reader.cancel();
      return null;
    }
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function toBase64Url(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 4096) text += String.fromCharCode(...bytes.subarray(at, at + 4096));
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

function fromBase64Url(text: string): Uint8Array<ArrayBuffer> | null {
  try {
    return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0));
  } catch {
    return null;
  }
}
