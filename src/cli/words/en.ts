import { inEnglish } from '../../words/nouns.ts';
import { helpEn } from './en-help.ts';
import { problemsEn } from './en-problems.ts';
import type { CliWords } from './words.ts';

const { count, number, verb } = inEnglish;
const entries = (number: number, isSheet: boolean) => (isSheet ? count(number, 'row') : count(number, 'line'));
const and = new Intl.ListFormat('en', { type: 'conjunction' });
/** All of some places, or the first of them, and that there are more. */
const atPlaces = (one: string, many: string, places: readonly string[], more: number) =>
  more > 0
    ? `${many} ${places.join(', ')} and ${number(more)} more; all of them with --json`
    : `${places.length === 1 ? one : many} ${and.format(places)}`;
const listed = (items: readonly string[]) => items.join(', ');

/** English. */
export const en: CliWords = {
  locale: 'en',
  help: helpEn,
  ...problemsEn,
  usage: {
    unknownCommand: (name) => `there is no command ${name}`,
    unknownOption: (name) => `there is no option ${name}`,
    missingArgument: (name) => `${name} is missing`,
    missingValue: (option) => `the option ${option} lacks its value`,
    missingOption: (option) => `the option ${option} is missing`,
    tooMany: 'there are too many arguments',
    conflict: (one, other) => `${one} and ${other} do not go together`,
    invalidValue: (option, allowed) => `${option} cannot have that value; it may be: ${allowed}`,
    suggestion: (names) => `did you mean ${names}?`,
    hint: (command) => `Help: ${command} --help`,
  },
  failures: {
    noSuchFile: (file) => `${file}: there is no such file`,
    isDirectory: (file) => `${file}: is a folder, not a file`,
    isDevice: (file) => `${file}: is a device, not a file`,
    notPermitted: (file) => `${file}: may not be read`,
    notRead: (file, code) => `${file}: could not be read (${code})`,
    shortened: (file) => `${file}: was shortened or replaced while it was being read; read it again when it is whole`,
    isInput: (file) => `${file}: is one of the files that are read; name another with --output`,
    notWritten: (file, code) =>
      code === 'ENOSPC' ? `${file}: there is no space left to write to` : `${file}: could not be written (${code})`,
    wouldReplace: (file) => `${file}: is there already; --force replaces it`,
    exists: (file) => `${file}: is there already; name a new file with --output`,
    workbookToTerminal: 'a workbook is no text for a terminal; name a file with --output',
    empty: (file) => `${file}: is empty`,
    noInput: 'name a file, or pass it on standard input',
    notJson: (file) => `${file}: is not JSON`,
    notUtf8: (file, line) => `${file}: line ${line} is not UTF-8; save the file as UTF-8 (is it Windows-1252?)`,
    gzip: (file) => `${file}: is compressed with gzip; decompress it first`,
    zip: (file) => `${file}: is a ZIP or an Excel workbook; if it is a sheet, save it as CSV UTF-8`,
    decoded: (file, encoding) => `${file}: is ${encoding}, and was read as such`,
    utf16: (file) => `${file}: is UTF-16; save it as UTF-8`,
    nothingReadable: (file) => `${file}: holds no event that can be read`,
    oversized: (file, line) => `${file}: line ${line} is longer than any event, and no event can be read`,
    tooLarge: (file, megabytes) => `${file}: is too large; at most ${number(megabytes)} MB are read`,
    maybeStore:
      'events are objects with "type" and "data": one a line, an array of them, or what readStream of a store answers, as JSON',
    noColumns: (file, columns) => `${file}: the first row lacks these columns of the mapping: ${listed(columns)}`,
    columnsFound: (columns) => `it has: ${listed(columns)}`,
    otherDelimiter: (mark) => `its cells seem to be separated otherwise: put "delimiter": "${mark}" into the mapping`,
    newestFirst: (file) =>
      `${file}: the rows go from the newest to the oldest: read them with --sort, or sort the sheet`,
    noSheet: (file) => `${file}: is not a sheet: a CSV with a row of headings is expected, or JSON objects`,
    sortWithoutMap: '--sort is for sheets, which --map says how to read',
    maybeSheet: 'if it is a sheet, say with --map how it is read',
    badMapping: (file) => `${file}: the mapping cannot be used`,
    badPolicy: (file) => `${file}: the policy cannot be used`,
    badHead: (file) =>
      `${file}: is no head; {"count","hash"} is expected, as exportHead writes it, or one a visit with its "visitId"`,
    headWithoutVisit:
      'the head names no visit, and the log has several: name its visit with --visit, or in the file of heads',
    lostVisits: (ids) => `a head was kept of visits that are missing here: ${ids}`,
    brokenSeal: (visit, places) =>
      `the seal of visit ${visit} is broken in ${count(places, 'place')}; look with auxilio audit`,
    heldVisit: (visit, fault) => `do not pay visit ${visit} until it is reviewed: ${fault}; see it with auxilio audit`,
    heldFile: (file) =>
      `pay no visit of ${file} until it is reviewed: it has entries of an unknown visit, which may be of any`,
    visitTwice: (visit, file, other) =>
      `visit ${visit} stands in ${file} and again in ${other}: it has two rows, and the totals count both`,
    noSuchVisit: (id) => `there is no visit ${id}`,
    leftOut: (file, lines, isSheet, places) =>
      `${file}: ${entries(lines, isSheet)} of an unknown visit ${verb(lines, 'was', 'were')} left out (${places}); see them with auxilio audit`,
    unread: (file, lines, isSheet, places) =>
      `${file}: ${entries(lines, isSheet)} of this visit could not be read (${places}): what follows does not count what was done there; before an act is done again, look with auxilio show`,
    whichVisit: (ids) => `there are several visits; name one of them with --visit: ${ids}`,
    noSuchClause: (id) => `there is no clause ${id}`,
    noSuchType: (type) => `there is no message ${type}`,
    noRefusal:
      'this is no refusal: {"rule","clause","facts"} is expected, {"violations":[…]}, or what audit --json wrote',
    oneWorker: (file) => `${file} is read once, from its beginning to its end: one worker audits it`,
    noBackup: (file, what) => `${file}: the copy could not be made (${what})`,
    backupExists: (file) => `${file}: exists already; name a new file for the copy`,
    unexpected: (message) => `unexpected error: ${message}`,
    stdout: 'standard output',
    stdin: 'standard input',
  },
  output: {
    kinds: {
      count: 'a whole number from 1',
      boundedCount: 'a whole number from 1 to 64',
      photoUrl:
        'an https, http or relative address with {photoId} or {sha256}, such as https://photos.example/{photoId}',
      instant: 'a date and time with its offset, such as 2026-03-17T08:00:00-06:00',
    },
    lines: (first, last) => (first === last ? `line ${first}` : `lines ${first} to ${last}`),
    rows: (first, last) => (first === last ? `row ${first}` : `rows ${first} to ${last}`),
    visit: (id) => `Visit ${id}`,
    noVisit: 'No visit',
    clean: 'clean',
    continued: 'continued',
    more: (more) => `and ${number(more)} more; all of it with --json`,
    atLines: (lines, more) => atPlaces('line', 'lines', lines, more),
    atRows: (rows, more) => atPlaces('row', 'rows', rows, more),
    issue: (place, what) => (place === '' ? what : `${place}: ${what}`),
    command: 'is a command, not an event',
    summary: (visits, clean, findings) =>
      findings === 0
        ? `${count(visits, 'visit')}, ${verb(visits, '', 'all ')}clean`
        : `${count(visits, 'visit')}: ${clean === 0 ? 'none' : number(clean)} clean, ${number(visits - clean)} with findings; ${count(findings, 'finding')} in all`,
    notes: (notes) => `${count(notes, 'remark')} on times and waivers; --all shows them`,
    unplaced: (lines, isSheet) => `${entries(lines, isSheet)} of an unknown visit`,
    progress: { counting: 'Counting', auditing: 'Auditing', exploring: 'Exploring' },
    suggested: (act) => `Next: ${act}`,
    nothingSuggested: 'The protocol names no next step.',
    open: 'May',
    closed: 'May not yet',
    say: 'say',
    ask: 'note',
    remedy: (acts) => `first: ${acts}`,
    waiver: (requirements, isCenter) =>
      isCenter
        ? `an instruction to proceed can waive: ${requirements}`
        : `the contact center can waive: ${requirements}`,
    owed: 'Pending',
    nothingOwed: 'Nothing is pending.',
    seal: {
      intact: 'Seal intact',
      confirmed: 'Seal intact, and as the exported head says',
      from: (act) => `sealed from act ${number(act)} on`,
      broken: (places) => `Seal broken in ${count(places, 'place')}`,
      none: 'Not sealed: nothing shows whether the log was changed',
      head: (events, hash) => `${count(events, 'act')}, head ${hash}`,
      summary: ({ visits, sealed, broken, sealedLate }) =>
        sealed === 0
          ? 'Not sealed: nothing shows whether the log was changed'
          : `Seals: ${number(sealed - broken)} intact, ${number(broken)} broken${visits > sealed ? `, ${count(visits - sealed, 'visit')} without one` : ''}${sealedLate > 0 ? `, ${count(sealedLate, 'visit')} without one on the first acts` : ''}`,
    },
    findings: 'Findings',
    deviations: 'Deviations',
    remarks: 'Remarks',
    conduct: 'Breaches of conduct and escalations',
    breach: (kind) => `Breach of conduct: ${kind}`,
    escalated: (what) => `Escalation: ${what}`,
    brackets: { lines: 'In brackets, the lines.', rows: 'In brackets, the rows.' },
    unpayable: {
      ended: 'It has ended, and what it lacks to be payable can no longer be recorded.',
      'no-way': 'No act would make it payable.',
      'discrepancy-open': 'A discrepancy is not settled.',
      limit: 'What it lacks to be payable was not determined.',
    },
    recordedBy: (who) => `recorded by ${who}`,
    actor: (role, id) => `${role} ${id}`,
    backedUp: (file, events, streams) => `${file}: ${count(events, 'act')}, ${count(streams, 'visit')}`,
    written: (file, visits) => `${file}: ${count(visits, 'visit')}`,
    levels: { H: 'required', D: 'follow-up', A: 'attested', G: 'guidance' },
  },
  guess: {
    needs: { visitId: 'the visit', at: 'the date and time', act: 'the act', by: 'the provider or the operator' },
    read: (events, rows) =>
      `by this mapping ${number(events)} of ${count(rows, 'row')} ${verb(events, 'is an event', 'are events')}`,
    columns: (columns) => `not read, under "ignored": ${listed(columns)}`,
    missing: (needs) => `no column was found for: ${listed(needs)}; write its name into the mapping`,
    place: (need) => `(write the column here: ${need})`,
    ignored: 'no datum of an act comes from this column; if one does, name it in the "data" of its act',
    word: (word, rows) =>
      `no act is known by the name “${word}” (${count(rows, 'row')}): add it under act.words, or null to pass it over`,
    unclear: (word, rows, all) =>
      `“${word}” may be more than one act (${count(rows, 'row')}): ${listed(all)}; choose one under act.words`,
    unclearDate: (date, order) =>
      `nothing shows whether ${date} begins with the day or the month; the mapping says "dates": "${order}": confirm it`,
    complete: 'nothing is left to decide',
    problem: (problem, rows) => `${problem} (${count(rows, 'row')})`,
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
    searched: (states, transitions, depth) =>
      `${count(states, 'state')}, ${count(transitions, 'transition')}, up to ${count(depth, 'act')} deep.`,
    incomplete: 'The search stopped at its limit: what follows holds for what was seen.',
    stuck: (total) => (total === 0 ? 'Nobody is ever stuck.' : `${count(total, 'state')} with no way out.`),
    cannotEnd: (total) =>
      total === 0 ? 'Every visit can end.' : `From ${count(total, 'state')} the visit can no longer end.`,
    cannotComplete: (total) =>
      total === 0
        ? 'Every visit that is open can be completed.'
        : `From ${count(total, 'state')} the visit can no longer be completed.`,
    overreach: (total) =>
      total === 0 ? 'Nobody does what is not theirs to do.' : `${count(total, 'act')} of somebody who may not do it.`,
    broken: (invariants, paths) =>
      invariants.length === 0
        ? `The invariants hold on ${count(paths, 'path')}.`
        : `These do not hold: ${listed(invariants)}.`,
    neverActs: (acts) =>
      acts.length === 0 ? 'Every act can happen.' : `Never ${verb(acts.length, 'happens', 'happen')}: ${listed(acts)}.`,
    neverRules: (rules) =>
      rules.length === 0
        ? 'Every rule refuses something somewhere.'
        : `Never ${verb(rules.length, 'refuses', 'refuse')} anything: ${listed(rules)}.`,
    path: (steps) => `for example: ${steps}`,
    phases: 'From phase to phase',
    progress: (states, depth) => `${count(states, 'state')}, depth ${number(depth)}`,
  },
};
