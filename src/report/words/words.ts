import type { CorrectableTime } from '../../messages/index.ts';
import type { Locale } from '../../protocol/index.ts';
import type { FindingKind, MeasureName, MissingActs, Outcome, VerdictStatus } from '../../reading/index.ts';
import type { DebtKind, DebtTopic, Phase } from '../../visit/index.ts';
import type { ActWords } from './acts.ts';
import type { FrameWords } from './frame.ts';

type Reason = Extract<MissingActs, { found: false }>['reason'];

/** The values of the log that the report's sentences contain; all plain text. */
type Of<Facts> = (facts: Facts) => string;

/** The bars and the marks of the timeline, debts apart. */
export type LaneName =
  | 'travel'
  | 'site'
  | 'work'
  | 'break'
  | 'materials'
  | 'away'
  | 'calls'
  | 'instructions'
  | 'taken'
  | 'sent'
  | 'recorded'
  | 'corrected';

/** The faults of the chain of a log, as `auxilio/chain` names them. */
type FaultName = 'changed' | 'dropped' | 'swapped' | 'inserted' | 'unsealed' | 'cut';

/** The headings of a visit's report. */
export type HeadingName =
  | 'conduct'
  | 'findings'
  | 'observations'
  | 'corrections'
  | 'discrepancies'
  | 'timeline'
  | 'payment'
  | 'protocol'
  | 'worked'
  | 'measures'
  | 'debts'
  | 'waivers'
  | 'declined'
  | 'attempts'
  | 'photos'
  | 'acts'
  | 'provenance'
  | 'decision';

/** The headings of the columns, and the names of the data of a visit. */
export type LabelName =
  | 'case'
  | 'client'
  | 'provider'
  | 'service'
  | 'place'
  | 'arriveBy'
  | 'instructions'
  | 'visit'
  | 'edition'
  | 'seal'
  | 'policy'
  | 'phase'
  | 'worked'
  | 'log'
  | 'payment'
  | 'openDebts'
  | 'reported'
  | 'findings'
  | 'observation'
  | 'visits'
  | 'finding'
  | 'where'
  | 'issuedAt'
  | 'version'
  | 'file'
  | 'bytes'
  | 'leftOut'
  | 'clause'
  | 'status'
  | 'evidence'
  | 'from'
  | 'to'
  | 'length'
  | 'measure'
  | 'value'
  | 'threshold'
  | 'debt'
  | 'debtor'
  | 'since'
  | 'until'
  | 'age'
  | 'what'
  | 'at'
  | 'photo'
  | 'shot'
  | 'taken'
  | 'sent'
  | 'documented'
  | 'sha256'
  | 'number'
  | 'time'
  | 'act'
  | 'who'
  | 'clauses'
  | 'lane'
  | 'day'
  | 'activity'
  | 'arrived'
  | 'end'
  | 'requirement'
  | 'distribution'
  | 'count'
  | 'median'
  | 'ninety'
  | 'greatest'
  | 'beyond'
  | 'first'
  | 'now'
  | 'why'
  | 'rules'
  | 'lawfulThen'
  | 'settled';

export type Words = ActWords &
  FrameWords & {
    readonly locale: Locale;
    readonly statuses: Readonly<Record<VerdictStatus, string>>;
    readonly phases: Readonly<Record<Phase, string>>;
    readonly outcomes: Readonly<Record<Exclude<Outcome, null>, string>>;
    readonly debts: Readonly<Record<DebtKind, string>>;
    readonly topics: Readonly<Record<DebtTopic, string>>;
    readonly measures: Readonly<Record<MeasureName, string>>;
    readonly kinds: Readonly<
      Record<Exclude<FindingKind, 'violation' | 'measure' | 'deviation' | 'correction'>, Of<FindingFacts>>
    >;
    readonly faults: Readonly<Record<FaultName, string>>;
    readonly lanes: Readonly<Record<LaneName, string>>;
    readonly headings: Readonly<Record<HeadingName, string>>;
    readonly labels: Readonly<Record<LabelName, string>>;
    readonly unreached: Readonly<Record<Reason, string>>;
    readonly ends: Readonly<Record<'second-visit' | 'reassigned' | 'closed', string>>;
    readonly findings: FindingWords;
    readonly corrections: CorrectionWords;
    readonly visit: VisitWords;
    readonly day: DayWords;
  };

/** The facts that a finding may name, as texts; `''` if absent. */
type FindingFacts = Readonly<Record<'type' | 'visit' | 'fault' | 'id' | 'problem', string>>;

type FindingWords = {
  readonly asDecided: (differences: readonly string[]) => string;
  /** The difference in a record that is not as `decide` writes it, by the name of its field; within a report by its act. */
  readonly differences: Readonly<
    Record<
      | 'by'
      | 'recordedBy'
      | 'passed'
      | 'outcome'
      | 'edition'
      | 'discrepancyId'
      | 'at'
      | 'basedOn'
      | 'twinOf'
      | 'on'
      | 'lawfulThen'
      | 'violations',
      string
    >
  >;
  readonly otherDifference: string;
  readonly inReportedAct: (difference: string, number: number) => string;
  readonly lag: (measure: string, value: string, threshold: string) => string;
  readonly skew: Readonly<
    Record<'assignment' | 'same-recorder' | 'photo' | 'instruction' | 'start-call' | 'recorded', string>
  >;
  readonly unreported: (lag: string) => string;
  readonly early: (requirements: readonly string[]) => string;
  readonly byInstruction: (requirement: string, at: string) => string;
  readonly byPolicy: (requirement: string, policy: string, reason: string) => string;
  readonly edition: string;
  readonly policy: (judged: string, read: string) => string;
  readonly activity: (activity: string, policy: string) => string;
  readonly unlisted: (items: readonly string[]) => string;
  readonly disputed: (items: readonly string[]) => string;
  /** The rule that an act broke which a settlement took, in the past tense, and the settlement's time. */
  readonly taken: (rule: string, discrepancy: string, at: string) => string;
  readonly annulled: (act: string, recorded: string, reason: string) => string;
  /** The time before and after the correction, and the first one of all if it was corrected before. */
  readonly corrected: (time: string, recorded: string, now: string, first: string, reason: string) => string;
  readonly times: Readonly<Record<CorrectableTime, string>>;
  /** The numbers of the acts that were taken, and of those that were left in the report. */
  readonly settled: (discrepancy: string, taken: number, left: number, reason: string) => string;
  readonly other: string;
};

type CorrectionWords = {
  readonly annulled: string;
  readonly corrected: string;
  /** Before the time that was recorded first. */
  readonly first: string;
  /** Before the time that stood in its place before the correction, if another. */
  readonly later: string;
  readonly acts: (acts: number) => string;
  /** The number of acts that were taken, and of those that were left in the report. */
  readonly outcome: (taken: number, left: number) => string;
  readonly reported: (discrepancy: string, at: string) => string;
  /** The number of acts of the log that the recorder had seen. */
  readonly knew: (acts: number) => string;
  /** The person who let it be done, and the reason. */
  readonly despite: (by: string, reason: string) => string;
  readonly twin: string;
  readonly taken: string;
  readonly left: string;
  readonly open: string;
  /** Begins the list of the acts without which a refused act would have been accepted. */
  readonly against: string;
  /** Begins the list of the refused acts that would have had to be accepted before. */
  readonly follows: string;
  /** An act would have been refused without anything that was recorded since its recorder had seen the log, too. */
  readonly refusedAnyway: string;
  /** No acts were found without which it would have been accepted, and not all were tried. */
  readonly undetermined: string;
};

type VisitWords = {
  readonly title: (caseNumber: string) => string;
  readonly unnamed: string;
  readonly empty: string;
  readonly yes: string;
  readonly no: string;
  readonly clean: string;
  readonly unclean: (findings: number) => string;
  /** The number of acts, and of the unsealed ones at the beginning. */
  readonly sealed: (acts: number, unsealed: number) => string;
  readonly broken: (places: number) => string;
  readonly none: string;
  readonly open: (debts: number) => string;
  readonly proven: (clauses: number, of: number) => string;
  readonly nothingMissing: string;
  readonly missing: (acts: string) => string;
  readonly notApplicable: (clauses: number) => string;
  readonly absent: (headings: readonly string[]) => string;
  readonly running: string;
  readonly goesOn: string;
  readonly lapsed: string;
  readonly openStill: string;
  readonly owes: (debtor: string) => string;
  readonly inWords: string;
  readonly partOf: (part: string, whole: string) => string;
  readonly byDay: string;
  readonly otherDays: string;
  readonly inAll: string;
  readonly moreDays: (days: number) => string;
  readonly flagged: string;
  readonly within: string;
  readonly several: (count: number) => string;
  readonly recordedBy: string;
  /** The time at which an act was stored, where it is far from its own. */
  readonly storedAt: (at: string) => string;
  readonly attended: (operator: string) => string;
  readonly unknownAct: (type: string) => string;
  readonly unreadable: string;
  readonly nothingToMove: string;
  readonly passed: string;
  readonly failed: string;
  readonly zone: (zone: string, offset: string) => string;
  readonly until: (moment: string) => string;
  readonly source: string;
  readonly clausesCited: string;
};

type DayWords = {
  readonly title: (day: string) => string;
  readonly untitled: string;
  readonly visits: string;
  readonly debts: string;
  readonly distributions: string;
  readonly each: string;
  readonly total: string;
  readonly completed: string;
  readonly closed: string;
  readonly ongoing: string;
  readonly unclean: string;
  readonly noDebts: string;
  readonly noMeasures: string;
  readonly remarks: (findings: number) => string;
  readonly payable: string;
  /** The visits that are not to be paid until a person looked at them. */
  readonly held: string;
  readonly ready: string;
  readonly withRemarks: string;
  readonly lacking: (conditions: number) => string;
  readonly histogram: (measure: string, count: number, beyond: number) => string;
  readonly toPrint: string;
};
