import { waivableRules } from '../visit/rule-ids.ts';
import { bareAct, plainAct } from './act.ts';
import { contact, position, representative } from './shared.ts';
import { flag, label, list, oneOf, optional, text } from './text.ts';

export const arrival = {
  RecordArrival: plainAct('RecordArrival', 'ProviderArrived', () => ({ position: optional(position()) })),
  ShowCredential: plainAct('ShowCredential', 'CredentialShown', () => ({ credentialId: optional(label()) })),
  ReportClientAbsence: plainAct('ReportClientAbsence', 'ClientAbsenceReported', () => ({ call: optional(contact()) })),
  RecordClientReturn: bareAct('RecordClientReturn', 'ClientReturned'),
  GiveInstruction: plainAct('GiveInstruction', 'InstructionGiven', () => ({
    about: oneOf(['client-absence', 'identity', 'materials', 'escalation', 'visit']),
    decision: oneOf(['wait', 'proceed', 'proceed-with-representative', 'reschedule', 'cancel', 'reassign', 'other']),
    text: text(),
    representative: optional(representative()),
    waives: optional(list(oneOf(waivableRules))),
  })),
  ValidateIdentity: plainAct('ValidateIdentity', 'IdentityValidated', () => ({
    person: oneOf(['client', 'representative']),
    fullNameGiven: optional(flag()),
    documentShown: optional(flag()),
    documentKind: optional(oneOf(['cedula', 'dimex', 'nite', 'passport', 'other'])),
  })),
  RejectIdentity: plainAct('RejectIdentity', 'IdentityRejected', () => ({
    reason: oneOf(['name-mismatch', 'no-document', 'refused', 'other']),
    call: optional(contact()),
  })),
  AnnounceService: plainAct('AnnounceService', 'ServiceAnnounced', () => ({ service: label() })),
};
