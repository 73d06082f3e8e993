/** The key of each act that the center may record; in capitals those that it records for the provider. */
import type { CommandType } from 'auxilio';

const letters: Readonly<Partial<Record<CommandType, string>>> = {
  GiveInstruction: 'i',
  NotifyClient: 'n',
  ReassignProvider: 'r',
  CoordinateMaterials: 'm',
  DocumentStart: 's',
  DocumentPhotos: 'f',
  AcknowledgeTransitIssue: 'q',
  AmendAssignment: 'e',
  CloseVisit: 'x',
  ReportConductBreach: 'u',
  AnnulAct: 'z',
  CorrectTime: 't',
  ReportTransitIssue: 'T',
  RecordArrival: 'L',
  ReportClientAbsence: 'A',
  RejectIdentity: 'I',
  SubmitPhotos: 'F',
  ReportMaterialsRefusal: 'M',
  ReportStart: 'S',
  PauseWork: 'P',
  ResumeWork: 'R',
  ReportCompletion: 'C',
  CompleteVisit: 'V',
  EscalateClientImpact: 'E',
};

export const letterOf = (command: CommandType): string => letters[command] ?? '';
