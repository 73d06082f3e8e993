import { plainAct } from './act.ts';
import { contact } from './shared.ts';
import { flag, label, oneOf, optional } from './text.ts';

export const identity = {
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
