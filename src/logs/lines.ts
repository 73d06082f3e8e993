import { mustBe } from '../kernel/known.ts';
import { LIMITS } from '../wire/limits.ts';
import { completeLength, textOf } from './utf8.ts';

/** The parts of a file, in order: bytes of UTF-8, or text. A whole text is taken too. @since 0.3.0 */
export type Chunks = AsyncIterable<Uint8Array | string> | Iterable<Uint8Array | string> | string;

/** What of a line is kept: more than any event may take, so that a longer one is refused as too large. */
const LONGEST = 8 * LIMITS.eventBytes;

/**
 * The lines of a file, without their line feeds, from the parts in which it comes: a stream of Node, or of the web.
 * Bytes that are not UTF-8 come out as lone surrogates, which nothing that parses events lets in: no line is altered
 * without notice. Of a line beyond a megabyte only the beginning is kept. Throws only what `chunks` itself throws.
 *
 * @since 0.3.0
 */
export function linesOf(chunks: Chunks): AsyncGenerator<string> {
  return linesUpTo(LONGEST, chunks);
}

/** The same, with as much of each line as is asked for. */
export async function* linesUpTo(longest: number, chunks: Chunks): AsyncGenerator<string> {
  const clipped = (line: string) => (line.length > longest ? line.slice(0, longest) : line);
  const joined = (rest: string, line: string) => (rest.length >= longest ? rest : clipped(rest + line));
  let rest = '';
  for await (const text of textsOf(chunks)) {
    const lines = text.split('\n');
    const last = lines.length - 1;
    for (const [place, line] of lines.entries()) {
      const whole = place === 0 ? joined(rest, line) : clipped(line);
      if (place === last) rest = whole;
      else yield whole;
    }
  }
  if (rest !== '') yield rest;
}

/** The text of each part; a character that is cut by the end of a part comes with the next. */
export async function* textsOf(chunks: Chunks): AsyncGenerator<string> {
  let cut: Uint8Array = new Uint8Array();
  const parts = typeof chunks === 'string' ? [chunks] : chunks;
  const isIterable = Symbol.asyncIterator in Object(parts) || Symbol.iterator in Object(parts);
  mustBe(isIterable, 'A file comes as a text, or as its parts: a stream, or another iterable', chunks);
  for await (const chunk of parts) {
    const bytes = typeof chunk === 'string' ? cut : concatenated(cut, chunk);
    const end = typeof chunk === 'string' ? bytes.length : completeLength(bytes);
    const text = textOf(bytes.subarray(0, end));
    cut = bytes.slice(end);
    yield typeof chunk === 'string' ? text + chunk : text;
  }
  if (cut.length > 0) yield textOf(cut);
}

function concatenated(one: Uint8Array, other: Uint8Array): Uint8Array {
  if (one.length === 0) return other;
  const both = new Uint8Array(one.length + other.length);
  both.set(one);
  both.set(other, one.length);
  return both;
}
