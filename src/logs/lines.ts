import { mustBe } from '../kernel/known.ts';
import { yieldIfDue } from '../util/slices.ts';
import { LIMITS } from '../wire/limits.ts';
import { mustBeNoPath } from '../wire/log.ts';
import { completeLength, concatBytes, decodeUtf8 } from './utf8.ts';

/** The parts of a file, in order: bytes of UTF-8, or text. A whole text is taken too, and whole bytes. @since 0.3.0 */
export type Chunks = AsyncIterable<Uint8Array | string> | Iterable<Uint8Array | string> | string | Uint8Array;

/** Characters of a line that are kept: more than any event may have, so that a longer line is refused as too large. */
export const LONGEST = 8 * LIMITS.eventBytes;

/** The beginning of a line, as far as it is kept. */
export const clipLine = (line: string, longest = LONGEST): string =>
  line.length > longest ? line.slice(0, longest) : line;

/**
 * The lines of a file, without their line feeds, from the parts in which it comes: a stream of Node, or of the web.
 * Bytes that are not UTF-8 become lone surrogates, which every parser of events refuses, so that no line is altered
 * silently. Only the beginning of a line beyond a megabyte is kept. Throws only errors of `chunks` itself.
 *
 * @since 0.3.0
 */
export async function* linesOf(chunks: Chunks): AsyncGenerator<string> {
  for await (const lines of lineGroups(chunks)) for (const line of lines) yield line;
}

/** Groups the lines of a file by the part in which they end, with at most `longest` characters of each; works in slices of time. */
export async function* lineGroups(chunks: Chunks, longest = LONGEST): AsyncGenerator<readonly string[]> {
  let rest = '';
  for await (const text of decodeParts(chunks)) {
    await yieldIfDue();
    const lines = text.split('\n');
    lines[0] = rest.length < longest ? rest + (lines[0] ?? '') : rest;
    rest = clipLine(lines.pop() ?? '', longest);
    yield lines.map((line) => clipLine(line, longest));
  }
  if (rest !== '') yield [rest];
}

/** The most characters or bytes of a part that are read in one piece. */
const PART = 1 << 16;

/** The parts of a file, large ones cut. */
async function* cutParts(chunks: Chunks): AsyncGenerator<Uint8Array | string> {
  mustBeNoPath(chunks);
  const parts = typeof chunks === 'string' || chunks instanceof Uint8Array ? [chunks] : chunks;
  const isIterable = Symbol.asyncIterator in Object(parts) || Symbol.iterator in Object(parts);
  mustBe(isIterable, 'A file comes as a text, or as its parts: a stream, or another iterable', chunks);
  for await (const part of parts) {
    for (let from = 0; from === 0 || from < part.length; from += PART) {
      yield typeof part === 'string' ? part.slice(from, from + PART) : part.subarray(from, from + PART);
    }
  }
}

/** The text of each part; a character that is cut by the end of a part comes with the next. */
export async function* decodeParts(chunks: Chunks): AsyncGenerator<string> {
  let cut: Uint8Array = new Uint8Array();
  for await (const chunk of cutParts(chunks)) {
    const bytes = typeof chunk === 'string' ? cut : concatBytes(cut, chunk);
    const end = typeof chunk === 'string' ? bytes.length : completeLength(bytes);
    const text = decodeUtf8(bytes.subarray(0, end));
    cut = bytes.slice(end);
    yield typeof chunk === 'string' ? text + chunk : text;
  }
  if (cut.length > 0) yield decodeUtf8(cut);
}
