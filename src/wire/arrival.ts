import { bareAct, plainAct } from './act.ts';
import { contact, position } from './shared.ts';
import { label, optional } from './text.ts';

export const arrival = {
  RecordArrival: plainAct('RecordArrival', 'ProviderArrived', () => ({ position: optional(position()) })),
  ShowCredential: plainAct('ShowCredential', 'CredentialShown', () => ({ credentialId: optional(label()) })),
  ReportClientAbsence: plainAct('ReportClientAbsence', 'ClientAbsenceReported', () => ({ call: optional(contact()) })),
  RecordClientReturn: bareAct('RecordClientReturn', 'ClientReturned'),
};
