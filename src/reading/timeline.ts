import type { Actor, EventType, Id, Instant, VisitEvent } from '../messages/index.ts';
import type { ClauseId } from '../protocol/index.ts';
import { asRecord } from '../util/json.ts';
import type { Policy } from '../visit/index.ts';
import { mustBeEvents } from '../visit/known.ts';
import { actOfEvent } from '../visit/table.ts';
import { auditReading } from './audit.ts';
import { listCorrections } from './judging/corrections.ts';
import type { DebtSpan } from './judging/debt-history.ts';
import type { Finding } from './judging/finding.ts';
import { type Entry, isEventLike, type Reading } from './judging/log.ts';
import { readLog } from './judging/reader.ts';
import { mustKnowOptions } from './known-options.ts';
import { type Fate, listDiscrepancies } from './reported-acts.ts';
import {
  type FactName,
  factSpans,
  listMarks,
  listRevisions,
  type MarkName,
  type Revision,
  type TimelineSpan,
} from './timeline-spans.ts';

/**
 * An entry in the timeline as it stands at the end of the log: `corrected` if a time of it was corrected, `annulled`, `ignored`
 * if it changed nothing (of a former provider, or after the end), `repeated` if it is there before, `unreadable`.
 *
 * @since 0.5.0
 */
export type EntryStatus = 'stands' | 'corrected' | 'annulled' | 'ignored' | 'repeated' | 'unreadable';

/** An act of a report, by its position in it, and its fate; indexes are places in the log, from 0. @since 0.5.0 */
export type TimelineReportedAct = {
  readonly type: EventType | null;
  readonly at: Instant | null;
  readonly lawfulThen: boolean;
  readonly fate: Fate;
};

/** An entry of the log of a visit, for a screen that shows them in order. @since 0.5.0 */
export type TimelineEntry = {
  /** The place in the log, from 0. */
  readonly index: number;
  readonly status: EntryStatus;
  readonly type: EventType | null;
  /** The time as it was recorded, and as it stands; null if it is annulled or cannot be read. */
  readonly at: Instant | null;
  readonly now: Instant | null;
  /** The time when the service stored it, if it says. */
  readonly recordedAt: Instant | null;
  /** The person whose act it is, and the one who recorded it. */
  readonly by: Actor | null;
  readonly recorder: Actor | null;
  readonly commandId: Id | null;
  /** The index of the correction that changed it. */
  readonly revisedBy: number | null;
  readonly clauses: readonly ClauseId[];
  readonly findings: readonly Finding[];
  /** Of a report of a discrepancy: its acts, in order. */
  readonly reported?: readonly TimelineReportedAct[];
};

/** A visit in time: its entries in order, what lasted and when, the debts from their opening to their end. @since 0.5.0 */
export type Timeline = {
  readonly visitId: Id | null;
  readonly clean: boolean;
  readonly entries: readonly TimelineEntry[];
  /** The stretches of each fact, and of work: all of it, where worked time ends with the completion call. */
  readonly spans: Readonly<Record<FactName | 'work', readonly TimelineSpan[]>>;
  readonly marks: Readonly<Record<MarkName, readonly Instant[]>>;
  readonly debts: readonly DebtSpan[];
};

/** Options of {@link visitTimeline}. @since 0.5.0 */
export type TimelineOptions = {
  /** The policy that judged the visit. */
  readonly policy?: Policy;
};

/**
 * Draws up the timeline of a visit from its log, ours or foreign: what stands, what was corrected, annulled or reported, and what
 * lasted. It is what the report shows, as data.
 *
 * @throws TypeError for a log that cannot be iterated, or an unknown option
 * @since 0.5.0
 */
export function visitTimeline(events: Iterable<VisitEvent>, options: TimelineOptions = {}): Timeline {
  mustBeEvents('visitTimeline', events);
  mustKnowOptions('visitTimeline', options, { policy: 0 });
  const log = [...events];
  const reading = readLog(log, options.policy);
  const { clean, findings } = auditReading(reading);
  const corrections = listCorrections(findings);
  const known = {
    entries: new Map(reading.entries.map((entry) => [entry.index, entry])),
    revisions: listRevisions(corrections),
    findings: grouped(findings),
    reports: new Map(
      listDiscrepancies(
        reading.entries.map(({ index, event }) => [index, event] as const),
        corrections,
      ).map((report) => [report.index, report.acts.map(reportedEntry)]),
    ),
  };
  return {
    visitId: reading.state.visitId,
    clean,
    entries: log.map((event, index) => createEntry(index, event, known)),
    spans: { ...factSpans(reading, known.revisions), work: workSpans(reading) },
    marks: marksIn(reading),
    debts: reading.debtHistory,
  };
}

type Known = Readonly<{
  entries: ReadonlyMap<number, Entry>;
  revisions: ReadonlyMap<number, Revision>;
  findings: ReadonlyMap<number, readonly Finding[]>;
  reports: ReadonlyMap<number, readonly TimelineReportedAct[]>;
}>;

function createEntry(index: number, event: unknown, known: Known): TimelineEntry {
  const revision = known.revisions.get(index);
  const entry = known.entries.get(index);
  const findings = known.findings.get(index) ?? [];
  const reported = known.reports.get(index);
  const status = chooseStatus(entry, revision, findings);
  const act = isEventLike(event) ? actOfEvent(event.type) : undefined;
  const base = { index, status, revisedBy: revision?.by ?? null, clauses: act?.clauses ?? [], findings };
  if (!isEventLike(event) || act === undefined) return { ...base, ...nothing };
  const { at, by, recordedBy } = event.data;
  const { recordedAt, commandId } = asRecord(event.metadata);
  return {
    ...base,
    type: act.event,
    at,
    now: status === 'annulled' ? null : (revision?.now ?? at),
    recordedAt: typeof recordedAt === 'string' ? recordedAt : null,
    by,
    recorder: recordedBy ?? by,
    commandId: typeof commandId === 'string' ? commandId : null,
    ...(reported && { reported }),
  };
}

const nothing = { type: null, at: null, now: null, recordedAt: null, by: null, recorder: null, commandId: null };

function chooseStatus(
  entry: Entry | undefined,
  revision: Revision | undefined,
  findings: readonly Finding[],
): EntryStatus {
  if (revision !== undefined) return revision.now === null ? 'annulled' : 'corrected';
  if (entry !== undefined && !entry.isUntimed) return entry.isIgnored ? 'ignored' : 'stands';
  return findings.some(({ kind }) => kind === 'repeated') ? 'repeated' : 'unreadable';
}

function reportedEntry({
  type,
  data,
  lawfulThen,
  fate,
}: ReturnType<typeof listDiscrepancies>[number]['acts'][number]): TimelineReportedAct {
  const event = typeof type === 'string' ? (actOfEvent(type)?.event ?? null) : null;
  return { type: event, at: typeof data.at === 'string' ? data.at : null, lawfulThen, fate };
}

function grouped(findings: readonly Finding[]): ReadonlyMap<number, readonly Finding[]> {
  const found = new Map<number, Finding[]>();
  for (const finding of findings) {
    const there = found.get(finding.index);
    if (there === undefined) found.set(finding.index, [finding]);
    else there.push(finding);
  }
  return found;
}

/** The stretches of work as the state has them; one that still runs has no end. */
const workSpans = ({ state }: Reading): readonly TimelineSpan[] =>
  state.work.intervals.map(({ from, to }) => ({ from, to }));

function marksIn({ entries }: Reading): Readonly<Record<MarkName, readonly Instant[]>> {
  const marks: Record<MarkName, Instant[]> = { calls: [], instructions: [], taken: [], sent: [] };
  for (const { event } of entries) {
    const [name, at] = listMarks(event);
    for (const each of at) if (typeof each === 'string') marks[name].push(each);
  }
  return marks;
}
