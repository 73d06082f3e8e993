import { deepEqual } from '../../util/equality.ts';
import { foldHistory, whenever } from './history.ts';
import { type ActTable, type Invariant, invariant, isSet, waived } from './invariant.ts';
import { owed } from './model-state.ts';

/** The acts of this chapter: author, place, and the instant of the visit that they make. */
export const acts = {
  ProviderArrived: { by: 'P+', instant: ({ arrival }) => arrival.arrivedAt },
  CredentialShown: { by: 'P', where: 'arrived', instant: ({ arrival }) => arrival.credentialShownAt },
  ClientAbsenceReported: { by: 'P+', where: 'arrived', instant: ({ arrival }) => arrival.absentSince },
  ClientReturned: { by: 'P' },
  IdentityValidated: { by: 'P', where: 'arrived', instant: ({ identity }) => identity.validatedAt },
  IdentityRejected: { by: 'P+', where: 'arrived', instant: ({ identity }) => identity.rejectedAt },
} satisfies ActTable;

/** A provider who is there does not arrive. Clause 1.1-01. @since 0.1.0 */
export const arrivesOnce = invariant(
  'arrives-once',
  '1.1-01',
  'A provider who is there does not arrive.',
  (_state, history) =>
    whenever(history, ['ProviderArrived'], (_event, before) => !before.stands.has('ProviderArrived')),
);

/**
 * The provider now assigned showed their credential before any identity was validated or rejected, or that is waived.
 * Clause 1.1-03.
 * @since 0.1.0
 */
export const credentialBeforeIdentity = invariant(
  'credential-before-identity',
  '1.1-03',
  'The provider now assigned showed their credential before any identity was validated or rejected, or that is waived.',
  (_state, history, policy) =>
    whenever(history, ['IdentityValidated', 'IdentityRejected'], (_event, before) => {
      return before.stands.has('CredentialShown') || waived('credential-shown', before, policy);
    }),
);

/** An identity is validated by the full name and a document, or that is waived. Clause 1.1-07. @since 0.1.0 */
export const identifiedInFull = invariant(
  'identified-in-full',
  '1.1-07',
  'An identity is validated by the full name and a document, or that is waived.',
  (_state, history, policy) =>
    whenever(history, ['IdentityValidated'], ({ data: { fullNameGiven, documentShown } }, before) => {
      return (fullNameGiven === true && documentShown === true) || waived('identified', before, policy);
    }),
);

/** A representative is accepted only while an instruction to proceed with one stands. Clause 1.1-09. @since 0.1.0 */
export const representativeUnderInstruction = invariant(
  'representative-under-instruction',
  '1.1-09',
  'A representative is accepted only while an instruction to proceed with one stands.',
  (_state, history) =>
    whenever(history, ['IdentityValidated'], ({ data }, before) => {
      return data.person !== 'representative' || before.representative;
    }),
);

/**
 * No client is identified, finds the work in order or is shown the belongings while absent. Clause 1.1-09.
 * @since 0.1.0
 */
export const clientAnswersInPerson = invariant(
  'client-answers-in-person',
  '1.1-09',
  'No client is identified, finds the work in order or is shown the belongings while absent.',
  (_state, history) =>
    whenever(history, ['IdentityValidated', 'ClientConformed', 'BelongingsShown'], ({ type, data }, before) => {
      return (
        !before.stands.has('ClientAbsenceReported') ||
        (type === 'IdentityValidated' && data.person === 'representative')
      );
    }),
);

/**
 * The area is inspected, the work explained, the tools shown and the quality tested while no absence is open, or that
 * is waived. Clause 1.1-09.
 * @since 0.1.0
 */
export const clientHere = invariant(
  'client-here',
  '1.1-09',
  'The area is inspected, the work explained, the tools shown and the quality tested while no absence is open, or that is waived.',
  (_state, history, policy) =>
    whenever(history, ['AreaInspected', 'WorkExplained', 'ToolsShown', 'QualityTested'], (_event, before) => {
      return !before.stands.has('ClientAbsenceReported') || waived('client-here', before, policy);
    }),
);

/**
 * An absence is reported again only once the earlier report has its instruction, and a return ends an open one. Clause
 * 1.1-09.
 * @since 0.1.0
 */
export const absenceAnsweredOnce = invariant(
  'absence-answered-once',
  '1.1-09',
  'An absence is reported again only once the earlier report has its instruction, and a return ends an open one.',
  (_state, history) =>
    whenever(history, ['ClientAbsenceReported', 'ClientReturned'], ({ type }, before) => {
      return type === 'ClientReturned'
        ? before.stands.has('ClientAbsenceReported')
        : !owed(before, 'give-instruction', 'client-absence');
    }),
);

/**
 * Absence, a rejected identity and refused materials are told to the contact center by a call. Clause 1.1-09.
 * @since 0.1.0
 */
export const troubleCalledIn = invariant(
  'trouble-called-in',
  '1.1-09',
  'Absence, a rejected identity and refused materials are told to the contact center by a call.',
  (_state, history) =>
    whenever(history, ['ClientAbsenceReported', 'IdentityRejected', 'MaterialsChangeRefused'], ({ data }) => {
      return data.call !== undefined;
    }),
);

/**
 * Arrival, credential and absence stand in the visit exactly while nothing has undone them. Clause 1.1-01.
 * @since 0.1.0
 */
export const arrivalAsRecorded = invariant(
  'arrival-as-recorded',
  '1.1-01',
  'Arrival, credential and absence stand in the visit exactly while nothing has undone them.',
  ({ arrival }, history) => {
    const { stands } = foldHistory(history);
    return deepEqual([arrival.arrivedAt, arrival.credentialShownAt, arrival.absentSince].map(isSet), [
      stands.has('ProviderArrived'),
      stands.has('CredentialShown'),
      stands.has('ClientAbsenceReported'),
    ]);
  },
);

/**
 * Identity, its rejection and a representative allowed stand in the visit exactly while nothing has undone them.
 * Clause 1.1-08.
 * @since 0.1.0
 */
export const identityAsRecorded = invariant(
  'identity-as-recorded',
  '1.1-08',
  'Identity, its rejection and a representative allowed stand in the visit exactly while nothing has undone them.',
  ({ identity }, history) => {
    const { identity: person, stands, representative } = foldHistory(history);
    const { validatedAt, rejectedAt, representativeAllowed } = identity;
    const stated = [isSet(validatedAt), identity.person, isSet(rejectedAt), representativeAllowed];
    return deepEqual(stated, [person !== null, person, stands.has('IdentityRejected'), representative]);
  },
);

/** The invariants of this chapter. */
export const invariants: readonly Invariant[] = [
  arrivesOnce,
  credentialBeforeIdentity,
  identifiedInFull,
  representativeUnderInstruction,
  clientAnswersInPerson,
  clientHere,
  absenceAnsweredOnce,
  troubleCalledIn,
  arrivalAsRecorded,
  identityAsRecorded,
];
