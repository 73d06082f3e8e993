import { bareAct, plainAct } from './act.ts';
import { contact } from './shared.ts';
import { instant, label, list, oneOf, optional, text } from './text.ts';

const kind = () => oneOf(['break', 'second-visit']);

export const work = {
  ShowTools: plainAct('ShowTools', 'ToolsShown', () => ({ tools: list(label()) })),
  ClearArea: plainAct('ClearArea', 'AreaCleared', () => ({ moved: list(text()) })),
  ReportStart: plainAct('ReportStart', 'StartReported', () => ({ call: optional(contact()) })),
  DocumentStart: plainAct('DocumentStart', 'StartDocumented', () => ({ reference: optional(label()) })),
  StartWork: bareAct('StartWork', 'WorkStarted'),
  PauseWork: plainAct('PauseWork', 'Paused', () => ({
    kind: kind(),
    notice: optional(contact()),
    returnExpected: optional(instant()),
  })),
  ResumeWork: plainAct('ResumeWork', 'Resumed', () => ({ kind: kind(), notice: optional(contact()) })),
};

/** Descriptions of the messages and their fields: made of their docstrings by `npm run reference`. */
export const descriptions = {
  ShowTools: {
    self: "Shows the client the tools that go in. The provider's (1.1-40).",
    tools: 'Each tool by name; shown twice, the union counts.',
  },
  ToolsShown: {
    self: 'The tools were shown.',
  },
  ClearArea: {
    self: "Clears the area of work. The provider's (1.1-41).",
    moved: 'Each thing by name; empty says that there was nothing to move.',
  },
  AreaCleared: {
    self: 'The area was cleared.',
  },
  ReportStart: {
    self: "Reports to the contact center that the work begins. The provider's, or recorded for them by the contact center (1.1-26).",
    call: 'The call to the contact center; must be there (1.1-26). Payment evidence.',
  },
  StartReported: {
    self: 'The start was reported.',
  },
  DocumentStart: {
    self: 'Puts the start call on record. Recorded by the contact center (1.1-27).',
    reference: "Reference of the contact in the center's own records.",
  },
  StartDocumented: {
    self: 'The start call was put on record.',
  },
  StartWork: {
    self: "Starts the work. The provider's (1.1-43).",
  },
  WorkStarted: {
    self: 'The work started.',
  },
  PauseWork: {
    self: "Interrupts the work. The provider's, or recorded for them by the contact center (1.1-48).",
    kind: 'Kind of interruption: a break, or until a second visit.',
    notice: 'The exit notice to the contact center; must be there for a second visit (1.1-48). Payment evidence.',
    returnExpected: 'Time at which the provider expects to be back.',
  },
  Paused: {
    self: 'The work was interrupted.',
  },
  ResumeWork: {
    self: "Takes the work up again. The provider's, or recorded for them by the contact center (1.1-49).",
    kind: 'Kind of interruption that ends.',
    notice: 'The re-entry notice to the contact center; must be there for a second visit (1.1-49). Payment evidence.',
  },
  Resumed: {
    self: 'The work was taken up again.',
  },
};
