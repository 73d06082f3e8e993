import type { Id } from '../messages/index.ts';
import type { Lines } from '../wire/index.ts';
import { lineOf, linesIn } from '../wire/log.ts';
import { detachString, scanVisitId } from './visit-id.ts';

/**
 * Counts the lines of each visit of a log, as far as the text shows them: for the option `expected` of `auditLog`, which then
 * knows the last line of a visit. Looks for the `visitId` of each line and parses nothing; a line that shows none
 * is not counted. Throws only what `lines` itself throws, and a TypeError at what is no text: `linesOf` makes lines of the
 * parts of a file. Holds one line at a time, and a number for each visit.
 *
 * @since 0.3.0
 */
export async function countVisits(lines: Lines): Promise<Map<Id, number>> {
  const counts = new Map<Id, number>();
  for await (const text of linesIn(lines)) {
    const id = scanVisitId(lineOf(text));
    if (id === null) continue;
    const count = counts.get(id);
    counts.set(count === undefined ? detachString(id) : id, (count ?? 0) + 1);
  }
  return counts;
}
