import type { Id, VisitEvent } from '../messages/index.ts';
import { auditReading } from '../reading/audit.ts';
import { compileDossier } from '../reading/dossier.ts';
import { compareWithHeld } from '../reading/held-photos.ts';
import { assessIntegrity, type Integrity, withKnown } from '../reading/integrity.ts';
import type { Finding } from '../reading/judging/finding.ts';
import type { Unreadable } from '../reading/judging/log.ts';
import { type LogReader, logReader } from '../reading/judging/reader.ts';
import type { SealReader } from './seals.ts';
import type { LineFinding, VisitAudit, VisitsOptions } from './visit-audit.ts';

/** An entry of a log of many visits. */
export type LogEntry = {
  readonly line: number;
  readonly visitId: Id | null;
  readonly entry: VisitEvent | Unreadable;
  /** The line as it was read, for verifying its seal. A sheet has none. */
  readonly text?: string;
};

/** Begins to verify a visit. */
export type Seals = (visitId: Id) => SealReader;

/** A visit of which more may come. */
type Open = {
  readonly visitId: Id | null;
  readonly lines: number[];
  readonly events: (VisitEvent | null)[];
  readonly reader: LogReader;
  readonly seals: SealReader | null;
  readonly continued: boolean;
  /** The number of entries to come before the visit is reported. */
  left: number;
};

/** The number of entries without a visit that are reported together. */
const UNPLACED = 1000;

/** Audits the visits of a log, entry by entry. */
type Visits = {
  /** Takes the next entry; gives the visit that is complete with it, or a thousand entries without a visit. */
  readonly add: (entry: LogEntry) => VisitAudit | undefined;
  /** The visits that are open at the end, in the order of their first entries. */
  readonly end: () => Iterable<VisitAudit>;
};

/** The audit of a visit with a kept head but without any line. */
export const lostVisit = (visitId: Id, options: VisitsOptions, seals: Seals): VisitAudit =>
  summarize(openVisit(visitId, false, options, seals), options, false);

/** The counts of a log that was read before. */
type Counted = {
  /** The number of entries of each visit: it is reported with the last of them. */
  readonly expected?: ReadonlyMap<Id, number>;
  /** True if the log has entries whose visit is not known. */
  readonly hasUnattributed?: boolean;
};

export function createVisitAuditor(options: VisitsOptions & Counted, seals?: Seals): Visits {
  const open = new Map<Id | null, Open>();
  const reported = new Set<Id | null>();
  const finish = (visit: Open) =>
    summarize(visit, options, options.hasUnattributed === true || open.has(null) || reported.has(null));
  return {
    add: (entry) => {
      const { visitId } = entry;
      let visit = open.get(visitId);
      if (visit === undefined) {
        visit = openVisit(visitId, reported.has(visitId), options, seals);
        open.set(visitId, visit);
      }
      addTo(visit, entry, options);
      visit.left -= 1;
      if (visit.left > 0) return undefined;
      open.delete(visitId);
      reported.add(visitId);
      return finish(visit);
    },
    *end() {
      for (const visit of open.values()) yield finish(visit);
    },
  };
}

const openVisit = (
  visitId: Id | null,
  continued: boolean,
  { policy, dossier, expected }: VisitsOptions & Counted,
  seals?: Seals,
): Open => ({
  visitId,
  lines: [],
  events: [],
  reader: logReader(policy, dossier ? 'all' : 'findings'),
  seals: visitId === null || seals === undefined ? null : seals(visitId),
  continued,
  left: visitId === null ? UNPLACED : ((continued ? undefined : expected?.get(visitId)) ?? Number.POSITIVE_INFINITY),
});

function addTo(visit: Open, { line, entry, text }: LogEntry, options: VisitsOptions): void {
  const { lines, events, reader, seals } = visit;
  lines.push(line);
  if (text !== undefined) seals?.add(text);
  if (options.events) events.push('type' in entry ? entry : entry.event);
  reader.add(entry);
}

const unattributed: Integrity = { status: 'broken', at: null, reason: 'unattributed' };

/** The result of a visit; entries whose visit is not known may be of this one. */
function summarize(
  { visitId, lines, events, reader, seals, continued }: Open,
  options: VisitsOptions,
  hasUnattributed: boolean,
): VisitAudit {
  const reading = reader.end();
  const chain = seals?.end() ?? undefined;
  const { findings, ...rest } = auditReading(reading, { chain });
  // What is missing at the end is reported at the last line.
  const placed = (finding: Finding): LineFinding => ({ ...finding, line: lines[finding.index] ?? lines.at(-1) ?? 0 });
  const { policy, holdings } = options;
  const held = holdings && { heldPhotos: compareWithHeld(reading, { holdings }) };
  const judged = { ...(policy && { policy }), ...(chain && { chain }), ...held };
  const integrity = withKnown(assessIntegrity(findings, chain), hasUnattributed ? unattributed : undefined);
  return {
    visitId,
    lines,
    continued,
    audit: { ...rest, findings: findings.map(placed) },
    integrity,
    ...(options.dossier && visitId !== null && { dossier: compileDossier(reading, judged, integrity) }),
    ...(options.events && { events }),
    ...(chain && { chain }),
  };
}
