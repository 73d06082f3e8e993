import type { LineFilter } from '../../logs/line-auditor.ts';
import type { Id } from '../../messages/index.ts';
import type { LogIndex, VisitExtent } from '../input/log-index.ts';

/** Some whole lines of a file: from the byte where the first begins to the one after the last. */
export type Range = { readonly from: number; readonly to: number };

/** The work on a range: the visits whose last line lies in it, from their first lines on. Plain data. */
export type Plan = {
  readonly range: Range;
  /** The byte at which the first of these visits begins, perhaps before the range, and the number of lines before it. */
  readonly from: number;
  readonly linesBefore: number;
  /** The number of the first line of the range. */
  readonly firstLine: number;
  /** The visits that end in the range, and how many lines each has. */
  readonly expected: ReadonlyMap<Id, number>;
  /** The visits that begin before the range and end in it. */
  readonly earlier: readonly Id[];
  /** The visits of the range that end after it. */
  readonly later: readonly Id[];
};

/** The extent of a visit in the whole log, and the range in which it ends. */
type VisitSpan = VisitExtent & { endsIn: number };

/** The plan of each range, from the indexes of all. */
export function planRanges(ranges: readonly Range[], indexes: readonly LogIndex[]): readonly Plan[] {
  const spans = new Map<Id, VisitSpan>();
  const befores: number[] = [];
  let lines = 0;
  for (const [place, index] of indexes.entries()) {
    for (const [visitId, { offset, first, count }] of index.visits) {
      const span = spans.get(visitId);
      if (span === undefined) spans.set(visitId, { offset, first: lines + first, count, endsIn: place });
      else {
        span.endsIn = place;
        span.count += count;
      }
    }
    befores.push(lines);
    lines += index.lines;
  }
  return ranges.map((range, place) =>
    planRange(range, place, befores[place] ?? 0, indexes[place]?.visits.keys() ?? [], spans),
  );
}

function planRange(
  range: Range,
  place: number,
  linesBefore: number,
  seen: Iterable<Id>,
  spans: ReadonlyMap<Id, VisitSpan>,
): Plan {
  const expected = new Map<Id, number>();
  const earlier: Id[] = [];
  const later: Id[] = [];
  let begin = { offset: range.from, first: linesBefore + 1 };
  for (const visitId of seen) {
    const span = spans.get(visitId);
    if (span === undefined || span.endsIn !== place) {
      later.push(visitId);
      continue;
    }
    expected.set(visitId, span.count);
    if (span.offset < range.from) earlier.push(visitId);
    if (span.offset < begin.offset) begin = span;
  }
  const { offset: from, first } = begin;
  return { range, from, linesBefore: first - 1, firstLine: linesBefore + 1, expected, earlier, later };
}

/** Finding the visit of a line costs a tenth of its audit: where one visit in so many or fewer ends later, all are parsed. */
const SHARED = 10;

/** Selects the lines of a plan: before its range, those of visits that end in it; within it, all but those of visits that end later. */
export function createFilter({ linesBefore, firstLine, expected, earlier, later }: Plan): LineFilter {
  const [before, after] = [new Set<Id | null>(earlier), new Set<Id | null>(later)];
  const isShared = later.length * SHARED > expected.size;
  return {
    linesBefore,
    isOurs: (line, visitId) => (line < firstLine ? before.has(visitId) : !after.has(visitId)),
    isSparse: (line) => line < firstLine || isShared,
  };
}

/** Reads a part of a file. */
export type Read = (range: Range) => AsyncIterable<Uint8Array>;

const LINE_FEED = 0x0a;

/** A file in so many ranges of about the same size, each of whole lines; fewer where lines are longer than that. */
export async function splitRanges(size: number, count: number, read: Read): Promise<readonly Range[]> {
  const ranges: Range[] = [];
  let from = 0;
  for (let place = 1; place <= count; place += 1) {
    const wished = Math.round((size * place) / count);
    if (wished <= from) continue;
    const to = await nextLine(wished, size, read);
    ranges.push({ from, to });
    from = to;
  }
  return ranges;
}

/** The beginning of the first line at this byte or after it. */
async function nextLine(at: number, size: number, read: Read): Promise<number> {
  let begin = at - 1;
  if (at >= size) return size;
  for await (const part of read({ from: begin, to: size })) {
    const feed = part.indexOf(LINE_FEED);
    if (feed >= 0) return begin + feed + 1;
    begin += part.length;
  }
  return size;
}
