import type { Id } from '../messages/index.ts';
import { isBlank, parseLine, withoutMark } from './entry.ts';
import type { LogEntry } from './visit-auditor.ts';
import { findVisitId } from './visit-id.ts';

/** Lines that are parsed before they are audited: line by line, the two drive each other out of the caches, 4 % of all. */
const PARSE_BATCH = 128;

/** Takes the entries of a log, as `createVisitAuditor` does. */
type EntrySink<T> = {
  readonly add: (entry: LogEntry) => T | undefined;
  readonly end: () => Iterable<T>;
};

/** The lines to be audited, where it is not all of them. */
export type LineFilter = {
  /** The number of lines of the log before these. */
  readonly linesBefore: number;
  readonly isOurs: (line: number, visitId: Id | null) => boolean;
  /** True if so many of the lines from there on are not ours that it pays to look before they are parsed. */
  readonly isSparse: (line: number) => boolean;
};

/** Reads the lines of a log in order: the entry of each; undefined for a blank line and for one that the filter excludes. */
export function entryReader(filter?: LineFilter): (text: string) => LogEntry | undefined {
  let line = filter?.linesBefore ?? 0;
  const isOthers = (visitId: Id | null) => filter?.isOurs(line, visitId) === false;
  return (text) => {
    line += 1;
    const json = line === 1 ? withoutMark(text) : text;
    if (isBlank(json) || (filter?.isSparse(line) && isOthers(findVisitId(json)))) return undefined;
    const entry = parseLine(line, json);
    return isOthers(entry.visitId) ? undefined : entry;
  };
}

/**
 * Audits the lines of a log in groups, and yields the results of the sink: each visit at its last line, if that is
 * known; the others at the end.
 */
export async function* auditLines<T>(
  groups: AsyncIterable<readonly string[]>,
  sink: EntrySink<T>,
  filter?: LineFilter,
): AsyncGenerator<T> {
  const read = entryReader(filter);
  for await (const lines of groups) {
    for (let from = 0; from < lines.length; from += PARSE_BATCH) {
      for (const entry of lines.slice(from, from + PARSE_BATCH).map(read)) {
        const found = entry === undefined ? undefined : sink.add(entry);
        if (found !== undefined) yield found;
      }
    }
  }
  yield* sink.end();
}
