import type { Facts } from '../../kernel/decision.ts';
import type { Actor, Id, Instant, ReportedAct, Role, VisitEvent } from '../../messages/index.ts';
import type { ClauseId } from '../../protocol/index.ts';
import type { ReportChecker } from '../../reconciling/check-report.ts';
import { recordedFold } from '../../reconciling/recorded-fold.ts';
import { asRecord } from '../../util/json.ts';
import type { Act } from '../../visit/act.ts';
import type { Policy, VisitState } from '../../visit/index.ts';
import type { DebtHistory, DebtSpan } from './debt-history.ts';
import type { Denial } from './denials.ts';
import type { Finding } from './finding.ts';
import { createSeenIds, type IdFault, type SeenIds } from './ids.ts';
import type { Measure } from './measures.ts';
import { createMemo, type JudgedEvent, type MeasureMemo, type Observed } from './observations.ts';

/** A judged event of the visit. */
export type Entry = JudgedEvent & {
  readonly act: Act;
  /** The time when it happened: its `at`, or the one that a correction put in its place. */
  readonly at: Instant;
  /** The clauses that it proves, on the state before it. */
  readonly proves: readonly ClauseId[];
  /** True if its `at` is no instant: it is folded, and neither judged nor measured (PROTOCOL §4). */
  readonly isUntimed: boolean;
  /** The role whose word it is: of the person who recorded it, or who had reported it. */
  readonly vouchedBy: Role;
};

/** A report of a discrepancy: its place in the log, its acts, and the time when it was stored. */
type Report = {
  readonly index: number;
  readonly by: Actor;
  readonly acts: readonly ReportedAct[];
  readonly recordedAt: Instant | undefined;
};

/** An event that is judged next, with the fault of its ids. */
export type NextEvent = Pick<Entry, 'index' | 'event' | 'act'> & { readonly fault: IdFault | null };

/** The result of reading a log: all that the audit, the dossier and the report need. */
export type Reading = {
  readonly entries: readonly Entry[];
  readonly findings: readonly Finding[];
  readonly measures: readonly Measure[];
  readonly debtHistory: readonly DebtSpan[];
  readonly state: VisitState;
  /** The index of the completion call that stands. */
  readonly standingCall: number | null;
  /** The denials of the client, in the order of the log. */
  readonly denials: readonly Denial[];
};

/** Stands in a log for an event that could not be read; with the event if only its time could not, as it is folded. */
export class Unreadable {
  readonly facts: Facts;
  readonly isUnknown: boolean;
  readonly event: VisitEvent | null;
  constructor(facts: Facts, isUnknown = false, event: VisitEvent | null = null) {
    this.facts = facts;
    this.isUnknown = isUnknown;
    this.event = event;
  }
}

/** Stands for an event that could not be read, so that reports and settlements count the right positions. */
export const placeholder = {
  type: 'unreadable',
  data: { visitId: '', at: '', by: { role: '', id: '' } },
} as unknown as VisitEvent;

/** The part of a reading that is kept: `all`, or the findings alone, for which every event must have passed the wire. */
export type KeepMode = 'all' | 'findings';

/** A log as far as it was read. */
export type Log = {
  readonly policy: Policy;
  readonly keep: KeepMode;
  /** The events so far, without repeats, and placeholders: a report is compared with what reconciling says of them. */
  readonly events: VisitEvent[];
  readonly entries: Entry[];
  readonly findings: Finding[];
  /** The measures of its events, and the remarks on them; taken again at the end if anything was corrected. */
  readonly observed: Observed;
  /** The measures of the debts that ended. */
  readonly debtMeasures: Measure[];
  /** Corrected acts, by their indexes: the time when each happened, or null if it was annulled. */
  readonly revised: Map<number, Instant | null>;
  readonly debts: DebtHistory;
  readonly seen: SeenIds;
  fold: ReturnType<typeof recordedFold>;
  /** An effect has failed on an event: each further event is tried on a blank visit before it is folded. */
  hasFailed: boolean;
  /** True once an entry was found of which a part cannot be read: it may be the cause of a later failure. */
  isOdd: boolean;
  /** Those to whom the visit was assigned, each from that time until the next one's. */
  readonly tenures: { readonly id: Id | null; readonly from: Instant }[];
  readonly memo: MeasureMemo;
  /** Checks the reports; from the first one on. */
  checkReport: ReportChecker | null;
  /** The reports of discrepancies, by their ids. */
  readonly reports: Map<Id, Report>;
  /** The last events of the log, if a settlement that comes next may have taken them. */
  readonly pending: NextEvent[];
  readonly denials: Denial[];
};

export const createLog = (policy: Policy, keep: KeepMode): Log => ({
  policy,
  keep,
  events: [],
  entries: [],
  findings: [],
  observed: { measures: [], remarks: [] },
  debtMeasures: [],
  revised: new Map(),
  debts: { spans: [], open: [] },
  seen: createSeenIds(),
  fold: recordedFold(),
  hasFailed: false,
  isOdd: false,
  tenures: [],
  memo: createMemo(policy),
  checkReport: null,
  reports: new Map(),
  pending: [],
  denials: [],
});

/** True if a value has the fields of an event that judging relies on; deeper ones are checked by the wire. */
export function isEventLike(entry: unknown): entry is VisitEvent {
  const { type, data } = asRecord(entry);
  const { visitId, at, by, recordedBy } = asRecord(data);
  return (
    typeof type === 'string' &&
    typeof visitId === 'string' &&
    typeof at === 'string' &&
    isActor(by) &&
    (recordedBy === undefined || isActor(recordedBy))
  );
}

const isActor = (value: unknown) => {
  const { role, id } = asRecord(value);
  return typeof role === 'string' && typeof id === 'string';
};
