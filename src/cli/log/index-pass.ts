import { textOf } from '../../logs/utf8.ts';
import { detachString, extractVisitId } from '../../logs/visit-id.ts';
import type { Id } from '../../messages/index.ts';
import { type Block, clipped } from './blocks.ts';
import { scanLines } from './scan.ts';

/** Where a visit is in a log, or in a part of it: the place and the line of its first entry, and the line of its last. */
type VisitExtent = { readonly offset: number; readonly first: number; last: number };

/** What a first reading tells of a log, or of a part of it: how many lines it has, from 1, and where each visit is. */
export type Survey = { readonly lines: number; readonly visits: ReadonlyMap<Id, VisitExtent> };

/** Looks where the visits are, each line taken for the visit with which it will be audited. Parses next to nothing. */
export async function surveyOf(blocks: AsyncIterable<Block>): Promise<Survey> {
  const visits = new Map<Id, VisitExtent>();
  let line = 0;
  for await (const { bytes, offset } of blocks) {
    // What is looked for is ASCII: the bytes need not be decoded.
    const latin = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
    scanLines(latin, visits, (from, to, scanned) => {
      line += 1;
      const visitId = scanned ?? extractVisitId(clipped(textOf(bytes.subarray(from, to))));
      if (visitId === null) return;
      const found = visits.get(visitId);
      if (found === undefined) visits.set(detachString(visitId), { offset: offset + from, first: line, last: line });
      else found.last = line;
    });
  }
  return { lines: line, visits };
}

/** Which visit ends with which line: the lines in ascending order, and the visit of each. */
export type Ends = { readonly lines: readonly number[]; readonly visitIds: readonly Id[] };

/** The ends of all visits of a log. */
export function endsOf({ visits }: Survey): Ends {
  const sorted = [...visits].sort(([, one], [, other]) => one.last - other.last);
  return { lines: sorted.map(([, { last }]) => last), visitIds: sorted.map(([visitId]) => visitId) };
}
