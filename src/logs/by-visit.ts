import type { Id, VisitEvent } from '../messages/index.ts';
import { auditOf } from '../reading/audit.ts';
import { dossierOf } from '../reading/dossier.ts';
import { type LogReader, logReader, type Unreadable } from '../reading/log/reader.ts';
import type { VisitAudit, VisitsOptions } from './visit-audit.ts';

/** An entry of a log of many visits. */
export type Placed = {
  readonly line: number;
  readonly visitId: Id | null;
  readonly entry: VisitEvent | Unreadable;
  /** The visit in whose count the entry is. */
  readonly countedFor: Id | null;
};

type Options = VisitsOptions & { readonly expected?: ReadonlyMap<Id, number> };

/** A visit of which more may come. */
type Open = {
  readonly visitId: Id | null;
  readonly lines: number[];
  readonly events: (VisitEvent | null)[];
  readonly reader: LogReader;
  readonly continued: boolean;
};

/** How many entries without a visit are reported together. */
const UNPLACED = 1000;
/** In place of a count: the visit was reported. */
const REPORTED = -1;

/** Audits the visits of a log, entry by entry. */
export type Visits = {
  /** Takes the next entry; gives the visit that ends with it, as far as that is known. */
  readonly add: (placed: Placed) => VisitAudit | undefined;
  /** The visits that are open at the end, in the order of their first entries. */
  readonly end: () => Iterable<VisitAudit>;
};

export function visitsBy(options: Options): Visits {
  const open = new Map<Id | null, Open>();
  const left = new Map(options.expected);
  let unplaced = 0;
  const add = (placed: Placed): VisitAudit | undefined => {
    const { visitId, countedFor } = placed;
    const isContinued = visitId === null ? unplaced > 0 : left.get(visitId) === REPORTED;
    const visit = open.get(visitId) ?? opened(visitId, isContinued, options);
    if (visit.lines.length === 0) open.set(visitId, visit);
    addTo(visit, placed, options);
    const last = visitId === null ? lastUnplaced(visit) : lastOf(countedFor, left);
    const finished = last === undefined ? undefined : open.get(last);
    if (last === undefined || finished === undefined) return undefined;
    open.delete(last);
    if (last === null) unplaced += 1;
    else left.set(last, REPORTED);
    return resultOf(finished, options);
  };
  return {
    add,
    *end() {
      for (const visit of open.values()) yield resultOf(visit, options);
    },
  };
}

const opened = (visitId: Id | null, continued: boolean, { policy }: Options): Open => ({
  visitId,
  lines: [],
  events: [],
  reader: logReader(policy),
  continued,
});

function addTo({ lines, events, reader }: Open, { line, entry }: Placed, options: Options): void {
  lines.push(line);
  if (options.events) events.push('type' in entry ? entry : null);
  reader.add(entry);
}

const lastUnplaced = ({ lines }: Open): null | undefined => (lines.length < UNPLACED ? undefined : null);

/** Counts an entry off; the visit of which it was the last. */
function lastOf(id: Id | null, left: Map<Id, number>): Id | undefined {
  const count = id === null ? undefined : left.get(id);
  if (id === null || count === undefined || count <= 0) return undefined;
  left.set(id, count - 1);
  return count === 1 ? id : undefined;
}

function resultOf({ visitId, lines, events, reader, continued }: Open, options: Options): VisitAudit {
  const reading = reader.end();
  const { findings, ...rest } = auditOf(reading);
  const audit = { ...rest, findings: findings.map((finding) => ({ ...finding, line: lines[finding.index] ?? 0 })) };
  const { policy } = options;
  return {
    visitId,
    lines,
    continued,
    audit,
    ...(options.dossier && visitId !== null && { dossier: dossierOf(reading, policy === undefined ? {} : { policy }) }),
    ...(options.events && { events }),
  };
}
