import type {
  ActNames,
  ChapterPhrases,
  EventNames,
  FieldLabels,
  FieldNames,
  Findings,
  Refusals,
  Requirements,
} from '../chapter.ts';
import { callMade, callMissing } from './shared.ts';

/** The acts, as infinitives. */
export const acts = {
  ShowTools: 'show the tools',
  ClearArea: 'clear the area',
  ReportStart: 'report the start',
  DocumentStart: 'document the start',
  StartWork: 'start the work',
  PauseWork: 'pause the work',
  ResumeWork: 'resume the work',
} satisfies ActNames;

/** The phrases and questions of each act. */
export const phrases = {
  'show-tools': 'I will work with these tools.',
  'clear-area': 'I will move what could get damaged. Is anything fragile?',
  'start-call': 'I am about to start the work. Could you note the time?',
  begin: 'I am starting now{, $addressee}. I will keep things tidy and clean.',
  break: 'I will take a break.',
  leave: 'To finish, I have to come back another day{, $addressee}.',
  'leave-call': 'I am leaving now; a second visit is needed.',
  'come-back': 'I am here to finish the work.',
  resume: 'With your permission{, $addressee}, I will go on with the work.',
  'op-start': 'I have noted the start time{, $addressee}.',
  'if-second-visit': 'If it is a second visit',
  'ask-tools': 'Tools',
  'ask-moved': 'What was moved',
  'ask-pause': 'Break or second visit, and when they return',
} as const satisfies ChapterPhrases;

/** Refusals: what is missing, and what to do. */
export const refusals = {
  'not-started': 'The work has already started; go on with it.',
  'start-reported': callMade,
  'notice-given': callMade,
  'on-break': 'No break is on record; go on with the work, or record the re-entry.',
  away: 'No re-entry is pending; go on with the visit, or record the end of the break.',
} satisfies Refusals;

/** The requirements of the waivable rules. */
export const requirements = {
  'tools-shown': 'the tools',
  'area-cleared': 'the clearing of the area',
  'start-reported': 'the start call',
} satisfies Requirements;

/** The events, as headings. */
export const events = {
  ToolsShown: 'Tools shown',
  AreaCleared: 'Area cleared',
  StartReported: 'Start call',
  StartDocumented: 'Start documented',
  WorkStarted: 'Work started',
  Paused: 'Work paused',
  Resumed: 'Work resumed',
} satisfies EventNames;

/** The fields of their data. */
export const fields = {
  tools: 'Tools',
  moved: 'Moved away',
  reference: 'Reference',
  notice: 'Notice',
  returnExpected: 'Expected return',
} satisfies FieldNames;

/** The labels of the fields of a form. */
export const labels = {
  ShowTools: { tools: ['Tools', 'Those that you use in the house.', 'None'] },
  ClearArea: { moved: ['What was moved?', '', 'There was nothing to move'] },
  ReportStart: { call: 'Start call' },
  DocumentStart: { reference: 'Reference of the call' },
  PauseWork: {
    kind: 'Is it a break, or is another visit needed?',
    notice: 'Exit notice to the contact center',
    returnExpected: 'When will you be back?',
  },
  ResumeWork: {
    kind: 'Is it after a break, or is it the second visit?',
    notice: 'Re-entry notice to the contact center',
  },
} satisfies FieldLabels;

/** Findings: what was not as it should be. */
export const findings = {
  'start-undocumented': 'No start call was waiting to be documented.',
  'not-started': 'The work had already started.',
  'tools-shown': 'It was not on record that the tools had been shown to the client.',
  'area-cleared': 'It was not on record that the area had been cleared.',
  'start-reported': callMissing,
  'notice-given': callMissing,
  'on-break': 'No break was on record.',
  away: 'No re-entry was pending.',
} satisfies Findings;
