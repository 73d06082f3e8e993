import { LIMITS } from '../../wire/limits.ts';

/** What of a line is kept, in characters: more than any event may take, so that a longer one is refused as too large. */
const LONGEST = 8 * LIMITS.eventBytes;
/** So many characters take no more bytes than this. */
const LONGEST_BYTES = 3 * LONGEST;
const LINE_FEED = 0x0a;

/** As much of a line as is kept. */
export const clipped = (line: string): string => (line.length > LONGEST ? line.slice(0, LONGEST) : line);

/** Some whole lines of a file, and where they begin in it. */
export type Block = { readonly bytes: Uint8Array; readonly offset: number };

/**
 * The lines of a file in whole blocks, from the parts in which it comes, the first of which begins with a line at the offset
 * `from`. Of a line that never ends the beginning is kept.
 */
export async function* blocksOf(parts: AsyncIterable<Uint8Array>, from = 0): AsyncGenerator<Block> {
  let rest: Uint8Array = new Uint8Array();
  let offset = from;
  let read = from;
  for await (const part of parts) {
    const end = part.lastIndexOf(LINE_FEED) + 1;
    const isEndless = rest.length >= LONGEST_BYTES;
    const begin = isEndless ? part.indexOf(LINE_FEED) + 1 : 0;
    if (isEndless && end > 0) yield { bytes: rest, offset };
    if (isEndless && end > 0) [rest, offset] = [new Uint8Array(), read + begin];
    if (end > begin) {
      yield { bytes: joined(rest, part.subarray(begin, end)), offset };
      [rest, offset] = [new Uint8Array(), read + end];
    }
    if (rest.length < LONGEST_BYTES) rest = joined(rest, part.subarray(end)).slice(0, LONGEST_BYTES);
    read += part.length;
  }
  if (rest.length > 0) yield { bytes: rest, offset };
}

function joined(one: Uint8Array, other: Uint8Array): Uint8Array {
  if (one.length === 0) return other;
  const both = new Uint8Array(one.length + other.length);
  both.set(one);
  both.set(other, one.length);
  return both;
}
