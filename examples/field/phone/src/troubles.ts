import type { CommandType, VisitState } from 'auxilio';

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

/** The acts that need the client. */
const withClient: ReadonlySet<CommandType> = new Set<CommandType>([
  'ShowCredential',
  'RejectIdentity',
  'LocateFault',
  'ReportMaterialsRefusal',
  'HandOverSite',
  'RecordObjection',
  'GiveFarewell',
  'DeclineOffContractRequest',
]);

/** True for an act that needs the client, as long as they are absent and the center has allowed no representative. */
export const needsAbsentClient = (command: CommandType, { arrival, identity }: VisitState): boolean =>
  withClient.has(command) && arrival.absentSince !== null && !identity.representativeAllowed;

export type Trouble = (typeof troubles)[number];

export const isTrouble = (command: CommandType): command is Trouble =>
  (troubles as readonly CommandType[]).includes(command);
