import { isBlank, withoutMark } from '../../logs/entry.ts';
import { clipLine } from '../../logs/lines.ts';
import { textOf } from '../../logs/utf8.ts';
import { detachString, scanVisitId, visitIdOf } from '../../logs/visit-id.ts';
import type { Id } from '../../messages/index.ts';
import type { Block } from './blocks.ts';

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
      const visitId = scanVisitId(latin.slice(from, to)) ?? visitIdOf(clipLine(textOf(bytes.subarray(from, to))));
      if (visitId === null && !isBlank(withoutMark(textOf(bytes.subarray(from, to))))) unattributed += 1;
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
