/** The icon of each act. */
import type { CommandType } from 'auxilio';
import type { IconName } from '../../ui/icon.tsx';

const icons: Partial<Record<CommandType, IconName>> = {
  RecordArrival: 'arrive',
  ShowCredential: 'card',
  ValidateIdentity: 'card',
  RejectIdentity: 'warn',
  AnnounceService: 'speak',
  LocateFault: 'look',
  InspectArea: 'look',
  AssessService: 'look',
  TakePhotos: 'camera',
  SubmitPhotos: 'camera',
  ExplainWork: 'speak',
  SupplyMaterials: 'box',
  AcceptMaterials: 'box',
  RejectMaterials: 'box',
  RequestExtraMaterials: 'box',
  ReportMaterialsRefusal: 'box',
  ShowTools: 'tools',
  ClearArea: 'hand',
  ReportStart: 'call',
  StartWork: 'work',
  PauseWork: 'pause',
  ResumeWork: 'work',
  TestQuality: 'test',
  RecordConformity: 'hand',
  RecordObjection: 'warn',
  HandOverSite: 'hand',
  ShowBelongings: 'box',
  ReportCompletion: 'call',
  GiveFarewell: 'hand',
  CompleteVisit: 'end',
  CloseVisit: 'end',
  ReportClientAbsence: 'warn',
  ReportTransitIssue: 'warn',
};

export const iconOf = (act: CommandType): IconName => icons[act] ?? 'note';
