import { plainAct } from './act.ts';
import { material, photo } from './shared.ts';
import { flag, id, label, list, optional, text } from './text.ts';

export const inspection = {
  LocateFault: plainAct('LocateFault', 'FaultLocated', () => ({ where: text() })),
  InspectArea: plainAct('InspectArea', 'AreaInspected', () => ({
    clientPresent: optional(flag()),
    clientConsented: optional(flag()),
  })),
  TakePhotos: plainAct('TakePhotos', 'PhotosTaken', () => ({ photos: list(photo()) })),
  SubmitPhotos: plainAct('SubmitPhotos', 'PhotosSubmitted', () => ({
    photoIds: list(id()),
    channel: optional(label()),
    appUnavailableReason: optional(text()),
  })),
  DocumentPhotos: plainAct('DocumentPhotos', 'PhotosDocumented', () => ({ photoIds: list(id()) })),
  AssessService: plainAct('AssessService', 'ServiceAssessed', () => ({ diagnosis: text() })),
  ExplainWork: plainAct('ExplainWork', 'WorkExplained', () => ({ method: text(), materials: list(material()) })),
};
