import { inEnglish } from '../../words/nouns.ts';
import type { FrameWords } from './frame.ts';

const { count, number } = inEnglish;
const of = (file: string) => (file === '' ? 'the file' : file);

export const frame: FrameWords = {
  found: {
    none: 'No findings: the log is exactly what the protocol calls for.',
    more: (findings) => `And ${number(findings)} more; each is listed at its act.`,
    breach: 'Breach of conduct',
    escalation: 'Escalation',
    breaches: (breaches) => count(breaches, 'breach of conduct'),
    escalations: (escalations) => count(escalations, 'escalation'),
    without: {
      violation: 'Acts that a rule refuses',
      late: 'Acts of a former provider',
      'other-visit': 'Acts of another visit',
      'unknown-event': 'Acts that this release does not know',
      unreadable: 'Entries that cannot be read',
      'id-reused': 'Ids that another act already has',
      chain: 'Places where the seal is broken',
    },
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
    unmet: (conditions) => `Not payable. Missing: ${conditions}.`,
    flaws: (clauses) => `Payable, with remarks on ${clauses}.`,
  },
  index: {
    search: 'Search',
    show: 'Show',
    all: 'All visits',
    facets: {
      unclean: 'With findings',
      unpayable: 'Not payable, or with remarks',
      conduct: 'With breaches of conduct or escalations',
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
    count: '{shown} of {all} visits shown; {picked} selected',
    loading: 'Opening…',
    failed: 'This browser cannot open the details.',
    noScript:
      'The details of each visit are opened by the script of this page, which did not run; the list can be read without it.',
  },
  integrity: {
    verified: 'verified',
    unverified: 'not looked at',
    places: {
      place: (act) => `act ${act}`,
      line: (line) => `line ${line}`,
      row: (row) => `row ${row}`,
    },
    faults: {
      changed: (place) => `seal broken at ${place}`,
      dropped: (place) => `seal broken at ${place}: what stood before it is missing`,
      swapped: (place) => `seal broken at ${place}: it is out of order`,
      inserted: (place) => `seal broken at ${place}: it is not part of the chain`,
      unsealed: (place) => `seal broken at ${place}: it has no seal`,
      cut: () => 'seal broken: acts are missing at the end',
      unreadable: (place) => `${place} cannot be read`,
      'unknown-event': (place) => `there is something that this release does not know at ${place}`,
      unattributed: () => 'the file has entries of an unknown visit, which may be of this one',
    },
    hold: (fault) => `do not pay until reviewed: ${fault}`,
  },
  seals: {
    unverified: 'No seal was verified',
    withoutSeals: (visits) => `${count(visits, 'visit')} without a seal: their integrity was not looked at`,
    sealed: (visits) => `${count(visits, 'visit')} sealed, whole`,
    broken: (visits) => `${count(visits, 'visit')} with a broken seal`,
  },
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
    line: (file) => `The numbers are the lines of ${of(file)}.`,
    row: (file) => `The numbers are the rows of ${of(file)}.`,
  },
};
