import type { ChainHead } from '../chain/entries.ts';
import { mustBe } from '../kernel/known.ts';
import type { Id } from '../messages/index.ts';
import { mustKnowOptions } from '../reading/known-options.ts';
import { inSlices, yieldIfDue } from '../util/slices.ts';
import { type Lines, mustBeLine, readLines } from '../wire/log.ts';
import { entryReader } from './line-auditor.ts';
import { clipLine } from './lines.ts';
import { sealReader } from './seals.ts';
import type { VisitAudit, VisitsOptions } from './visit-audit.ts';
import { createVisitAuditor, lostVisit, type Seals } from './visit-auditor.ts';
import { detachString, findVisitId } from './visit-id.ts';

/** Options of {@link auditLog}. @since 0.3.0 */
export type AuditLogOptions = VisitsOptions & {
  /** The number of lines of each visit, by `countVisits`: a visit is then reported when the last of them was read. */
  readonly expected?: ReadonlyMap<Id, number>;
  /**
   * The heads that were kept, by visit (`exportHead` of `auxilio/chain`): each log still has to lead to its head. A visit
   * without any line left is reported last. @since 0.5.0
   */
  readonly heads?: ReadonlyMap<Id, ChainHead>;
  /**
   * Verifies the seals of the visits that carry any, as they do by default. A log whose data were decoded or rewritten since they
   * were sealed cannot be verified. @since 0.5.0
   */
  readonly verify?: boolean;
};

const known: Readonly<Record<keyof AuditLogOptions, 0>> = {
  policy: 0,
  dossier: 0,
  holdings: 0,
  events: 0,
  expected: 0,
  heads: 0,
  verify: 0,
  signal: 0,
};

/**
 * Audits the visits of a log. Reads NDJSON as `parseLog` does, with the visits in sequence or interleaved, and yields
 * for each the result of `audit` on its events.
 *
 * An unreadable line is a finding of its visit, `unreadable`, or `unknown-event` for an event of a newer release;
 * `facts.issues` have the path and the code, never the content, but that `facts.command` names the command that stands
 * in place of an event. Where no visit shows, `visitId` is null. Throws only errors of `lines` itself, and a TypeError
 * for a line that is not a text: `linesOf` makes lines of the parts of a file.
 *
 * Verifies the seals of each visit that carries any, as the lines stand there, like `verifyChain` of `auxilio/chain`: a
 * visit with a broken seal has findings of kind `chain`, and `chain` of the result reports them.
 *
 * Holds the visits that are not finished: without `expected`, all of them.
 *
 * @since 0.3.0
 */
export async function* auditLog(lines: Lines, options: AuditLogOptions = {}): AsyncGenerator<VisitAudit> {
  mustKnowOptions('auditLog', options, known);
  const { heads, verify = true, signal } = options;
  mustBe(isMap(heads), 'heads is a Map, by visit', heads);
  mustBe(isMap(options.expected), 'expected is a Map, as countVisits answers it', options.expected);
  const seals: Seals = (visitId) => sealReader(heads?.get(visitId));
  const lost = new Set(verify ? heads?.keys() : []);
  const visits = createVisitAuditor(options, verify ? seals : undefined);
  const read = entryReader();
  for await (const line of readLines(lines)) {
    const due = yieldIfDue();
    if (due !== undefined) await due;
    signal?.throwIfAborted();
    const entry = read(clipLine(mustBeLine(line)));
    if (entry === undefined) continue;
    if (entry.visitId !== null) lost.delete(entry.visitId);
    const visit = visits.add(entry);
    if (visit !== undefined) yield visit;
  }
  yield* inSlices(visits.end(), signal);
  for (const visitId of lost) yield lostVisit(visitId, options, seals);
}

/** True for undefined and for a map, also one of another window or copy. */
const isMap = (map: unknown) =>
  map === undefined || typeof (map as Partial<Map<Id, unknown>> | null)?.keys === 'function';

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
  for await (const text of readLines(lines)) {
    const due = yieldIfDue();
    if (due !== undefined) await due;
    const id = findVisitId(clipLine(mustBeLine(text)));
    if (id === null) continue;
    const count = counts.get(id);
    counts.set(count === undefined ? detachString(id) : id, (count ?? 0) + 1);
  }
  return counts;
}
