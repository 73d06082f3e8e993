import type { WhoseWord } from '../../messages/index.ts';
import type { Locale } from '../../protocol/index.ts';
import type { DebtTopic } from '../../visit/index.ts';
import { inEnglish } from '../../words/nouns.ts';
import { formatList } from '../../words/text.ts';
import { acts } from './en-acts.ts';
import { frame } from './en-frame.ts';

const and = (items: readonly string[]) => formatList(items, 'en', 'conjunction');
const { count, number, verb } = inEnglish;
const after = (lead: string, text: string) => (text === '' ? '' : `${lead}${text}`);

/** English. The other language has the same words. */
export const en = {
  ...acts,
  ...frame,
  locale: 'en' as Locale,
  statuses: {
    satisfied: 'Satisfied',
    missing: 'Missing',
    late: 'Late',
    contradicted: 'Contradicted',
    waived: 'Waived',
    'not-applicable': 'Not applicable',
  },
  phases: {
    unassigned: 'Unassigned',
    completed: 'Completed',
    closed: 'Closed',
    'awaiting-reassignment': 'Awaiting another provider',
    away: 'Awaiting the re-entry',
    'in-transit': 'On the way',
    'on-break': 'On a break',
    'awaiting-materials': 'Awaiting materials',
    working: 'Working',
    'on-site': 'On site',
  },
  outcomes: { completed: 'Completed', cancelled: 'Cancelled', rescheduled: 'Rescheduled' },
  debts: {
    'give-instruction': 'Give an instruction',
    'take-up-escalation': 'Take up the escalation',
    'coordinate-materials': 'Coordinate the materials',
    'document-photos': 'Document the photos',
    'document-start': 'Document the start',
    'notify-delay': 'Tell the client of the delay',
    'reassign-provider': 'Assign another provider',
    'notify-provider-change': 'Tell the client of the change of provider',
    'settle-discrepancy': 'Settle the discrepancy',
    'supply-materials': 'Supply the materials',
  },
  topics: { 'client-absence': 'absence', identity: 'identity' } satisfies Readonly<Record<DebtTopic, string>>,
  measures: {
    'photo-sent': 'Photo: from taken to sent',
    'client-told': 'Delay: from reported to client told',
    escalation: 'Impact: from noticed to escalated',
    'exit-notice': 'Exit: from leaving to notice',
    'reentry-notice': 'Re-entry: from entering to notice',
    'start-call': 'Start: from call to work',
    'completion-call': 'Completion: from conformity to call',
    arrival: 'Arrival: after the latest arrival time',
    visits: 'Visits to the site',
    'discrepancy-settled': 'Discrepancy: from reported to settled',
  },
  kinds: {
    late: () => 'Recorded by a provider who was no longer assigned, and dated before the change.',
    'other-visit': ({ visit }: { visit: string }) => `It belongs to another visit${after(': ', visit)}.`,
    'unknown-event': ({ type }: { type: string }) => `This release does not know this act${after(': ', type)}.`,
    unreadable: ({ problem }: { problem: string }) => `It cannot be read${after(': ', problem)}.`,
    chain: ({ fault }: { fault: string }) => `The seal of the log is broken here${after(': ', fault)}.`,
    'id-reused': ({ id }: { id: string }) => `It carries an id that another act already has${after(': ', id)}.`,
    repeated: () => 'It repeats an act that is already in the log; it counts once.',
    signature: () => 'Its signature is not valid; it proves nothing.',
  },
  faults: {
    changed: 'this act is not the one that was sealed',
    dropped: 'what stood before this act is missing',
    swapped: 'this act is out of its place',
    inserted: 'this act is not part of the chain',
    unsealed: 'this act has no seal',
    cut: 'acts are missing at the end',
  },
  lanes: {
    travel: 'On the way',
    site: 'On site',
    work: 'Work',
    break: 'Breaks',
    materials: 'Wait for materials',
    away: 'Away, until the re-entry',
    calls: 'Calls and notices',
    instructions: 'Instructions',
    taken: 'Photos taken',
    sent: 'Photos sent',
    recorded: 'Times before correction',
    corrected: 'Times that stand',
  },
  headings: {
    conduct: 'Conduct, escalations and denials',
    findings: 'Findings',
    observations: 'Remarks',
    corrections: 'Corrections',
    discrepancies: 'Discrepancies',
    timeline: 'Timeline',
    payment: 'Payment evidence',
    protocol: 'Protocol evidence',
    worked: 'Worked time',
    measures: 'Measures',
    debts: 'Pending items',
    facts: 'Facts, and whose word each is',
    waivers: 'Waivers',
    declined: 'Declined requests',
    attempts: 'Arrivals without service',
    photos: 'Photos',
    acts: 'The acts',
    provenance: 'Provenance',
    decision: 'Decision of the auditor',
  },
  labels: {
    case: 'Case number',
    client: 'Client',
    provider: 'Provider',
    service: 'Service',
    place: 'Site',
    arriveBy: 'Latest arrival time',
    instructions: 'Instructions',
    visit: 'Visit',
    edition: 'Edition of the protocol (SHA-256)',
    seal: 'Seal of the log (SHA-256)',
    policy: 'Policy',
    phase: 'Status',
    worked: 'Worked time',
    log: 'Log',
    payment: 'Payment evidence',
    openDebts: 'Still pending',
    reported: 'Reported',
    findings: 'Findings',
    visits: 'Visits',
    finding: 'Finding',
    observation: 'Remark',
    where: 'Where',
    issuedAt: 'Issued',
    version: 'Version of auxilio',
    file: 'File',
    bytes: 'Bytes',
    leftOut: 'Lines of no known visit, left out',
    clause: 'Clause',
    status: 'Verdict',
    evidence: 'Acts',
    from: 'From',
    to: 'To',
    length: 'Length',
    measure: 'Measure',
    value: 'Value',
    threshold: 'Threshold',
    debt: 'Pending item',
    debtor: 'Responsible',
    since: 'Since',
    until: 'Until',
    age: 'Age',
    what: 'What',
    at: 'When',
    photo: 'Photo',
    shot: 'Shot',
    taken: 'Taken',
    sent: 'Sent',
    documented: 'Documented',
    held: 'Held',
    sha256: 'SHA-256',
    number: 'No.',
    time: 'Time',
    act: 'Act',
    who: 'Who',
    clauses: 'Clauses',
    lane: 'What',
    day: 'Day',
    activity: 'Activity',
    arrived: 'Arrived',
    end: 'How it ended',
    requirement: 'Requirement',
    distribution: 'Distribution',
    count: 'Cases',
    median: 'Median',
    ninety: '90th percentile',
    greatest: 'Greatest',
    beyond: 'Beyond threshold',
    first: 'First recorded',
    now: 'Since then',
    why: 'Reason',
    rules: 'Refused by',
    lawfulThen: 'Lawful then',
    fact: 'Fact',
    word: 'Whose word',
    said: 'Word of the client',
    settled: 'Settled',
  },
  whose: {
    denied: 'Denied by the client',
    client: 'Client',
    both: 'Both',
    provider: 'Provider',
    'contact-center': 'Contact center',
  } satisfies Readonly<Record<WhoseWord, string>>,
  unreached: {
    ended: 'Ended without full evidence',
    'no-way': 'No act would make it payable',
    limit: 'What is missing was not determined',
    'discrepancy-open': 'A discrepancy is not settled',
  },
  ends: {
    'second-visit': 'Left for a second visit',
    reassigned: 'Passed to another provider',
    closed: 'The visit was closed',
  },
  findings: {
    asDecided: (differences: readonly string[]) =>
      `The record is not the one that was due${after('; other than due: ', and(differences))}.`,
    /** The difference in a record that is not as `decide` writes it, by the name of its field; within a report by its act. */
    differences: {
      by: 'who did the act',
      recordedBy: 'who recorded it',
      passed: 'the result of the tests',
      outcome: 'how the visit ended',
      edition: 'the edition of the protocol',
      discrepancyId: 'the number of the discrepancy',
      at: 'the time',
      basedOn: 'the part of the log that was known',
      twinOf: 'the act of the same fact',
      on: 'the acts for which it was refused',
      lawfulThen: 'whether it was lawful then',
      violations: 'the rules that refused it',
    },
    otherDifference: 'another datum',
    inReportedAct: (difference: string, number: number) => `${difference} (act ${number} of the report)`,
    lag: (measure: string, value: string, threshold: string) =>
      `${measure}: ${value}${after('; the threshold is ', threshold)}.`,
    skew: {
      assignment: 'The clock is off: it is before the assignment.',
      'same-recorder': 'The clock is off: it is before what the same person recorded last.',
      photo: 'The clock is off: a photo was sent before it was taken.',
      instruction: 'The clock is off: the instruction that waived it is dated later.',
      'start-call': 'The clock is off: the start call is dated after the start of the work.',
      recorded: 'The clock is off: it is dated after it was recorded.',
    },
    unreported: (lag: string) => `Arrived ${lag} late, and reported no issue on the way.`,
    early: (requirements: readonly string[]) =>
      `The start call was early${after('; still missing: ', and(requirements))}.`,
    byInstruction: (requirement: string, at: string) => `Waived ${requirement}, by the instruction of ${at}.`,
    byPolicy: (requirement: string, policy: string, reason: string) =>
      `Waived ${requirement}, by the policy${after(' ', policy)}${after(': ', reason)}.`,
    edition: 'The visit is judged by another edition of the protocol.',
    policy: (judged: string, read: string) =>
      `The visit was judged by the policy ${judged}, and this report uses ${read}.`,
    activity: (activity: string, policy: string) =>
      `The policy${after(' ', policy)} allows this off-contract act${after(': ', activity)}.`,
    notHeld: (photos: readonly string[]) => `Said to be sent, and not held: ${and(photos)}.`,
    unlisted: (items: readonly string[]) =>
      `Something left that was not among the tools shown${after(': ', and(items))}.`,
    disputed: (items: readonly string[]) => `The client did not confirm what left${after(': ', and(items))}.`,
    denied: (fact: string, recorded: string, what: string) =>
      `The client denied ${fact} (${recorded})${after(': ', what)}.`,
    /** The rule that an act broke which a settlement took, in the past tense, and the settlement's time. */
    taken: (rule: string, discrepancy: string, at: string) =>
      `${rule} The act was taken on record when discrepancy ${discrepancy} was settled (${at}).`,
    annulled: (act: string, recorded: string, reason: string) =>
      `This annulled ${act} (${recorded})${after('. Reason: ', reason)}.`,
    /** The time before and after the correction, and the first one of all if it was corrected before. */
    corrected: (time: string, recorded: string, now: string, first: string, reason: string) =>
      `The time of ${time} was corrected from ${recorded} to ${now}${after('; first recorded: ', first)}${after('. Reason: ', reason)}.`,
    times: acts.codes.time,
    /** The numbers of the acts that were taken, and of those that were left in the report. */
    settled: (discrepancy: string, taken: number, left: number, reason: string) =>
      `Discrepancy ${discrepancy} was settled: ${count(taken, 'act')} taken on record, ${number(left)} left in the report${after('. Reason: ', reason)}.`,
    other: 'There is a detail that this release does not know.',
  },
  corrections: {
    annulled: 'Annulled',
    corrected: 'Time corrected',
    /** Before the time that was recorded first. */
    first: 'first',
    /** Before the time that stood in its place before the correction, if another. */
    later: 'then',
    acts: (all: number) => count(all, 'act'),
    /** The number of acts that were taken, and of those that were left in the report. */
    outcome: (taken: number, left: number) => `${number(taken)} taken on record, ${number(left)} left in the report`,
    reported: (discrepancy: string, at: string) => `${discrepancy}, reported ${at}`,
    /** The number of acts of the log that the recorder had seen. */
    knew: (all: number) => `had seen ${count(all, 'act')} of the log`,
    /** The person who let it be done, and the reason. */
    despite: (by: string, reason: string) => `Done despite the refusal, with the leave of ${by}${after(': ', reason)}`,
    twin: 'The same fact as',
    taken: 'Taken on record',
    left: 'Left in the report',
    open: 'Not settled',
    /** Begins the list of the acts without which a refused act would have been accepted. */
    against: 'It would have been accepted without',
    /** Begins the list of the refused acts that would have had to be accepted before. */
    follows: 'It would have been accepted after',
    /** An act would have been refused without anything that was recorded since its recorder had seen the log, too. */
    refusedAnyway: 'It would have been refused without what was recorded meanwhile, too.',
    /** No acts were found without which it would have been accepted, and not all were tried. */
    undetermined:
      'No act or pair of acts was found without which it would have been accepted; not all combinations were tried.',
  },
  visit: {
    title: (caseNumber: string) => `Case ${caseNumber}`,
    unnamed: 'Visit without a case number',
    empty: 'The log is empty: there is nothing to report.',
    yes: 'yes',
    no: 'no',
    clean: 'Clean',
    unclean: (findings: number) => count(findings, 'finding'),
    /** The number of acts, and of the unsealed ones at the beginning. */
    sealed: (acts: number, unsealed: number) =>
      `${count(acts, 'act')}, whole${unsealed > 0 ? `, sealed from act ${number(unsealed + 1)} on` : ''}`,
    broken: (places: number) => `Broken in ${count(places, 'place')}`,
    none: 'none',
    open: (debts: number) => (debts === 0 ? 'None' : number(debts)),
    proven: (clauses: number, of: number) => `${number(clauses)} of ${count(of, 'clause')}`,
    nothingMissing:
      'Nothing is missing: it is completed, with the start call made and documented, and the completion call that names the case number.',
    missing: (list: string) => `To be payable it lacks: ${list}.`,
    notApplicable: (clauses: number) =>
      `${count(clauses, 'clause')} ${verb(clauses, 'does', 'do')} not apply: nothing in this visit called for ${verb(clauses, 'it', 'them')}`,
    absent: (headings: readonly string[]) => `There are no ${formatList(headings, 'en', 'disjunction')}.`,
    running: 'and goes on',
    goesOn: 'goes on',
    lapsed: 'not discharged: the visit ended',
    openStill: 'Open',
    heldSince: (at: string) => `held since ${at}`,
    missingSince: (at: string) => `missing since ${at}`,
    sameFile: (visits: readonly string[]) => `same file in ${and(visits)}`,
    owes: (debtor: string) => `Responsible: ${debtor}`,
    inWords: 'The timeline in words',
    partOf: (part: string, whole: string) => `${part} of ${whole}`,
    byDay: 'How long each lasted on each day',
    otherDays: 'Other days',
    inAll: 'In all',
    moreDays: (days: number) =>
      `There are acts on ${number(days)} more ${verb(days, 'day', 'days')}; they are in the list of acts.`,
    flagged: 'Beyond the threshold',
    within: 'Within the threshold',
    several: (more: number) => `and ${number(more)} more`,
    recordedBy: 'recorded by',
    /** The time at which an act was stored, where it is far from its own. */
    storedAt: (at: string) => `reached the log ${at}`,
    attended: (operator: string) => `answered by ${operator}`,
    unknownAct: (type: string) => `Unknown act: ${type}`,
    unreadable: 'Unreadable entry',
    nothingToMove: 'nothing to move',
    passed: 'passed',
    failed: 'failed',
    zone: (zone: string, offset: string) => `Local times of ${zone} (${offset}).`,
    until: (moment: string) => `As of ${moment}.`,
    source:
      'Each verdict comes from the log of the visit. The clauses are told in words of our own; the payer decides.',
    clausesCited: 'Clauses cited',
  },
  day: {
    title: (day: string) => `Visits of ${day}`,
    untitled: 'Report of visits',
    visits: 'The visits',
    debts: 'Still pending',
    distributions: 'Measures',
    each: 'Each visit',
    total: 'Visits',
    completed: 'Completed',
    closed: 'Closed',
    ongoing: 'Under way',
    unclean: 'With findings',
    noDebts: 'Nothing is pending.',
    noMeasures: 'Nothing was measured.',
    remarks: (findings: number) => count(findings, 'remark'),
    payable: 'Payable',
    /** The visits that are not to be paid until a person looked at them. */
    held: 'Do not pay until reviewed',
    ready: 'Payable',
    withRemarks: 'Payable, with remarks',
    lacking: (conditions: number) => `Not payable: lacks ${count(conditions, 'condition')}`,
    histogram: (measure: string, cases: number, beyond: number) =>
      `${measure}: ${count(cases, 'case')}, ${number(beyond)} beyond threshold.`,
    toPrint:
      'Unfold those that you want to read; those selected in the list are printed or, if none is, those that are open.',
  },
};

/** The words of a language. */
export type Words = typeof en;

/** The headings of a visit's report. */
export type HeadingName = keyof Words['headings'];

/** The headings of the columns, and the names of the data of a visit. */
export type LabelName = keyof Words['labels'];

/** The bars and the marks of the timeline, debts apart. */
export type LaneName = keyof Words['lanes'];
