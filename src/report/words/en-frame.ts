import type { FindingKind } from '../../reading/index.ts';
import type { IntegrityFault } from '../../reading/integrity.ts';
import { inEnglish } from '../../words/nouns.ts';

const { count, number } = inEnglish;
const of = (file: string) => (file === '' ? 'the file' : file);

/** The words around the evidence: findings, provenance, decision, seals. */
export const frame = {
  found: {
    none: 'No findings: the log is exactly what the protocol calls for.',
    more: (findings: number) => `And ${number(findings)} more; each is listed at its act.`,
    breach: 'Breach of conduct',
    escalation: 'Escalation',
    denial: 'Denied by the client',
    breaches: (breaches: number) => count(breaches, 'breach of conduct'),
    escalations: (escalations: number) => count(escalations, 'escalation'),
    denials: (denials: number) => count(denials, 'denied fact'),
    /** Findings that cite no clause. */
    without: {
      violation: 'Acts that a rule refuses',
      late: 'Acts of a former provider',
      'other-visit': 'Acts of another visit',
      'unknown-event': 'Acts that this release does not know',
      unreadable: 'Entries that cannot be read',
      'id-reused': 'Ids that another act already has',
      chain: 'Places where the seal is broken',
    } satisfies Readonly<
      Record<Exclude<FindingKind, 'measure' | 'deviation' | 'signature' | 'correction' | 'repeated'>, string>
    >,
    place: { sheet: 'sheet', row: 'row', line: 'line' },
  },
  payment: {
    conditions: {
      completed: 'the completion',
      started: 'the start of the work',
      'start-reported': 'the start call',
      'start-documented': 'the record of the start',
      'completion-reported': 'the completion call with the case number',
      'discrepancy-open': 'the settlement of a discrepancy',
    },
    unmet: (conditions: string) => `Not payable. Missing: ${conditions}.`,
    flaws: (clauses: string) => `Payable, with remarks on ${clauses}.`,
  },
  index: {
    search: 'Search',
    show: 'Show',
    all: 'All visits',
    facets: {
      unclean: 'With findings',
      unpayable: 'Not payable, or with remarks',
      conduct: 'With breaches of conduct, escalations or denials',
      ongoing: 'Under way',
      owing: 'With something pending',
    },
    sort: 'Sort by',
    given: 'Order of the files',
    orders: {
      case: 'Case number',
      provider: 'Provider',
      worked: 'Worked time, longest first',
      findings: 'Findings, most first',
      debts: 'Still pending, most first',
    },
    pick: 'Select',
    pickAll: 'Select those shown',
    print: 'Print the selected',
    /** `{shown}`, `{all}` and `{picked}` stand for numbers. */
    count: '{shown} of {all} visits shown; {picked} selected',
    loading: 'Opening…',
    failed: 'This browser cannot open the details.',
    noScript:
      'The details of each visit are opened by the script of this page, which did not run; the list can be read without it.',
  },
  integrity: {
    verified: 'verified',
    unverified: 'not looked at',
    /** The number of an act, a line or a row. */
    places: {
      place: (act: number) => `act ${act}`,
      line: (line: number) => `line ${line}`,
      row: (row: number) => `row ${row}`,
    },
    /** The fault that breaks it, at its place. */
    faults: {
      changed: (place: string) => `seal broken at ${place}`,
      dropped: (place: string) => `seal broken at ${place}: what stood before it is missing`,
      swapped: (place: string) => `seal broken at ${place}: it is out of order`,
      inserted: (place: string) => `seal broken at ${place}: it is not part of the chain`,
      unsealed: (place: string) => `seal broken at ${place}: it has no seal`,
      cut: () => 'seal broken: acts are missing at the end',
      unreadable: (place: string) => `${place} cannot be read`,
      'unknown-event': (place: string) => `there is something that this release does not know at ${place}`,
      unattributed: () => 'the file has entries of an unknown visit, which may be of this one',
    } satisfies Readonly<Record<IntegrityFault, (place: string) => string>>,
    hold: (fault: string) => `do not pay until reviewed: ${fault}`,
  },
  seals: {
    unverified: 'No seal was verified',
    withoutSeals: (visits: number) => `${count(visits, 'visit')} without a seal: their integrity was not looked at`,
    sealed: (visits: number) => `${count(visits, 'visit')} sealed, whole`,
    broken: (visits: number) => `${count(visits, 'visit')} with a broken seal`,
  },
  /** On printed pages: the label of the beginning of a hash, and the text without one. */
  running: { seal: 'seal', file: 'file', broken: 'broken seal', none: 'not sealed' },
  decision: {
    choices: ['Pay', 'Do not pay', 'Ask for an explanation'],
    reasons: 'Reasons',
    name: 'Name',
    signature: 'Signature',
    date: 'Date',
  },
  numbering: {
    place: 'The numbers are the places in the log, from 1.',
    line: (file: string) => `The numbers are the lines of ${of(file)}.`,
    row: (file: string) => `The numbers are the rows of ${of(file)}.`,
  },
};

export type FrameWords = typeof frame;

/** The filters of the index. */
export type Facet = keyof FrameWords['index']['facets'];

/** The orders of the index. */
export type OrderName = keyof FrameWords['index']['orders'];
