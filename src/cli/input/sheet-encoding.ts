import type { Context } from '../console/context.ts';
import { printError } from '../console/context.ts';
import { isUtf16, type Source } from './source.ts';

type Encoding = 'utf-8' | 'windows-1252' | 'utf-16le' | 'utf-16be';

/** The names of the encodings for people. */
const names: Readonly<Record<Encoding, string>> = {
  'utf-8': 'UTF-8',
  'windows-1252': 'Windows-1252',
  'utf-16le': 'UTF-16',
  'utf-16be': 'UTF-16',
};

/** A sheet as UTF-8, whichever of the encodings of spreadsheets it has; says so of another one. */
export async function decodedSheet(source: Source, context: Context): Promise<Source> {
  const encoding = await encodingOf(source);
  if (encoding === 'utf-8') return source;
  if (!context.quiet) await printError(context, [context.words.failures.decoded(source.name, names[encoding])]);
  return { ...source, chunks: (onBytes) => decoded(source.chunks(onBytes), encoding) };
}

/** Bytes that Windows-1252 does not use. */
const UNUSED = /[\u0081\u008d\u008f\u0090\u009d]/;
/** A character of UTF-8 beyond ASCII, its bytes read as Latin-1. */
const MULTIBYTE = /[\u00c2-\u00df][\u0080-\u00bf]|[\u00e0-\u00ef][\u0080-\u00bf]{2}|[\u00f0-\u00f4][\u0080-\u00bf]{3}/;

/**
 * The encoding of a sheet. It is Windows-1252 only if no character beyond ASCII is one of UTF-8: of a mixture each row that is not
 * UTF-8 is reported. What can be read only once counts as UTF-8, unless it begins otherwise.
 */
async function encodingOf(source: Source): Promise<Encoding> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let isUtf8 = true;
  let hasUtf8 = false;
  let isWindows = true;
  let isFirst = true;
  for await (const part of source.chunks()) {
    const bytes = Buffer.from(part.buffer, part.byteOffset, part.length);
    if (isFirst && isUtf16(bytes)) return bytes[0] === 0xff || bytes[1] === 0 ? 'utf-16le' : 'utf-16be';
    isFirst = false;
    if (isUtf8) isUtf8 = isDecoded(decoder, bytes);
    const latin = bytes.toString('latin1');
    hasUtf8 ||= MULTIBYTE.test(latin);
    isWindows &&= !UNUSED.test(latin);
  }
  return !isUtf8 && !hasUtf8 && isWindows ? 'windows-1252' : 'utf-8';
}

function isDecoded(decoder: InstanceType<typeof TextDecoder>, bytes: Uint8Array): boolean {
  try {
    decoder.decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}

async function* decoded(parts: AsyncIterable<Uint8Array>, encoding: Encoding): AsyncGenerator<Uint8Array> {
  const decoder = new TextDecoder(encoding);
  const encoder = new TextEncoder();
  for await (const part of parts) yield encoder.encode(decoder.decode(part, { stream: true }));
  yield encoder.encode(decoder.decode());
}
