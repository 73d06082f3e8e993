import type { ReceiptRefusal } from '../../chain.ts';
import type { Locale } from '../../protocol/index.ts';
import { inEnglish } from '../../words/nouns.ts';
import { helpEn } from './en-help.ts';
import { privacyEn } from './en-privacy.ts';
import { problemsEn } from './en-problems.ts';
import { receiptEn } from './en-receipt.ts';

const { count, number, verb } = inEnglish;
const entries = (number: number, isSheet: boolean) => (isSheet ? count(number, 'row') : count(number, 'line'));
const and = new Intl.ListFormat('en', { type: 'conjunction' });
/** All of some places, or the first of them, and that there are more. */
const atPlaces = (one: string, many: string, places: readonly string[], more: number) =>
  more > 0
    ? `${many} ${places.join(', ')} and ${number(more)} more; all of them with --json`
    : `${places.length === 1 ? one : many} ${and.format(places)}`;
const listed = (items: readonly string[]) => items.join(', ');

/** English. The other language has the same words. */
export const en = {
  locale: 'en' as Locale,
  help: helpEn,
  ...problemsEn,
  usage: {
    unknownCommand: (name: string) => `there is no command ${name}`,
    unknownOption: (name: string) => `there is no option ${name}`,
    missingArgument: (name: string) => `${name} is missing`,
    missingValue: (option: string) => `the option ${option} lacks its value`,
    missingOption: (option: string) => `the option ${option} is missing`,
    tooMany: 'there are too many arguments',
    conflict: (one: string, other: string) => `${one} and ${other} do not go together`,
    invalidValue: (option: string, allowed: string) => `${option} cannot have that value; it may be: ${allowed}`,
    suggestion: (names: string) => `did you mean ${names}?`,
    hint: (command: string) => `Help: ${command} --help`,
  },
  failures: {
    noSuchFile: (file: string) => `${file}: there is no such file`,
    isDirectory: (file: string) => `${file}: is a folder, not a file`,
    isDevice: (file: string) => `${file}: is a device, not a file`,
    notPermitted: (file: string) => `${file}: may not be read`,
    notRead: (file: string, code: string) => `${file}: could not be read (${code})`,
    shortened: (file: string) =>
      `${file}: was shortened or replaced while it was being read; read it again when it is whole`,
    isInput: (file: string) => `${file}: is one of the files that are read; name another with --output`,
    notWritten: (file: string, code: string) =>
      code === 'ENOSPC' ? `${file}: there is no space left to write to` : `${file}: could not be written (${code})`,
    wouldReplace: (file: string) => `${file}: is there already; --force replaces it`,
    exists: (file: string) => `${file}: is there already; name a new file`,
    workbookToTerminal: 'a workbook is no text for a terminal; name a file with --output',
    empty: (file: string) => `${file}: is empty`,
    noInput: 'name a file, or pass it on standard input',
    notJson: (file: string) => `${file}: is not JSON`,
    notUtf8: (file: string, line: number) =>
      `${file}: line ${line} is not UTF-8; save the file as UTF-8 (is it Windows-1252?)`,
    /** Files whose first bytes are not those of UTF-8. */
    gzip: (file: string) => `${file}: is compressed with gzip; decompress it first`,
    zip: (file: string) => `${file}: is a ZIP or an Excel workbook; if it is a sheet, save it as CSV UTF-8`,
    /** The encoding of a sheet, other than UTF-8. */
    decoded: (file: string, encoding: string) => `${file}: is ${encoding}, and was read as such`,
    utf16: (file: string) => `${file}: is UTF-16; save it as UTF-8`,
    nothingReadable: (file: string) => `${file}: holds no event that can be read`,
    /** No event, and a line that is longer than any. */
    oversized: (file: string, line: number) =>
      `${file}: line ${line} is longer than any event, and no event can be read`,
    /** More than a file of this kind may have. */
    tooLarge: (file: string, megabytes: number) => `${file}: is too large; at most ${number(megabytes)} MB are read`,
    maybeStore:
      'events are objects with "type" and "data": one a line, an array of them, or what readStream of a store answers, as JSON',
    noColumns: (file: string, columns: readonly string[]) =>
      `${file}: the first row lacks these columns of the mapping: ${listed(columns)}`,
    columnsFound: (columns: readonly string[]) => `it has: ${listed(columns)}`,
    otherDelimiter: (mark: string) =>
      `its cells seem to be separated otherwise: put "delimiter": "${mark}" into the mapping`,
    newestFirst: (file: string) =>
      `${file}: the rows go from the newest to the oldest: read them with --sort, or sort the sheet`,
    noSheet: (file: string) => `${file}: is not a sheet: a CSV with a row of headings is expected, or JSON objects`,
    sortWithoutMap: '--sort is for sheets, which --map says how to read',
    maybeSheet: 'if it is a sheet, say with --map how it is read',
    badMapping: (file: string) => `${file}: the mapping cannot be used`,
    badPolicy: (file: string) => `${file}: the policy cannot be used`,
    badHead: (file: string) =>
      `${file}: is no head; {"count","hash"} is expected, as exportHead writes it, or one a visit with its "visitId"`,
    badHoldings: (file: string) =>
      `${file}: are no holdings; {"sha256","since","mediaType","bytes"} is expected of each photo, one a line`,
    /** A head that names no visit, and several visits. */
    headWithoutVisit:
      'the head names no visit, and the log has several: name its visit with --visit, or in the file of heads',
    /** Visits of which a head was kept, and which are not in the log. */
    lostVisits: (ids: string) => `a head was kept of visits that are missing here: ${ids}`,
    brokenSeal: (visit: string, places: number) =>
      `the seal of visit ${visit} is broken in ${count(places, 'place')}; look with auxilio audit`,
    /** A visit that is not to be paid until a person looked at it. */
    heldVisit: (visit: string, fault: string) =>
      `do not pay visit ${visit} until it is reviewed: ${fault}; see it with auxilio audit`,
    /** A file of which no visit is to be paid until a person looked at the entries whose visit is not known. */
    heldFile: (file: string) =>
      `pay no visit of ${file} until it is reviewed: it has entries of an unknown visit, which may be of any`,
    /** A visit that is in two of the files, and so in two rows. */
    visitTwice: (visit: string, file: string, other: string) =>
      `visit ${visit} stands in ${file} and again in ${other}: it has two rows, and the totals count both`,
    noSuchVisit: (id: string) => `there is no visit ${id}`,
    /** Lines, or rows, of which the visit is not known: how many, and the first of them. */
    leftOut: (file: string, lines: number, isSheet: boolean, places: string) =>
      `${file}: ${entries(lines, isSheet)} of an unknown visit ${verb(lines, 'was', 'were')} left out (${places}); see them with auxilio audit`,
    /** The lines, or rows, of a visit that could not be read. */
    unread: (file: string, lines: number, isSheet: boolean, places: string) =>
      `${file}: ${entries(lines, isSheet)} of this visit could not be read (${places}): what follows does not count what was done there; before an act is done again, look with auxilio show`,
    whichVisit: (ids: string) => `there are several visits; name one of them with --visit: ${ids}`,
    noSuchClause: (id: string) => `there is no clause ${id}`,
    noSuchType: (type: string) => `there is no message ${type}`,
    noRefusal:
      'this is no refusal: {"rule","clause","facts"} is expected, {"violations":[…]}, or what audit --json wrote',
    oneWorker: (file: string) => `${file} is read once, from its beginning to its end: one worker audits it`,
    /** A file that is no receipt; the place is a JSON pointer. */
    noReceipt: (file: string, reason: ReceiptRefusal['reason'], at: string) =>
      ({
        'not-a-receipt': `${file}: is not a receipt${at === '' ? '' : ` (${at})`}`,
        'newer-version': `${file}: is a receipt of a newer release`,
        'too-large': `${file}: is larger than any receipt`,
      })[reason],
    /** The reason why no backup was made; `what` comes from the store, in English. */
    noBackup: (file: string, what: string) => `${file}: the copy could not be made (${what})`,
    backupExists: (file: string) => `${file}: exists already; name a new file for the copy`,
    unexpected: (message: string) => `unexpected error: ${message}`,
    stdout: 'standard output',
    stdin: 'standard input',
  },
  output: {
    /** The values of options: a whole number from 1, one up to 64, an instant, the address of a photograph. */
    kinds: {
      file: 'a file',
      count: 'a whole number from 1',
      boundedCount: 'a whole number from 1 to 64',
      photoUrl:
        'an https, http or relative address with {photoId} or {sha256}, such as https://photos.example/{photoId}',
      instant: 'a date and time with its offset, such as 2026-03-17T08:00:00-06:00',
    },
    lines: (first: number, last: number) => (first === last ? `line ${first}` : `lines ${first} to ${last}`),
    rows: (first: number, last: number) => (first === last ? `row ${first}` : `rows ${first} to ${last}`),
    visit: (id: string) => `Visit ${id}`,
    noVisit: 'No visit',
    clean: 'clean',
    continued: 'continued',
    more: (more: number) => `and ${number(more)} more; all of it with --json`,
    /** Lines, or rows, and how many more there are. */
    atLines: (lines: readonly string[], more: number) => atPlaces('line', 'lines', lines, more),
    atRows: (rows: readonly string[], more: number) => atPlaces('row', 'rows', rows, more),
    issue: (place: string, what: string) => (place === '' ? what : `${place}: ${what}`),
    /** A command that stands in place of an event. */
    command: 'is a command, not an event',
    summary: (visits: number, clean: number, findings: number) =>
      findings === 0
        ? `${count(visits, 'visit')}, ${verb(visits, '', 'all ')}clean`
        : `${count(visits, 'visit')}: ${clean === 0 ? 'none' : number(clean)} clean, ${number(visits - clean)} with findings; ${count(findings, 'finding')} in all`,
    notes: (notes: number) => `${count(notes, 'remark')} on times and waivers; --all shows them`,
    unplaced: (lines: number, isSheet: boolean) => `${entries(lines, isSheet)} of an unknown visit`,
    progress: { counting: 'Counting', auditing: 'Auditing', exploring: 'Exploring' },
    suggested: (act: string) => `Next: ${act}`,
    nothingSuggested: 'The protocol names no next step.',
    open: 'May',
    closed: 'May not yet',
    say: 'say',
    ask: 'note',
    remedy: (acts: string) => `first: ${acts}`,
    waiver: (requirements: string, isCenter: boolean) =>
      isCenter
        ? `an instruction to proceed can waive: ${requirements}`
        : `the contact center can waive: ${requirements}`,
    owed: 'Pending',
    nothingOwed: 'Nothing is pending.',
    /** The seal of a visit: intact, confirmed by a kept head, broken in some places, or missing. */
    seal: {
      intact: 'Seal intact',
      confirmed: 'Seal intact, and as the exported head says',
      /** From which act on it is sealed, where the beginning is not. */
      from: (act: number) => `sealed from act ${number(act)} on`,
      broken: (places: number) => `Seal broken in ${count(places, 'place')}`,
      none: 'Not sealed: nothing shows whether the log was changed',
      head: (events: number, hash: string) => `${count(events, 'act')}, head ${hash}`,
      /** The numbers of visits, of sealed ones, of broken seals, and of seals that begin after the first act. */
      summary: ({
        visits,
        sealed,
        broken,
        sealedLate,
      }: Readonly<Record<'visits' | 'sealed' | 'broken' | 'sealedLate', number>>) =>
        sealed === 0
          ? 'Not sealed: nothing shows whether the log was changed'
          : `Seals: ${number(sealed - broken)} intact, ${number(broken)} broken${visits > sealed ? `, ${count(visits - sealed, 'visit')} without one` : ''}${sealedLate > 0 ? `, ${count(sealedLate, 'visit')} without one on the first acts` : ''}`,
    },
    findings: 'Findings',
    deviations: 'Deviations',
    remarks: 'Remarks',
    /** The reported breaches of conduct and the escalations. */
    conduct: 'Breaches of conduct, escalations and denials',
    breach: (kind: string) => `Breach of conduct: ${kind}`,
    escalated: (what: string) => `Escalation: ${what}`,
    /** The meaning of the numbers in brackets. */
    brackets: { lines: 'In brackets, the lines.', rows: 'In brackets, the rows.' },
    /** Why nothing that is still missing would make a visit payable. */
    unpayable: {
      ended: 'It has ended, and what it lacks to be payable can no longer be recorded.',
      'no-way': 'No act would make it payable.',
      'discrepancy-open': 'A discrepancy is not settled.',
      limit: 'What it lacks to be payable was not determined.',
    },
    recordedBy: (who: string) => `recorded by ${who}`,
    actor: (role: string, id: string) => `${role} ${id}`,
    receipt: receiptEn,
    privacy: privacyEn,
    backedUp: (file: string, events: number, streams: number) =>
      `${file}: ${count(events, 'act')}, ${count(streams, 'visit')}`,
    written: (file: string, visits: number) => `${file}: ${count(visits, 'visit')}`,
    levels: { H: 'required', D: 'follow-up', A: 'attested', G: 'guidance' },
  },
  guess: {
    needs: { visitId: 'the visit', at: 'the date and time', act: 'the act', by: 'the provider or the operator' },
    read: (events: number, rows: number) =>
      `by this mapping ${number(events)} of ${count(rows, 'row')} ${verb(events, 'is an event', 'are events')}`,
    columns: (columns: readonly string[]) => `not read, under "ignored": ${listed(columns)}`,
    /** The data for which no column was found. */
    missing: (needs: readonly string[]) => `no column was found for: ${listed(needs)}; write its name into the mapping`,
    /** The place of a column that is missing in the draft. */
    place: (need: string) => `(write the column here: ${need})`,
    /** The reason why a column is ignored. */
    ignored: 'no datum of an act comes from this column; if one does, name it in the "data" of its act',
    /** A word of the act that is unknown, or that may be several acts. */
    word: (word: string, rows: number) =>
      `no act is known by the name “${word}” (${count(rows, 'row')}): add it under act.words, or null to pass it over`,
    unclear: (word: string, rows: number, all: readonly string[]) =>
      `“${word}” may be more than one act (${count(rows, 'row')}): ${listed(all)}; choose one under act.words`,
    /** A date of which either number may be the day, and the order that the draft has. */
    unclearDate: (date: string, order: string) =>
      `nothing shows whether ${date} begins with the day or the month; the mapping says "dates": "${order}": confirm it`,
    complete: 'nothing is left to decide',
    problem: (problem: string, rows: number) => `${problem} (${count(rows, 'row')})`,
  },
  findings: {
    columns: {
      file: 'File',
      line: 'Line',
      row: 'Row',
      visit: 'Visit',
      caseNumber: 'Case number',
      index: 'Index',
      eventId: 'Event id',
      type: 'Event type',
      act: 'Act',
      class: 'Class',
      kind: 'Matter',
      code: 'Code',
      rule: 'Rule',
      clause: 'Clause',
      text: 'Text',
      at: 'Date and time',
      role: 'Role',
      by: 'Person',
      recorderRole: 'Role of the recorder',
      recordedBy: 'Recorder',
    },
    finding: 'Finding',
    observation: 'Remark',
    kinds: {
      violation: 'Rule broken',
      late: 'Act of a former provider',
      'other-visit': 'Act of another visit',
      'unknown-event': 'Unknown act',
      unreadable: 'Cannot be read',
      chain: 'Broken seal',
      'id-reused': 'Id used twice',
      repeated: 'Repeated act',
      measure: 'Measure',
      deviation: 'Deviation',
      signature: 'Invalid signature',
      correction: 'Correction',
    },
  },
  payments: {
    columns: {
      visit: 'Visit',
      caseNumber: 'Case number',
      client: 'Client',
      service: 'Service',
      provider: 'Provider',
      name: 'Name',
      phase: 'Status',
      started: 'Start of work',
      ended: 'End of visit',
      completionCall: 'Completion call',
      minutes: 'Minutes worked',
      minutesShort: 'Minutes',
      visits: 'Visits to the site',
      visitsShort: 'Visits',
      wasted: 'Arrivals without service',
      wastedShort: 'No service',
      payable: 'Payable',
      why: 'Why not',
      corrections: 'Corrections',
      words: 'Whose word each fact is',
      findings: 'Findings',
      integrity: 'Integrity',
    },
    totals: {
      visits: 'Visits',
      payable: 'Payable',
      held: 'To review',
      unverified: 'Not verified',
      minutes: 'Minutes worked',
      payableMinutes: 'Minutes payable',
      wasted: 'Arrivals without service',
    },
    sheets: { visits: 'Visits', providers: 'Providers' },
    byProvider: 'By provider',
    total: 'Total',
    yes: 'yes',
    no: 'no',
    /** The reason why a visit is not payable. */
    unmet: {
      completed: 'the visit is not completed',
      started: 'no start of the work stands',
      'start-reported': 'the start call is missing',
      'start-documented': 'the start call is not documented',
      'completion-reported': 'no completion call that names the case number stands',
      'discrepancy-open': 'a discrepancy is not settled',
    },
  },
  explore: {
    searched: (states: number, transitions: number, depth: number) =>
      `${count(states, 'state')}, ${count(transitions, 'transition')}, up to ${count(depth, 'act')} deep.`,
    incomplete: 'The search stopped at its limit: what follows holds for what was seen.',
    stuck: (total: number) => (total === 0 ? 'Nobody is ever stuck.' : `${count(total, 'state')} with no way out.`),
    cannotEnd: (total: number) =>
      total === 0 ? 'Every visit can end.' : `From ${count(total, 'state')} the visit can no longer end.`,
    cannotComplete: (total: number) =>
      total === 0
        ? 'Every visit that is open can be completed.'
        : `From ${count(total, 'state')} the visit can no longer be completed.`,
    overreach: (total: number) =>
      total === 0 ? 'Nobody does what is not theirs to do.' : `${count(total, 'act')} of somebody who may not do it.`,
    broken: (invariants: readonly string[], paths: number) =>
      invariants.length === 0
        ? `The invariants hold on ${count(paths, 'path')}.`
        : `These do not hold: ${listed(invariants)}.`,
    neverActs: (acts: readonly string[]) =>
      acts.length === 0 ? 'Every act can happen.' : `Never ${verb(acts.length, 'happens', 'happen')}: ${listed(acts)}.`,
    neverRules: (rules: readonly string[]) =>
      rules.length === 0
        ? 'Every rule refuses something somewhere.'
        : `Never ${verb(rules.length, 'refuses', 'refuse')} anything: ${listed(rules)}.`,
    path: (steps: string) => `for example: ${steps}`,
    phases: 'From phase to phase',
    progress: (states: number, depth: number) => `${count(states, 'state')}, depth ${number(depth)}`,
  },
};

/** The words of a language. */
export type CliWords = typeof en;

export type CommandName = keyof CliWords['help']['commands'];
export type OptionName = keyof CliWords['help']['options'];
