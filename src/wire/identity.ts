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

/** Descriptions of the messages and their fields: made of their docstrings by `npm run reference`. */
export const descriptions = {
  ValidateIdentity: {
    self: "Validates the identity of the person at the door. The provider's (1.1-07, 1.1-08, 1.1-11).",
    person: 'Person who was identified; a representative only under an instruction.',
    fullNameGiven: 'True if the full name was given; must be true (1.1-07).',
    documentShown: 'True if a document was shown; must be true (1.1-07).',
    documentKind: 'Kind of the document.',
  },
  IdentityValidated: {
    self: 'The identity was validated.',
  },
  RejectIdentity: {
    self: "Rejects the identity of the person at the door. The provider's, or recorded for them by the contact center (1.1-08).",
    reason: 'Reason for rejecting it.',
    call: 'The call to the contact center; must be there (1.1-09).',
  },
  IdentityRejected: {
    self: 'The identity was rejected.',
  },
  AnnounceService: {
    self: "Announces the service to the client. The provider's (1.1-12, 1.1-13).",
    service: 'The service, exactly the one assigned (1.1-13).',
  },
  ServiceAnnounced: {
    self: 'The service was announced.',
  },
};
