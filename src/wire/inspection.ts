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

/** Descriptions of the messages and their fields: made of their docstrings by `npm run reference`. */
export const descriptions = {
  LocateFault: {
    self: "Records where the client says the fault is. The provider's (1.1-14, 1.1-15).",
    where: 'The spot, in words. Personal.',
  },
  FaultLocated: {
    self: 'The fault was located.',
  },
  InspectArea: {
    self: "Inspects the area together with the client. The provider's (1.1-16, 1.1-17, 1.1-23).",
    clientPresent: 'True if the client was present; must be true (1.1-17).',
    clientConsented: 'True if the client agreed to the inspection and the photographs (1.1-23).',
  },
  AreaInspected: {
    self: 'The area was inspected.',
  },
  TakePhotos: {
    self: "Takes photographs of the fault. The provider's (1.1-18).",
    photos: 'Those taken; at least one, none twice (1.1-18).',
  },
  PhotosTaken: {
    self: 'Photographs were taken.',
  },
  SubmitPhotos: {
    self: "Sends photographs to the contact center. The provider's, or recorded for them by the center (1.1-19..21).",
    photoIds: 'Those sent; at least one, each taken before (1.1-18).',
    channel: '`app`, or `email` (1.1-20); anything else is refused with that clause.',
    appUnavailableReason: 'Reason why the app was not possible; must be there for e-mail (1.1-21).',
  },
  PhotosSubmitted: {
    self: 'Photographs were sent; whether they were received is another act.',
  },
  DocumentPhotos: {
    self: 'Puts photographs on file. Recorded by the contact center (1.1-22).',
    photoIds: 'Those put on file; at least one, each sent before and not yet on file (1.1-22).',
  },
  PhotosDocumented: {
    self: 'Photographs were put on file.',
  },
  AssessService: {
    self: "Assesses the service that is needed. The provider's (1.1-24).",
    diagnosis: 'The finding, in words.',
  },
  ServiceAssessed: {
    self: 'The service was assessed.',
  },
  ExplainWork: {
    self: "Explains the work to the client and asks for materials. The provider's (1.1-25, 1.1-28, 1.1-29).",
    method: 'The method, in words.',
    materials: 'The materials the client is asked for; an empty list says that none are needed.',
  },
  WorkExplained: {
    self: 'The work was explained.',
  },
};
