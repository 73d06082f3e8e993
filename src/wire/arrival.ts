import * as z from 'zod/mini';
import { waivableRules } from '../visit/rule-ids.ts';
import { bareAct, plainAct } from './act.ts';
import { contact, position } from './shared.ts';
import { label, list, name, optional, text } from './text.ts';

export const arrival = {
  RecordArrival: plainAct('RecordArrival', 'ProviderArrived', () => ({ position: optional(position()) })),
  ShowCredential: plainAct('ShowCredential', 'CredentialShown', () => ({ credentialId: optional(label()) })),
  ReportClientAbsence: plainAct('ReportClientAbsence', 'ClientAbsenceReported', () => ({ call: optional(contact()) })),
  RecordClientReturn: bareAct('RecordClientReturn', 'ClientReturned'),
  GiveInstruction: plainAct('GiveInstruction', 'InstructionGiven', () => ({
    about: z.enum(['client-absence', 'identity', 'materials', 'escalation', 'visit']),
    decision: z.enum(['wait', 'proceed', 'proceed-with-representative', 'reschedule', 'cancel', 'reassign', 'other']),
    text: text(),
    representative: optional(z.strictObject({ name: name() })),
    waives: optional(list(z.enum(waivableRules))),
  })),
  ValidateIdentity: plainAct('ValidateIdentity', 'IdentityValidated', () => ({
    person: z.enum(['client', 'representative']),
    fullNameGiven: optional(z.boolean()),
    documentShown: optional(z.boolean()),
    documentKind: optional(z.enum(['cedula', 'dimex', 'nite', 'passport', 'other'])),
  })),
  RejectIdentity: plainAct('RejectIdentity', 'IdentityRejected', () => ({
    reason: z.enum(['name-mismatch', 'no-document', 'refused', 'other']),
    call: optional(contact()),
  })),
  AnnounceService: plainAct('AnnounceService', 'ServiceAnnounced', () => ({ service: label() })),
};
