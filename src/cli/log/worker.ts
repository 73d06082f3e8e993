import type { Facts } from '../../kernel/decision.ts';
import { auditLines } from '../../logs/line-auditor.ts';
import { lineGroups } from '../../logs/lines.ts';
import { createVisitAuditor, type LogEntry } from '../../logs/visit-auditor.ts';
import type { VisitAudit } from '../../logs.ts';
import { Unreadable } from '../../reading/judging/log.ts';
import { indexLog, splitBlocks } from '../input/log-index.ts';
import { createSeals } from '../input/seals.ts';
import {
  createFormatter,
  emptyTally,
  type FormatOptions,
  type FormattedVisit,
  type Formatter,
  type Tally,
} from './formatter.ts';
import { createFilter, type Plan, type Read } from './partition.ts';
import type { AuditWorker } from './scheduler.ts';

/** A line whose visit is unknown: it is reported with others of its kind once the ranges are merged. */
export type Unplaced = { readonly line: number; readonly facts: Facts; readonly isUnknown: boolean };

/** The results of some visits of a range, in the order in which they end, and their size in characters, about. Plain data. */
export type Batch = {
  readonly results: readonly (FormattedVisit | Unplaced)[];
  readonly tally: Tally;
  readonly size: number;
};

/** The number of visits, and of lines without one, after which results are sent. */
const BATCH = 200;

/** A worker that reads ranges of a log and reports on their visits. */
export function createWorker(read: Read, options: FormatOptions): AuditWorker<Batch> {
  const formatVisit = createFormatter(options);
  return {
    index: (range, onBytes) => indexLog(splitBlocks(countBytes(read(range), 0, onBytes), range.from)),
    audit: async (plan, put, onBytes) => {
      let draft = emptyDraft();
      for await (const found of auditRange(plan, read, options, onBytes)) {
        addTo(draft, found, formatVisit);
        draft.found += 1;
        if (draft.found < BATCH) continue;
        await put(closeBatch(draft));
        draft = emptyDraft();
      }
      await put(closeBatch(draft));
    },
  };
}

type Draft = { found: number; readonly results: (FormattedVisit | Unplaced)[]; readonly tally: Tally };

/** The approximate size of an object apart from its text, in characters. */
const OBJECT = 500;

function closeBatch({ results, tally }: Draft): Batch {
  const texts = results.flatMap((one) => ('lines' in one ? one.lines : []));
  return { results, tally, size: texts.reduce((size, text) => size + text.length, OBJECT * (1 + results.length)) };
}

const emptyDraft = (): Draft => ({ found: 0, results: [], tally: emptyTally() });

function addTo({ results, tally }: Draft, found: VisitAudit | Unplaced, formatVisit: Formatter): void {
  if (!('audit' in found)) results.push(found);
  else {
    const formatted = formatVisit(found, tally);
    if (formatted.lines.length > 0 || formatted.garbledAt !== null) results.push(formatted);
  }
}

/** The visits that end in a range, and its lines without a visit. */
function auditRange(
  plan: Plan,
  read: Read,
  { policy, heads, wanted, csv }: FormatOptions,
  onBytes: (bytes: number) => void,
) {
  const { range, from, expected } = plan;
  const visits = createVisitAuditor({ ...(policy && { policy }), expected, events: csv }, createSeals(heads, wanted));
  const sink = {
    add: (entry: LogEntry) => findUnplaced(entry) ?? visits.add(entry),
    end: (): Iterable<VisitAudit | Unplaced> => visits.end(),
  };
  const parts = countBytes(read({ from, to: range.to }), range.from - from, onBytes);
  return auditLines<VisitAudit | Unplaced>(lineGroups(parts), sink, createFilter(plan));
}

function findUnplaced({ visitId, line, entry }: LogEntry): Unplaced | undefined {
  if (visitId !== null || !(entry instanceof Unreadable)) return undefined;
  return { line, facts: entry.facts, isUnknown: entry.isUnknown };
}

/** Reports the number of bytes of each part, those of the run-up excluded. */
async function* countBytes(
  parts: AsyncIterable<Uint8Array>,
  uncounted: number,
  onBytes: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
  let left = uncounted;
  for await (const part of parts) {
    onBytes(Math.max(0, part.length - left));
    left = Math.max(0, left - part.length);
    yield part;
  }
}
