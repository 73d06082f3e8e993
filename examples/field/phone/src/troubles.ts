import type { CommandType } from 'auxilio';

/** The acts for what cannot be done; they have a screen of their own, which names them by what happens. */
const troubles = [
  'ReportTransitIssue',
  'ReportClientAbsence',
  'RejectIdentity',
  'RejectMaterials',
  'ReportMaterialsRefusal',
  'RequestExtraMaterials',
  'PauseWork',
  'RecordObjection',
  'EscalateClientImpact',
  'DeclineOffContractRequest',
  'CloseVisit',
] as const satisfies readonly CommandType[];

export type Trouble = (typeof troubles)[number];

export const isTrouble = (command: CommandType): command is Trouble =>
  (troubles as readonly CommandType[]).includes(command);
