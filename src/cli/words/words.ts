import type { MappingIssueCode, RowProblemCode } from '../../logs.ts';
import type { Locale } from '../../protocol/index.ts';
import type { FindingKind } from '../../reading/index.ts';
import type { PaymentCondition } from '../../visit/index.ts';

/** The commands, in the order in which help lists them. */
export type CommandName =
  | 'audit'
  | 'show'
  | 'guide'
  | 'dossier'
  | 'payments'
  | 'report'
  | 'schema'
  | 'clauses'
  | 'explain'
  | 'simulate'
  | 'explore'
  | 'sheet'
  | 'store'
  | 'completion';

/** The help of a command. */
type CommandHelp = { readonly summary: string; readonly details?: string };

export type OptionName =
  | 'json'
  | 'locale'
  | 'quiet'
  | 'help'
  | 'version'
  | 'map'
  | 'sort'
  | 'policy'
  | 'head'
  | 'all'
  | 'workers'
  | 'visit'
  | 'role'
  | 'actor'
  | 'now'
  | 'until'
  | 'output'
  | 'newOutput'
  | 'force'
  | 'photoUrl'
  | 'csv'
  | 'findingsCsv'
  | 'xlsx'
  | 'totals'
  | 'title'
  | 'commandType'
  | 'eventType'
  | 'visits'
  | 'seed'
  | 'offline'
  | 'full'
  | 'limit';

export type HelpWords = {
  readonly about: string;
  readonly headings: Readonly<
    Record<'usage' | 'arguments' | 'options' | 'everywhere' | 'commands' | 'examples', string>
  >;
  /** The placeholders for options and for a command in the line of usage. */
  readonly placeholders: Readonly<Record<'options' | 'command', string>>;
  readonly commands: Readonly<Record<CommandName, CommandHelp>>;
  readonly options: Readonly<Record<OptionName, string>>;
  readonly arguments: Readonly<
    Record<
      | 'files'
      | 'file'
      | 'clause'
      | 'refusal'
      | 'sheetAction'
      | 'sheetFile'
      | 'storeAction'
      | 'storeSource'
      | 'storeTarget'
      | 'shell',
      string
    >
  >;
  readonly helpCommand: string;
  /** The description of an option that must be given. */
  readonly required: (description: string) => string;
};

/** Errors of usage. */
type UsageWords = {
  readonly unknownCommand: (name: string) => string;
  readonly unknownOption: (name: string) => string;
  readonly missingArgument: (name: string) => string;
  readonly missingValue: (option: string) => string;
  readonly missingOption: (option: string) => string;
  readonly tooMany: string;
  readonly conflict: (one: string, other: string) => string;
  readonly invalidValue: (option: string, allowed: string) => string;
  readonly suggestion: (names: string) => string;
  readonly hint: (command: string) => string;
};

/** Failures of a running command, each in one line. */
type FailureWords = {
  readonly noSuchFile: (file: string) => string;
  readonly isDirectory: (file: string) => string;
  readonly isDevice: (file: string) => string;
  readonly notPermitted: (file: string) => string;
  readonly notRead: (file: string, code: string) => string;
  readonly shortened: (file: string) => string;
  readonly isInput: (file: string) => string;
  readonly notWritten: (file: string, code: string) => string;
  readonly exists: (file: string) => string;
  readonly wouldReplace: (file: string) => string;
  readonly workbookToTerminal: string;
  readonly empty: (file: string) => string;
  readonly noInput: string;
  readonly notJson: (file: string) => string;
  readonly notUtf8: (file: string, line: number) => string;
  /** It begins as no text of UTF-8 does. */
  readonly gzip: (file: string) => string;
  readonly zip: (file: string) => string;
  readonly utf16: (file: string) => string;
  /** The encoding of a sheet, other than UTF-8. */
  readonly decoded: (file: string, encoding: string) => string;
  readonly nothingReadable: (file: string) => string;
  /** No event, and a line that is longer than any. */
  readonly oversized: (file: string, line: number) => string;
  /** More than a file of this kind may have. */
  readonly tooLarge: (file: string, megabytes: number) => string;
  readonly maybeSheet: string;
  readonly maybeStore: string;
  readonly noColumns: (file: string, columns: readonly string[]) => string;
  readonly columnsFound: (columns: readonly string[]) => string;
  readonly otherDelimiter: (mark: string) => string;
  readonly newestFirst: (file: string) => string;
  readonly sortWithoutMap: string;
  readonly noSheet: (file: string) => string;
  readonly badMapping: (file: string) => string;
  readonly badPolicy: (file: string) => string;
  readonly badHead: (file: string) => string;
  /** A head that names no visit, and several visits. */
  readonly headWithoutVisit: string;
  /** Visits of which a head was kept, and which are not in the log. */
  readonly lostVisits: (ids: string) => string;
  readonly brokenSeal: (visit: string, places: number) => string;
  /** A visit that is not to be paid until a person looked at it. */
  readonly heldVisit: (visit: string, fault: string) => string;
  /** A file of which no visit is to be paid until a person looked at the entries whose visit is not known. */
  readonly heldFile: (file: string) => string;
  /** A visit that stands in two of the files, and so in two rows. */
  readonly visitTwice: (visit: string, file: string, other: string) => string;
  readonly noSuchVisit: (id: string) => string;
  /** Lines, or rows, of which the visit is not known: how many, and the first of them. */
  readonly leftOut: (file: string, lines: number, isSheet: boolean, places: string) => string;
  /** The same of a visit in which they could not be read. */
  readonly unread: (file: string, lines: number, isSheet: boolean, places: string) => string;
  readonly whichVisit: (ids: string) => string;
  readonly noSuchClause: (id: string) => string;
  readonly noSuchType: (type: string) => string;
  readonly noRefusal: string;
  readonly oneWorker: (file: string) => string;
  /** The reason why no backup was made; `what` comes from the store, in English. */
  readonly noBackup: (file: string, what: string) => string;
  readonly backupExists: (file: string) => string;
  readonly unexpected: (message: string) => string;
  readonly stdout: string;
  readonly stdin: string;
};

type SealWords = {
  readonly intact: string;
  readonly confirmed: string;
  /** From which act on it is sealed, where the beginning is not. */
  readonly from: (act: number) => string;
  readonly broken: (places: number) => string;
  readonly none: string;
  readonly head: (count: number, hash: string) => string;
  /** Of the visits, how many are sealed, of how many of those the seal is broken, and how many others began without one. */
  readonly summary: (counts: Readonly<Record<'visits' | 'sealed' | 'broken' | 'sealedLate', number>>) => string;
};

/** The output of the commands. */
type TellWords = {
  /** The values of options: a whole number from 1, one up to 64, an instant, the address of a photograph. */
  readonly kinds: Readonly<Record<'count' | 'boundedCount' | 'instant' | 'photoUrl', string>>;
  readonly lines: (first: number, last: number) => string;
  readonly rows: (first: number, last: number) => string;
  readonly visit: (id: string) => string;
  readonly noVisit: string;
  readonly clean: string;
  readonly continued: string;
  readonly more: (count: number) => string;
  /** Lines, or rows, and how many more there are. */
  readonly atLines: (lines: readonly string[], more: number) => string;
  readonly atRows: (rows: readonly string[], more: number) => string;
  readonly issue: (place: string, what: string) => string;
  /** A command that stands in place of an event. */
  readonly command: string;
  readonly summary: (visits: number, clean: number, findings: number) => string;
  readonly notes: (count: number) => string;
  readonly unplaced: (lines: number, isSheet: boolean) => string;
  readonly progress: Readonly<Record<'counting' | 'auditing' | 'exploring', string>>;
  readonly suggested: (act: string) => string;
  readonly nothingSuggested: string;
  readonly open: string;
  readonly closed: string;
  readonly say: string;
  readonly ask: string;
  readonly remedy: (acts: string) => string;
  readonly waiver: (requirements: string, isCenter: boolean) => string;
  readonly owed: string;
  readonly nothingOwed: string;
  /** The seal of a visit: intact, confirmed by a kept head, broken in some places, or missing. */
  readonly seal: SealWords;
  readonly findings: string;
  readonly deviations: string;
  readonly remarks: string;
  /** The reported breaches of conduct and the escalations. */
  readonly conduct: string;
  readonly breach: (kind: string) => string;
  readonly escalated: (what: string) => string;
  /** The meaning of the numbers in brackets. */
  readonly brackets: Readonly<Record<'lines' | 'rows', string>>;
  /** Why nothing that is still missing would make a visit payable. */
  readonly unpayable: Readonly<Record<'ended' | 'no-way' | 'limit' | 'discrepancy-open', string>>;
  readonly recordedBy: (who: string) => string;
  readonly actor: (role: string, id: string) => string;
  readonly written: (file: string, visits: number) => string;
  readonly backedUp: (file: string, events: number, streams: number) => string;
  readonly levels: Readonly<Record<'H' | 'D' | 'A' | 'G', string>>;
};

/** The output of an exploration. */
type ExploreWords = {
  readonly searched: (states: number, transitions: number, depth: number) => string;
  readonly incomplete: string;
  readonly stuck: (total: number) => string;
  readonly cannotEnd: (total: number) => string;
  readonly cannotComplete: (total: number) => string;
  readonly overreach: (total: number) => string;
  readonly broken: (invariants: readonly string[], paths: number) => string;
  readonly neverActs: (acts: readonly string[]) => string;
  readonly neverRules: (rules: readonly string[]) => string;
  readonly path: (steps: string) => string;
  readonly phases: string;
  readonly progress: (states: number, depth: number) => string;
};

/** The columns that a proposed mapping reads, and those that it does not. */
type GuessWords = {
  readonly needs: Readonly<Record<'visitId' | 'at' | 'act' | 'by', string>>;
  readonly read: (events: number, rows: number) => string;
  readonly columns: (columns: readonly string[]) => string;
  /** The data for which no column was found. */
  readonly missing: (needs: readonly string[]) => string;
  /** The place of a column that is missing in the draft. */
  readonly place: (need: string) => string;
  /** The reason why a column is ignored. */
  readonly ignored: string;
  /** A word of the act that is unknown, or that may be several acts. */
  readonly word: (word: string, rows: number) => string;
  readonly unclear: (word: string, rows: number, acts: readonly string[]) => string;
  /** A date of which either number may be the day, and the order that the draft has. */
  readonly unclearDate: (date: string, order: string) => string;
  readonly complete: string;
  readonly problem: (problem: string, rows: number) => string;
};

/** The table of findings. */
type FindingWords = {
  readonly columns: Readonly<
    Record<
      | 'file'
      | 'line'
      | 'row'
      | 'visit'
      | 'caseNumber'
      | 'index'
      | 'eventId'
      | 'type'
      | 'act'
      | 'class'
      | 'kind'
      | 'code'
      | 'rule'
      | 'clause'
      | 'text'
      | 'at'
      | 'role'
      | 'by'
      | 'recorderRole'
      | 'recordedBy',
      string
    >
  >;
  readonly finding: string;
  readonly observation: string;
  readonly kinds: Readonly<Record<FindingKind, string>>;
};

/** The payment sheet. */
type PaymentWords = {
  readonly columns: Readonly<
    Record<
      | 'visit'
      | 'caseNumber'
      | 'client'
      | 'service'
      | 'provider'
      | 'name'
      | 'phase'
      | 'started'
      | 'ended'
      | 'completionCall'
      | 'minutes'
      | 'minutesShort'
      | 'visits'
      | 'visitsShort'
      | 'wasted'
      | 'wastedShort'
      | 'payable'
      | 'why'
      | 'corrections'
      | 'findings'
      | 'integrity',
      string
    >
  >;
  readonly totals: Readonly<
    Record<'visits' | 'payable' | 'held' | 'unverified' | 'minutes' | 'payableMinutes' | 'wasted', string>
  >;
  readonly sheets: Readonly<Record<'visits' | 'providers', string>>;
  readonly byProvider: string;
  readonly total: string;
  readonly yes: string;
  readonly no: string;
  /** The reason why a visit is not payable. */
  readonly unmet: Readonly<Record<PaymentCondition, string>>;
};

export type CliWords = {
  readonly locale: Locale;
  readonly help: HelpWords;
  readonly usage: UsageWords;
  readonly failures: FailureWords;
  readonly output: TellWords;
  readonly explore: ExploreWords;
  readonly findings: FindingWords;
  readonly payments: PaymentWords;
  readonly guess: GuessWords;
  /** The problem of a field of an event, or of a cell; follows its place. */
  readonly problems: Readonly<Record<RowProblemCode, string>>;
  readonly mapping: Readonly<Record<MappingIssueCode, string>>;
};
