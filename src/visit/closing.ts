import type { HandOverSiteData, ReportCompletionData, ShowBelongingsData, TestQualityData } from '../messages/index.ts';
import { act, type Deviation, done } from './act.ts';
import {
  callMade,
  clientAnswers,
  clientHere,
  endingInstructed,
  isPresent,
  onSite,
  running,
  started,
  testsPassed,
  undoAcceptance,
} from './common-rules.ts';
import { lapse, openDebt } from './debts.ts';
import { notAwaitingMaterials } from './materials.ts';
import { type RuleInput, rule } from './rule.ts';
import { isClosing, type VisitDraft, type VisitState } from './state.ts';

/** The tests are made together with the client. */
const testedWithClient = rule(
  'tested-with-client',
  '1.1-47',
  (_, { data }: RuleInput<Partial<TestQualityData>>) => data.withClient === true,
);

/** Provider and client try out the repair. */
const TestQuality = act('TestQuality', 'QualityTested', {
  by: 'P',
  clauses: ['1.1-46', '1.1-47'],
  unprovenClauses: ({ passed }) => (passed === true ? [] : ['1.1-47']),
  isFulfilled: ({ closing }) => closing.tests === 'passed',
  // Tests that were made were made, passed, failed or objected to later (PROTOCOL §6).
  standsFor: { '1.1-46': ({ closing }) => closing.tests !== null },
  reads: { tests: [{}] },
  needs: [running('1.1-46', '1.1-49'), clientHere, testedWithClient],
  derivedData: ({ tests }) => ({ passed: tests.every(({ passed }) => passed) }),
  effect: (visit, { data }) => {
    visit.closing.testedAt = data.at;
    if (data.passed) visit.closing.tests = 'passed';
    else recordFailedTest(visit);
  },
  witnesses: () => [{ withClient: true, tests: [{ name: 'prueba', passed: true }] }],
});

function recordFailedTest(visit: VisitDraft): void {
  visit.closing.tests = 'failed';
  undoAcceptance(visit);
}

/** The client says that the repair is right. */
const RecordConformity = act('RecordConformity', 'ClientConformed', {
  by: 'K',
  clauses: ['1.1-50'],
  isFulfilled: ({ closing }) => closing.conformedAt !== null,
  needs: [...onSite, clientAnswers, testsPassed],
  effect: ({ closing }, { data }) => {
    closing.conformedAt = data.at;
  },
  witnesses: () => [{}],
});

/** The client says that the repair is right. */
const conformity = done('conformity', '1.1-50', RecordConformity);

/** Tests were made, passed or failed. */
const testsStand = rule('tests-stand', '1.1-50', (visit) => visit.closing.tests !== null, { remedy: ['TestQuality'] });

/** The client says that the repair is not right: the tests stand as failed. */
const RecordObjection = act('RecordObjection', 'ClientObjected', {
  by: 'K',
  clauses: ['1.1-50'],
  unprovenClauses: () => ['1.1-50'],
  needs: [...onSite, testsStand],
  effect: recordFailedTest,
  witnesses: () => [{ what: 'objeción' }],
});

/** The place keeps the structure that it had. */
const structurePreserved = rule(
  'structure-preserved',
  '1.1-45',
  (_, { data }: RuleInput<Partial<HandOverSiteData>>) => data.structuralConditionPreserved === true,
);

/** The provider hands the place over. */
const HandOverSite = act('HandOverSite', 'SiteHandedOver', {
  by: 'P',
  clauses: ['1.1-44', '1.1-45'],
  unprovenClauses: ({ structuralConditionPreserved }) => (structuralConditionPreserved === true ? [] : ['1.1-45']),
  isFulfilled: ({ closing }) => closing.handedOverAt !== null,
  needs: [...onSite, started, structurePreserved],
  effect: ({ closing }, { data }) => {
    closing.handedOverAt = data.at;
  },
  witnesses: () => [{ structuralConditionPreserved: true }],
});

/** The place was handed over. */
const handedOver = done('handed-over', '1.1-45', HandOverSite);

/** Work has started, or the visit is being closed. */
const startedOrClosing = rule(
  'started-or-closing',
  '1.1-51',
  (visit) => visit.work.startedAt !== null || isClosing(visit),
  { remedy: ['StartWork'] },
);

/** The command says whether the client confirmed the belongings that the provider takes away. */
const confirmationSaid = rule('confirmation-said', '1.1-53', (_, { data }: RuleInput<Partial<ShowBelongingsData>>) =>
  isPresent(data.clientConfirmed),
);

/**
 * Things that the provider takes along and had not shown on arriving, and those that the client says are not theirs (1.1-52,
 * 1.1-53).
 */
function belongingsAstray({ items, clientConfirmed, disputed = [] }: ShowBelongingsData, { work }: VisitState) {
  const unlisted = items.filter((item) => !work.tools.includes(item));
  const found: Deviation[] = [];
  if (unlisted.length > 0) found.push({ clause: '1.1-52', facts: { unlisted } });
  if (clientConfirmed === false || disputed.length > 0) {
    found.push({ clause: '1.1-53', facts: { clientConfirmed: clientConfirmed ?? null, disputed } });
  }
  return found;
}

const belongingsShown = ({ closing }: VisitState) => closing.belongingsShownAt !== null;

/** The provider shows the client that all they take away is theirs. What is disputed is escalated. */
const ShowBelongings = act('ShowBelongings', 'BelongingsShown', {
  by: 'P',
  clauses: ['1.1-51', '1.1-52', '1.1-53'],
  reads: { items: [''] },
  unprovenClauses: ({ clientConfirmed }) => (clientConfirmed === true ? [] : ['1.1-53']),
  deviations: belongingsAstray,
  isFulfilled: ({ closing }) => closing.belongingsConfirmed,
  standsFor: { '1.1-51': belongingsShown, '1.1-52': belongingsShown },
  whileClosing: () => true,
  needs: [...onSite, clientAnswers, startedOrClosing, confirmationSaid],
  effect: (visit, { data }) => {
    visit.closing.belongingsShownAt = data.at;
    visit.closing.belongingsConfirmed = data.clientConfirmed === true;
    if (data.clientConfirmed !== true) openDebt(visit, 'take-up-escalation', '2.2-08', data.at);
  },
  witnesses: ({ work }) => [{ items: [...work.tools], clientConfirmed: true }],
});

/** The case number named in the call is the assigned one. */
const caseNumberNamed = rule(
  'case-number-named',
  '1.3-04',
  (visit, { data }: RuleInput<Partial<ReportCompletionData>>) => data.caseNumber === visit.caseNumber,
  { facts: (visit, { data }) => ({ named: data.caseNumber ?? null, assigned: visit.caseNumber }) },
);

/** The provider calls the contact center to say that the work is done, and names the case. */
const ReportCompletion = act('ReportCompletion', 'CompletionReported', {
  by: 'P+',
  clauses: ['1.3-02', '1.3-03', '1.3-04'],
  unprovenClauses: ({ caseNumber }, visit) => (caseNumber === visit.caseNumber ? [] : ['1.3-04']),
  isFulfilled: ({ closing }) => closing.completionReportedAt !== null && closing.caseNumberNamed !== null,
  standsFor: { '1.3-02': ({ closing }) => closing.completionReportedAt !== null },
  needs: [...onSite, started, conformity, callMade('1.3-02'), caseNumberNamed],
  effect: ({ closing, caseNumber }, { data }) => {
    // The first of several calls is the one that the work ends with; any of them may name the case.
    closing.completionReportedAt ??= data.at;
    if (data.caseNumber === caseNumber) closing.caseNumberNamed ??= caseNumber;
  },
  witnesses: ({ caseNumber }, { at }) => [{ caseNumber: caseNumber ?? 'EXP-1', call: { at } }],
});

/** The provider takes leave. */
export const GiveFarewell = act('GiveFarewell', 'FarewellGiven', {
  by: 'P',
  clauses: ['1.3-01'],
  isFulfilled: ({ closing }) => closing.farewellGivenAt !== null,
  whileClosing: () => true,
  afterEnd: () => true,
  needs: onSite,
  effect: ({ closing }, { data }) => {
    closing.farewellGivenAt = data.at;
  },
  witnesses: () => [{}],
});

/** Work is not on a break. */
const notOnBreak = rule('not-on-break', '1.1-43', (visit) => !visit.work.onBreak, { remedy: ['ResumeWork'] });

/** The client saw the belongings that the provider takes away. */
const belongingsChecked = rule('belongings-checked', '1.1-52', belongingsShown, {
  remedy: ['ShowBelongings'],
});

/** The client does not dispute the provider's belongings. */
const belongingsConfirmed = rule(
  'belongings-confirmed',
  '1.1-53',
  ({ closing }) => closing.belongingsShownAt === null || closing.belongingsConfirmed,
  { remedy: ['ShowBelongings'] },
);

/** The contact center was called at the end, and the case named. */
const completionReported = rule(
  'completion-reported',
  '1.3-02',
  (visit) => visit.closing.completionReportedAt !== null,
  { remedy: ['ReportCompletion'] },
);

/** The service is done. */
const CompleteVisit = act('CompleteVisit', 'Completed', {
  by: 'P+',
  clauses: ['1.3-02'],
  unprovenClauses: () => ['1.3-02'],
  isFulfilled: ({ closing }) => closing.completedAt !== null,
  ignoredFromOthers: true,
  needs: [
    ...onSite,
    started,
    notOnBreak,
    notAwaitingMaterials,
    testsPassed,
    conformity,
    handedOver,
    belongingsChecked,
    belongingsConfirmed,
    completionReported,
  ],
  effect: (visit, { data }) => {
    visit.closing.completedAt = data.at;
    lapse(visit);
  },
  witnesses: () => [{}],
});

/** The visit ends without service, as the contact center instructed. */
const CloseVisit = act('CloseVisit', 'VisitClosed', {
  by: 'P or C',
  clauses: ['1.1-10'],
  unprovenClauses: () => ['1.1-10'],
  ignoredFromOthers: true,
  whileClosing: () => true,
  needs: [endingInstructed],
  derivedData: (_, { instruction }) => ({ outcome: instruction === 'reschedule' ? 'rescheduled' : 'cancelled' }),
  effect: (visit, { data }) => {
    visit.closing.closedAt = data.at;
    visit.closing.outcome = data.outcome;
    visit.instruction = null;
    lapse(visit);
  },
  witnesses: () => [{}],
});

/** The acts of this chapter, in the order of the protocol. */
export const acts = [
  TestQuality,
  RecordConformity,
  RecordObjection,
  HandOverSite,
  ShowBelongings,
  ReportCompletion,
  GiveFarewell,
  CompleteVisit,
  CloseVisit,
];
