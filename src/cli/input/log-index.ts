import { isBlank, withoutMark } from '../../logs/entry.ts';
import { clipLine, LONGEST } from '../../logs/lines.ts';
import { completeLength, concatBytes, decodeUtf8 } from '../../logs/utf8.ts';
import { detachString, findVisitId, scanVisitId } from '../../logs/visit-id.ts';
import type { Id } from '../../messages/index.ts';

/** From so many bytes on, which hold more characters than are kept of a line, the rest of it is left out. */
const ENOUGH = 3 * LONGEST + 1;
const LINE_FEED = 0x0a;

/** Some whole lines of a file, and where they begin in it. */
type Block = { readonly bytes: Uint8Array; readonly offset: number };

/**
 * The lines of a file in whole blocks, from the parts in which it comes, the first of which begins with a line at the offset
 * `from`. Of a line that never ends the beginning is kept, and is a block of its own.
 */
export async function* splitBlocks(parts: AsyncIterable<Uint8Array>, from = 0): AsyncGenerator<Block> {
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
    if (rest.length < ENOUGH) rest = clipBytes(concatBytes(rest, part.subarray(end)));
    read += part.length;
  }
  if (rest.length > 0) yield { bytes: rest, offset };
}

/** Enough of a line, up to the end of a character: a text that is cut within one is made character by character. */
function clipBytes(line: Uint8Array): Uint8Array {
  if (line.length < ENOUGH + 4) return line.slice();
  const beginning = line.slice(0, ENOUGH + 4);
  return beginning.subarray(0, completeLength(beginning));
}

/** The extent of a visit in a log, or in a part of it: byte and line of its first entry, and the number of its entries. */
export type VisitExtent = { readonly offset: number; readonly first: number; count: number };

/**
 * The index of a log, or of a part of it: how many lines it has, from 1, where each visit is, and the number of lines whose visit
 * is not known.
 */
export type LogIndex = {
  readonly lines: number;
  readonly visits: ReadonlyMap<Id, VisitExtent>;
  readonly unattributed: number;
};

/** Indexes a log: each line under the visit with which it will be audited. Parses next to nothing. */
export async function indexLog(blocks: AsyncIterable<Block>): Promise<LogIndex> {
  const visits = new Map<Id, VisitExtent>();
  let line = 0;
  let unattributed = 0;
  for await (const { bytes, offset } of blocks) {
    // The keys that are looked for are ASCII: the bytes need not be decoded.
    const latin = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
    for (let from = 0; from < latin.length; ) {
      const feed = latin.indexOf('\n', from);
      const to = feed < 0 ? latin.length : feed;
      line += 1;
      const visitId = scanVisitId(latin.slice(from, to)) ?? findVisitId(clipLine(decodeUtf8(bytes.subarray(from, to))));
      if (visitId === null && !isBlank(withoutMark(decodeUtf8(bytes.subarray(from, to))))) unattributed += 1;
      const found = visitId === null ? undefined : visits.get(visitId);
      if (found !== undefined) found.count += 1;
      else if (visitId !== null) visits.set(detachString(visitId), { offset: offset + from, first: line, count: 1 });
      from = to + 1;
    }
  }
  return { lines: line, visits, unattributed };
}

/** The number of lines of each visit of a log. */
export const countsIn = ({ visits }: LogIndex): ReadonlyMap<Id, number> =>
  new Map([...visits].map(([visitId, { count }]) => [visitId, count]));
