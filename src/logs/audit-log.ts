import type { Id } from '../messages/index.ts';
import { Unreadable } from '../reading/log/reader.ts';
import { type Lines, parseEvent } from '../wire/index.ts';
import { type Placed, visitsBy } from './by-visit.ts';
import { linesIn } from './count.ts';
import { scannedId, shownId } from './shown.ts';
import type { VisitAudit, VisitsOptions } from './visit-audit.ts';

/** How a log of many visits is audited. @since 0.3.0 */
export type AuditLogOptions = VisitsOptions & {
  /** How many lines of each visit there are, by `countVisits`: a visit is then reported when the last of them was read. */
  readonly expected?: ReadonlyMap<Id, number>;
};

/**
 * Did the visits of this log follow the protocol? Reads NDJSON as `parseLog` does, whether the visits stand one after
 * the other or interleaved, and gives for each what `audit` finds of its events alone.
 *
 * A line that cannot be read is a finding of the visit that it shows, `unreadable`, or `unknown-event` where it is an
 * event of a later time; `facts.issues` say where and why, never what stood there. Where no visit shows, `visitId` is
 * null. Throws only what `lines` itself throws.
 *
 * Holds the visits that are not finished: without `expected`, all of them.
 *
 * @since 0.3.0
 */
export async function* auditLog(lines: Lines, options: AuditLogOptions = {}): AsyncGenerator<VisitAudit> {
  const visits = visitsBy(options);
  const isCounted = options.expected !== undefined;
  let line = 0;
  for await (const text of linesIn(lines)) {
    line += 1;
    const json = line === 1 && typeof text === 'string' ? text.replace(/^\uFEFF/, '') : text;
    if (BLANK.test(json)) continue;
    const finished = visits.add(placeOf(line, json, isCounted));
    if (finished !== undefined) yield finished;
  }
  yield* visits.end();
}

const BLANK = /^[ \t\r\n]*$/;

function placeOf(line: number, text: string, isCounted: boolean): Placed {
  const countedFor = isCounted && typeof text === 'string' ? scannedId(text) : null;
  const parsed = parseEvent(text);
  if (parsed.ok) return { line, visitId: parsed.value.data.visitId, entry: parsed.value, countedFor };
  const issues = parsed.issues.map(({ path, code }) => ({ path, code }));
  const entry = new Unreadable({ issues }, parsed.unknown === true);
  return { line, visitId: shownId(text), entry, countedFor };
}
