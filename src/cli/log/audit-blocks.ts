import { isBlank, parseLine, withoutMark } from '../../logs/entry.ts';
import { textOf } from '../../logs/utf8.ts';
import type { LogEntry } from '../../logs/visit-auditor.ts';
import { extractVisitId } from '../../logs/visit-id.ts';
import type { Id } from '../../messages/index.ts';
import { type Block, clipped } from './blocks.ts';
import type { Ends } from './index-pass.ts';
import { scanLines } from './scan.ts';

/** So many lines are parsed before they are audited: line by line the two drive each other out of the caches, 4 % of all. */
const PARSE_BATCH = 128;

/** Takes the entries of a log, as `visitsBy` does. */
type EntrySink<T> = {
  readonly add: (placed: LogEntry, ending?: Id) => T | undefined;
  readonly end: () => Iterable<T>;
};

/** Which lines of the blocks are taken, where it is not all of them. */
export type LineFilter = {
  /** How many lines of the log come before these blocks. */
  readonly linesBefore: number;
  readonly isOurs: (line: number, visitId: Id | null) => boolean;
  /** True if so many of the lines from there on are not ours that it pays to look before they are parsed. */
  readonly isSparse: (line: number) => boolean;
};

/**
 * Audits the lines of a log as `auditLog` does, and gives each visit once the last of its lines was read, as far as `ends`
 * tells it; the others at the end. It goes through a block at once: line by line, through generators, takes a tenth longer.
 */
export async function* auditBlocks<T>(
  blocks: AsyncIterable<Block>,
  taker: EntrySink<T>,
  ends: Ends,
  share?: LineFilter,
): AsyncGenerator<T> {
  const endingAt = endingsOf(ends);
  let line = share?.linesBefore ?? 0;
  for await (const { bytes } of blocks) {
    const given: T[] = [];
    const isSparse = share?.isSparse(line + 1) === true;
    const parsed: LogEntry[] = [];
    const giveOn = () => {
      for (const entry of parsed) {
        const found = taker.add(entry, endingAt(entry.line));
        if (found !== undefined) given.push(found);
      }
      parsed.length = 0;
    };
    const take = (json: string) => {
      const entry = parseLine(line, json);
      if (share?.isOurs(line, entry.visitId) === false) return;
      if (parsed.push(entry) >= PARSE_BATCH) giveOn();
    };
    const text = textOf(bytes);
    eachLine(text, isSparse, (from, to, scanned) => {
      line += 1;
      const whole = clipped(text.slice(from, to));
      const json = line === 1 ? withoutMark(whole) : whole;
      const isOthers = isSparse && share?.isOurs(line, scanned ?? extractVisitId(json)) === false;
      if (!isOthers && !isBlank(json)) take(json);
    });
    giveOn();
    yield* given;
  }
  yield* taker.end();
}

const nothingKnown = { has: () => false };

/** Goes through the lines of a text, and scans them if asked. */
function eachLine(text: string, isScanned: boolean, visitor: Parameters<typeof scanLines>[2]): void {
  if (isScanned) {
    scanLines(text, nothingKnown, visitor);
    return;
  }
  for (let from = 0; from < text.length; ) {
    const feed = text.indexOf('\n', from);
    const to = feed < 0 ? text.length : feed;
    visitor(from, to, undefined);
    from = to + 1;
  }
}

/** Answers, line after line, which visit ends there. */
function endingsOf({ lines, visitIds }: Ends): (line: number) => Id | undefined {
  let place = 0;
  return (line) => {
    while ((lines[place] ?? line) < line) place += 1;
    return lines[place] === line ? visitIds[place] : undefined;
  };
}
