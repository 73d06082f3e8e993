// biome-ignore-all assist/source/organizeImports: the order is that of the protocol

import type { Invariant } from './invariant.ts';
import { assignmentInvariants } from './assignment.ts';
import { authorsInvariants } from './authors.ts';
import { arrivalInvariants } from './arrival.ts';
import { instructionsInvariants } from './instructions.ts';
import { inspectionInvariants } from './inspection.ts';
import { materialsInvariants } from './materials.ts';
import { startInvariants } from './start.ts';
import { workInvariants } from './work.ts';
import { completionInvariants } from './completion.ts';
import { endingInvariants } from './ending.ts';
import { debtsInvariants } from './debts.ts';

export type { Invariant } from './invariant.ts';
export {
  assignedFirstAndOnce,
  oneVisit,
  editionCarried,
  caseNumberKept,
  termsAsAgreed,
  amendedInSomething,
  reassignedWhenDue,
  transitIssueTold,
  transitAsReported,
  phaseThatApplies,
  instantsOfTheirEvents,
} from './assignment.ts';
export {
  actsOfTheProtocol,
  providerActsAreHis,
  centerActsAreIts,
  clientActsAreHis,
  closedByProviderOrCenter,
  breachNeverByProvider,
  noOtherProvider,
  frozenWhileReassignmentOwed,
  onlyLeavingWhileClosing,
  offContractAsAllowed,
} from './authors.ts';
export {
  arrivesOnce,
  onSiteActsOnSite,
  doorActsAfterArrival,
  credentialBeforeIdentity,
  identifiedInFull,
  representativeUnderInstruction,
  clientAnswersInPerson,
  clientHere,
  absenceAnsweredOnce,
  troubleCalledIn,
  arrivalAsRecorded,
  identityAsRecorded,
} from './arrival.ts';
export {
  instructionsAnswer,
  waivedOnlyToProceed,
  waiversWereGiven,
  waiversNeverVanish,
  instructionThatStands,
} from './instructions.ts';
export {
  identityBeforeService,
  announcedAsAssigned,
  faultBeforeInspection,
  inspectedWithClient,
  inspectedBeforeAssessed,
  assessedBeforeExplained,
  photosTakenOnce,
  photosInOrder,
  photosByTheAppFirst,
  photosNeverVanish,
  photosCounted,
  inspectionAsRecorded,
} from './inspection.ts';
export {
  materialsByTheTable,
  materialsAsTheyStand,
  latestListsCount,
  listOnlyBeforeStart,
  extraWhileRunning,
  suppliedByClient,
  nothingShortAccepted,
  rejectedWithReasons,
} from './materials.ts';
export {
  startedOnce,
  startOnSite,
  startAbsenceAnswered,
  startIdentityValid,
  startAnnounced,
  startPhotosSent,
  startExplained,
  startMaterialsSettled,
  startToolsShown,
  startAreaCleared,
  startCalledIn,
  startCallIsACall,
  startCallKept,
  preparationAsRecorded,
} from './start.ts';
export {
  exitsAlternate,
  breaksAlternate,
  exitNoticed,
  reentryNoticed,
  reentryAsArrival,
  interruptionsAsRecorded,
  runningThere,
  intervalsAsRun,
  intervalsApart,
  openWhileRunning,
} from './work.ts';
export {
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
} from './completion.ts';
export { endsOnce, afterTheEnd, closedUnderInstruction, endAsRecorded } from './ending.ts';
export { debtsAsOwed, noDebtTwice, openDebtsNotSettled, lapsedAtTheEnd } from './debts.ts';

/** Every invariant, in the order of the protocol. @since 0.1.0 */
export const invariants: readonly Invariant[] = [
  ...assignmentInvariants,
  ...authorsInvariants,
  ...arrivalInvariants,
  ...instructionsInvariants,
  ...inspectionInvariants,
  ...materialsInvariants,
  ...startInvariants,
  ...workInvariants,
  ...completionInvariants,
  ...endingInvariants,
  ...debtsInvariants,
];
