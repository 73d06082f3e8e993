import { LONGEST } from '../../logs/lines.ts';
import { completeLength, concatBytes } from '../../logs/utf8.ts';

/** From so many bytes on, which hold more characters than are kept of a line, the rest of it is left out. */
const ENOUGH = 3 * LONGEST + 1;
const LINE_FEED = 0x0a;

/** Some whole lines of a file, and where they begin in it. */
export type Block = { readonly bytes: Uint8Array; readonly offset: number };

/**
 * The lines of a file in whole blocks, from the parts in which it comes, the first of which begins with a line at the offset
 * `from`. Of a line that never ends the beginning is kept, and is a block of its own.
 */
export async function* blocksOf(parts: AsyncIterable<Uint8Array>, from = 0): AsyncGenerator<Block> {
  let rest: Uint8Array = new Uint8Array();
  let offset = from;
  let read = from;
  for await (const part of parts) {
    const end = part.lastIndexOf(LINE_FEED) + 1;
    let begin = 0;
    if (end > 0 && rest.length >= ENOUGH) {
      yield { bytes: rest, offset };
      begin = part.indexOf(LINE_FEED) + 1;
      [rest, offset] = [new Uint8Array(), read + begin];
    }
    if (end > begin) {
      yield { bytes: concatBytes(rest, part.subarray(begin, end)), offset };
      [rest, offset] = [new Uint8Array(), read + end];
    }
    if (rest.length < ENOUGH) rest = beginningOf(concatBytes(rest, part.subarray(end)));
    read += part.length;
  }
  if (rest.length > 0) yield { bytes: rest, offset };
}

/** Enough of a line, up to the end of a character: a text that is cut within one is made character by character. */
function beginningOf(line: Uint8Array): Uint8Array {
  if (line.length < ENOUGH + 4) return line.slice();
  const beginning = line.slice(0, ENOUGH + 4);
  return beginning.subarray(0, completeLength(beginning));
}
