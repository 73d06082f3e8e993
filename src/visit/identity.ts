import type { AnnounceServiceData, ValidateIdentityData } from '../messages/index.ts';
import { act, done } from './act.ts';
import { credentialShown, endAbsence } from './arrival.ts';
import { arrived, callMade, clientAnswers, onSite } from './common-rules.ts';
import { discharge, openDebt } from './debts.ts';
import { type RuleInput, rule, when } from './rule.ts';

/** The contact center allowed a representative to attend. */
const representativeAllowed = rule(
  'representative-allowed',
  '1.1-09',
  (visit) => visit.identity.representativeAllowed,
  { remedy: ['GiveInstruction'] },
);

/** The full name was given and a document was shown. */
const identified = rule(
  'identified',
  '1.1-07',
  (_, { data }: RuleInput<Partial<ValidateIdentityData>>) => data.fullNameGiven === true && data.documentShown === true,
  {
    facts: (_, { data }) => ({
      fullNameGiven: data.fullNameGiven === true,
      documentShown: data.documentShown === true,
    }),
  },
);

type Person = Pick<ValidateIdentityData, 'person'>;

/** The person who attends is who they say. The number of their document is never recorded. */
const ValidateIdentity = act('ValidateIdentity', 'IdentityValidated', {
  by: 'P',
  clauses: ['1.1-07', '1.1-08', '1.1-11'],
  unprovenClauses: ({ fullNameGiven, documentShown }) =>
    fullNameGiven === true && documentShown === true ? [] : ['1.1-07'],
  isFulfilled: (visit) => visit.identity.validatedAt !== null,
  ignoredFromOthers: true,
  needs: [
    arrived,
    credentialShown,
    ...when(({ person }: Person) => person === 'client', [clientAnswers]),
    ...when(({ person }: Person) => person === 'representative', [representativeAllowed]),
    identified,
  ],
  effect: (visit, { data }) => {
    visit.identity.validatedAt = data.at;
    visit.identity.person = data.person;
    visit.identity.rejectedAt = null;
    discharge(visit, 'give-instruction', 'identity');
    if (data.person === 'representative') endAbsence(visit);
  },
  witnesses: () => [
    { person: 'client', fullNameGiven: true, documentShown: true },
    { person: 'representative', fullNameGiven: true, documentShown: true },
  ],
});

/** The identity of the person who attends was validated, and not rejected since. */
export const identityValid = done('identity-valid', '1.1-08', ValidateIdentity);

/** The person who attends could not be validated: the provider calls for instructions. */
const RejectIdentity = act('RejectIdentity', 'IdentityRejected', {
  by: 'P+',
  clauses: ['1.1-08'],
  ignoredFromOthers: true,
  needs: [arrived, credentialShown, callMade('1.1-09')],
  effect: (visit, { data }) => {
    visit.identity.validatedAt = null;
    visit.identity.person = null;
    visit.identity.rejectedAt = data.at;
    openDebt(visit, 'give-instruction', '1.1-10', data.at, 'identity');
  },
  witnesses: (_, { at }) => [{ reason: 'other', call: { at } }],
});

/** The service announced is the one assigned. */
const serviceAsAssigned = rule(
  'service-as-assigned',
  '1.1-13',
  (visit, { data }: RuleInput<Pick<AnnounceServiceData, 'service'>>) => data.service === visit.service,
  { remedy: ['AmendAssignment'], facts: ({ service }, { data }) => ({ assigned: service, announced: data.service }) },
);

/** The provider says which service they came to carry out. */
const AnnounceService = act('AnnounceService', 'ServiceAnnounced', {
  by: 'P',
  clauses: ['1.1-12', '1.1-13'],
  isFulfilled: (visit) => visit.inspection.announcedAt !== null,
  needs: [...onSite, identityValid, serviceAsAssigned],
  effect: (visit, { data }) => {
    visit.inspection.announcedAt = data.at;
  },
  witnesses: ({ service }) => [{ service: service ?? 'servicio' }],
});

/** The assigned service has been announced. */
export const serviceAnnounced = done('service-announced', '1.1-12', AnnounceService);

/** The acts of this chapter, in the order of the protocol. */
export const acts = [ValidateIdentity, RejectIdentity, AnnounceService];
