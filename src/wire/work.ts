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
