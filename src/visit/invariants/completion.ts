import { deepEqual } from '../../util/equality.ts';
import type { Policy } from '../policy.ts';
import { all, foldHistory, whenever } from './history.ts';
import { type ActTable, type Invariant, invariant, isSet, waived } from './invariant.ts';
import { closing, type ModelState, running } from './model-state.ts';

/** The acts of this chapter: author, place, and the instant of the visit that they make. */
export const acts = {
  QualityTested: { by: 'P', where: 'on site' },
  ClientConformed: { by: 'K', where: 'on site', instant: ({ closing }) => closing.conformedAt },
  ClientObjected: { by: 'K', where: 'on site' },
  SiteHandedOver: { by: 'P', where: 'on site', instant: ({ closing }) => closing.handedOverAt },
  BelongingsShown: { by: 'P', where: 'on site', instant: ({ closing }) => closing.belongingsShownAt },
  CompletionReported: { by: 'P+', where: 'on site', instant: ({ closing }) => closing.completionReportedAt },
  FarewellGiven: { by: 'P', where: 'on site', instant: ({ closing }) => closing.farewellGivenAt },
  Completed: { by: 'P+', where: 'on site', instant: ({ closing }) => closing.completedAt },
} satisfies ActTable;

/** The conditions just before the visit is completed. */
function atCompletion(check: (before: ModelState, policy: Policy) => boolean): Invariant['holds'] {
  return (_state, history, policy) => whenever(history, ['Completed'], (_event, before) => check(before, policy));
}

/** The quality is tested only while work is running. Clause 1.1-46. @since 0.1.0 */
export const testedWhileRunning = invariant(
  'tested-while-running',
  '1.1-46',
  'The quality is tested only while work is running.',
  (_state, history) => whenever(history, ['QualityTested'], (_event, before) => running(before)),
);

/** The quality is tested with the client, or that is waived. Clause 1.1-47. @since 0.1.0 */
export const testedWithClient = invariant(
  'tested-with-client',
  '1.1-47',
  'The quality is tested with the client, or that is waived.',
  (_state, history, policy) =>
    whenever(history, ['QualityTested'], ({ data }, before) => {
      return data.withClient === true || waived('tested-with-client', before, policy);
    }),
);

/** A test of quality passed exactly when each of its tests, at least one, did. Clause 1.1-47. @since 0.1.0 */
export const testsPassedTogether = invariant(
  'tests-passed-together',
  '1.1-47',
  'A test of quality passed exactly when each of its tests, at least one, did.',
  (_state, history) =>
    all(history, 'QualityTested').every(({ data: { tests, passed } }) => {
      return tests.length > 0 && passed === tests.every((test) => test.passed);
    }),
);

/** The client finds the work in order only once the tests passed, or that is waived. Clause 1.1-47. @since 0.1.0 */
export const conformityAfterTests = invariant(
  'conformity-after-tests',
  '1.1-47',
  'The client finds the work in order only once the tests passed, or that is waived.',
  (_state, history, policy) =>
    whenever(history, ['ClientConformed'], (_event, before) => {
      return before.tests === 'passed' || waived('tests-passed', before, policy);
    }),
);

/** The client objects only to work whose tests stand, passed or failed. Clause 1.1-50. @since 0.1.0 */
export const objectionAfterTests = invariant(
  'objection-after-tests',
  '1.1-50',
  'The client objects only to work whose tests stand, passed or failed.',
  (_state, history) => whenever(history, ['ClientObjected'], (_event, before) => before.tests !== null),
);

/**
 * The place is handed over after the start and with its structure preserved, or that is waived. Clause 1.1-45.
 * @since 0.1.0
 */
export const handedOverIntact = invariant(
  'handed-over-intact',
  '1.1-45',
  'The place is handed over after the start and with its structure preserved, or that is waived.',
  (_state, history, policy) =>
    whenever(history, ['SiteHandedOver'], ({ data }, before) => {
      const intact = data.structuralConditionPreserved === true || waived('structure-preserved', before, policy);
      return before.stands.has('WorkStarted') && intact;
    }),
);

/**
 * Belongings are shown after the start or on leaving, and whether the client confirmed is said. Clause 1.1-53.
 * @since 0.1.0
 */
export const belongingsShownInTime = invariant(
  'belongings-shown-in-time',
  '1.1-53',
  'Belongings are shown after the start or on leaving, and whether the client confirmed is said.',
  (_state, history) =>
    whenever(history, ['BelongingsShown'], ({ data }, before) => {
      return (before.stands.has('WorkStarted') || closing(before)) && data.clientConfirmed !== undefined;
    }),
);

/**
 * A completion that is reported was reported after the start, by a call that named the assigned case number. Clause
 * 1.3-04.
 * @since 0.1.0
 */
export const completionCallNamesCase = invariant(
  'completion-call-names-case',
  '1.3-04',
  'A completion that is reported was reported after the start, by a call that named the assigned case number.',
  (_state, history) =>
    whenever(history, ['CompletionReported'], ({ data }, before) => {
      return (
        before.stands.has('WorkStarted') && data.call !== undefined && data.caseNumber === before.terms?.caseNumber
      );
    }),
);

/**
 * The completion is reported only once the client found the work in order, or that is waived. Clause 1.1-50.
 * @since 0.1.0
 */
export const completionCallAfterConformity = invariant(
  'completion-call-after-conformity',
  '1.1-50',
  'The completion is reported only once the client found the work in order, or that is waived.',
  (_state, history, policy) =>
    whenever(history, ['CompletionReported'], (_event, before) => {
      return before.stands.has('ClientConformed') || waived('conformity', before, policy);
    }),
);

/** A visit is completed on site, after the start, on no break and awaiting no materials. Clause 1.1-43. @since 0.1.0 */
export const completedWorking = invariant(
  'completed-working',
  '1.1-43',
  'A visit is completed on site, after the start, on no break and awaiting no materials.',
  atCompletion((before) => before.stands.has('ProviderArrived') && running(before)),
);

/** A visit is completed only while its tests stand as passed, or that is waived. Clause 1.1-47. @since 0.1.0 */
export const completedTested = invariant(
  'completed-tested',
  '1.1-47',
  'A visit is completed only while its tests stand as passed, or that is waived.',
  atCompletion((before, policy) => before.tests === 'passed' || waived('tests-passed', before, policy)),
);

/**
 * A visit is completed only while the conformity of the client stands, or that is waived. Clause 1.1-50.
 * @since 0.1.0
 */
export const completedConformed = invariant(
  'completed-conformed',
  '1.1-50',
  'A visit is completed only while the conformity of the client stands, or that is waived.',
  atCompletion((before, policy) => before.stands.has('ClientConformed') || waived('conformity', before, policy)),
);

/** A visit is completed only while the handover of the place stands, or that is waived. Clause 1.1-45. @since 0.1.0 */
export const completedHandedOver = invariant(
  'completed-handed-over',
  '1.1-45',
  'A visit is completed only while the handover of the place stands, or that is waived.',
  atCompletion((before, policy) => before.stands.has('SiteHandedOver') || waived('handed-over', before, policy)),
);

/**
 * A visit is completed only once the belongings were shown at this exit, or that is waived. Clause 1.1-52.
 * @since 0.1.0
 */
export const completedBelongingsChecked = invariant(
  'completed-belongings-checked',
  '1.1-52',
  'A visit is completed only once the belongings were shown at this exit, or that is waived.',
  atCompletion((before, policy) => before.belongings !== null || waived('belongings-checked', before, policy)),
);

/**
 * A visit is completed only if the client did not dispute the belongings shown, or that is waived. Clause 1.1-53.
 * @since 0.1.0
 */
export const completedBelongingsConfirmed = invariant(
  'completed-belongings-confirmed',
  '1.1-53',
  'A visit is completed only if the client did not dispute the belongings shown, or that is waived.',
  atCompletion((before, policy) => before.belongings !== 'disputed' || waived('belongings-confirmed', before, policy)),
);

/**
 * A visit is completed only while a completion call that named the case number, as it then was, stands; nothing waives
 * it. Clause 1.3-02.
 * @since 0.1.0
 */
export const completedCalledIn = invariant(
  'completed-called-in',
  '1.3-02',
  'A visit is completed only while a completion call that named the case number, as it then was, stands; nothing waives it.',
  atCompletion((before) => before.stands.has('CompletionReported') && before.caseNamed !== null),
);

/**
 * Tests, conformity, handover, belongings and completion call stand in the visit exactly while nothing has undone
 * them. Clause 1.3-02.
 * @since 0.1.0
 */
export const closingAsRecorded = invariant(
  'closing-as-recorded',
  '1.3-02',
  'Tests, conformity, handover, belongings and completion call stand in the visit exactly while nothing has undone them.',
  ({ closing: stated }, history) => {
    const { tests, stands, belongings, caseNamed } = foldHistory(history);
    const called = stands.has('CompletionReported');
    const { conformedAt, handedOverAt, belongingsShownAt, completionReportedAt } = stated;
    const marks = [conformedAt, handedOverAt, belongingsShownAt, completionReportedAt].map(isSet);
    const confirmed = stated.belongingsConfirmed === (belongings === 'confirmed');
    return (
      deepEqual(marks, [stands.has('ClientConformed'), stands.has('SiteHandedOver'), belongings !== null, called]) &&
      stated.tests === tests &&
      stated.caseNumberNamed === caseNamed &&
      confirmed
    );
  },
);

/** The invariants of this chapter. */
export const invariants: readonly Invariant[] = [
  testedWhileRunning,
  testedWithClient,
  testsPassedTogether,
  conformityAfterTests,
  objectionAfterTests,
  handedOverIntact,
  belongingsShownInTime,
  completionCallNamesCase,
  completionCallAfterConformity,
  completedWorking,
  completedTested,
  completedConformed,
  completedHandedOver,
  completedBelongingsChecked,
  completedBelongingsConfirmed,
  completedCalledIn,
  closingAsRecorded,
];
