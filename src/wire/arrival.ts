import { bareAct, plainAct } from './act.ts';
import { contact, position } from './shared.ts';
import { label, optional } from './text.ts';

export const arrival = {
  RecordArrival: plainAct('RecordArrival', 'ProviderArrived', () => ({ position: optional(position()) })),
  ShowCredential: plainAct('ShowCredential', 'CredentialShown', () => ({ credentialId: optional(label()) })),
  ReportClientAbsence: plainAct('ReportClientAbsence', 'ClientAbsenceReported', () => ({ call: optional(contact()) })),
  RecordClientReturn: bareAct('RecordClientReturn', 'ClientReturned'),
};

/** Descriptions of the messages and their fields: made of their docstrings by `npm run reference`. */
export const descriptions = {
  RecordArrival: {
    self: "Records the arrival at the place. The provider's, or recorded for them by the contact center (1.1-01).",
    position: 'Position of the device.',
  },
  ProviderArrived: {
    self: 'The provider arrived.',
  },
  ShowCredential: {
    self: "Shows the credential (carné) to the client. The provider's (1.1-03).",
    credentialId: 'Number or text printed on the credential (carné).',
  },
  CredentialShown: {
    self: 'The credential was shown.',
  },
  ReportClientAbsence: {
    self: "Reports that the client is not there, or left. The provider's, or recorded for them by the contact center (1.1-09).",
    call: 'The call to the contact center; must be there (1.1-09).',
  },
  ClientAbsenceReported: {
    self: "The client's absence was reported.",
  },
  RecordClientReturn: {
    self: "Records that the client is there again. The provider's (1.1-09).",
  },
  ClientReturned: {
    self: 'The client returned.',
  },
};
