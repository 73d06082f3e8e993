import type { Id } from '../messages/index.ts';
import { yieldIfDue } from '../util/slices.ts';
import type { Lines } from '../wire/log.ts';
import { lineOf, linesIn } from '../wire/log.ts';
import { clipLine } from './lines.ts';
import { detachString, visitIdOf } from './visit-id.ts';

/**
 * Counts the lines of each visit of a log, each line for the visit with which `auditLog` reports it: for its option
 * `expected`, by which it knows the last line of a visit. Parses only lines of an unusual form; a line without a visit
 * is not counted. Throws only errors of `lines` itself, and a TypeError for a line that is not a text: `linesOf` makes
 * lines of the parts of a file. Holds one line at a time, and a number for each visit.
 *
 * @since 0.3.0
 */
export async function countVisits(lines: Lines): Promise<Map<Id, number>> {
  const counts = new Map<Id, number>();
  for await (const text of linesIn(lines)) {
    const due = yieldIfDue();
    if (due !== undefined) await due;
    const id = visitIdOf(clipLine(lineOf(text)));
    if (id === null) continue;
    const count = counts.get(id);
    counts.set(count === undefined ? detachString(id) : id, (count ?? 0) + 1);
  }
  return counts;
}
