import { names } from './en-names.ts';
import * as told from './en-tellings.ts';
import type { Wording } from './wording.ts';

/** English. */
export const en: Wording = {
  locale: 'en',
  names,
  unknownRule: told.unknownRule,
  waivable: told.waivable,
  rules: {
    'assigned-first': told.assignedFirst,
    'same-visit': told.sameVisit,
    'not-ended': told.notEnded,
    role: told.role,
    'assigned-provider': told.assignedProvider,
    'not-frozen':
      'The visit awaits another provider; do not go on until the contact center reassigns it or says to proceed.',
    'not-closing': told.notClosing,
    'something-amended':
      'The amendment changes nothing; give at least one new detail, such as service, place or arrival time.',
    'not-arrived': told.notArrived,
    'issue-named': 'It is not recorded what happened on the way; say whether a breakdown or a delay, or describe it.',
    'resolvable-said': 'It is not recorded whether the issue can be solved on the spot; answer yes or no.',
    'excess-said':
      'It is not recorded whether the response time will be exceeded; answer, in case the client has to be told.',
    'issue-reported': 'No issue on the way was reported; record the report of the provider first.',
    'reassignment-due':
      'Nothing calls for another provider; record the issue that has no solution, or the instruction to reassign.',
    'another-provider': told.anotherProvider,
    arrived: 'The arrival of the provider is missing; record it first.',
    'absence-answered':
      'The absence of the client awaits an instruction; ask the contact center, or record that the client is back.',
    'call-made': told.callMade,
    'absence-open': 'No absence of the client is on record; go on, or report it if the client is not there.',
    'question-open': told.questionOpen,
    'waiver-proceeds': told.waiverProceeds,
    'credential-shown': 'The credential has not been shown to the client; show it, and record it.',
    'client-answers':
      'The client is reported absent, and this is for the client; record the return, or validate a representative.',
    'representative-allowed': 'No representative is authorized to attend; ask the contact center for that instruction.',
    identified: told.identified,
    'not-away': 'The visit is suspended; record the arrival and the re-entry, with notice to the contact center.',
    'identity-valid': 'The identity of the person at the door is not validated; validate it before you go on.',
    'service-as-assigned': told.serviceAsAssigned,
    'fault-located': 'The fault has not been located; ask the client where it is, and record it.',
    'client-here': 'The client is reported absent; record the return, or ask the contact center for instructions.',
    'client-present':
      'The client must be at the inspection; inspect the area together, and say that the client was there.',
    'photos-listed': 'The record has no photos; take at least one of the site, and include it.',
    'photos-new': told.photosNew,
    'photos-taken': told.photosTaken,
    'channel-allowed': told.channelAllowed,
    'email-justified': 'It is not recorded why the app was not used; give the reason when you send photos by e-mail.',
    'photos-to-document': told.photosToDocument,
    'area-inspected': 'The area has not been inspected; inspect it with the client before you assess the service.',
    'service-assessed': 'The service has not been assessed; record the assessment before you explain the work.',
    'list-before-start':
      'The work has started and its list stays as it is; request what is missing as extra materials.',
    'no-round-underway': told.noRoundUnderway,
    'materials-wanted': told.materialsWanted,
    'supplier-allowed': told.supplierAllowed,
    'materials-supplied': told.materialsSupplied,
    'enough-supplied': told.enoughSupplied,
    'mismatch-reasons': told.mismatchReasons,
    'materials-refusable': told.materialsRefusable,
    'dispute-open':
      'There is no disagreement about materials to settle; record first that the client will not change them.',
    running: told.running,
    'materials-listed': 'The list of extra materials is empty; name at least one.',
    'start-undocumented': 'There is no start call to document; record it first.',
    'not-started': 'The work has started, and it starts only once; go on with it.',
    'service-announced': 'The service has not been announced to the client; announce it before you start.',
    'photos-sent': told.photosSent,
    'work-explained':
      'The work and its materials have not been explained to the client; explain them before you start.',
    'materials-settled': told.materialsSettled,
    'tools-shown': 'The tools have not been shown to the client; show them, and record them.',
    'area-cleared': 'The area is not clear; move what might be damaged, or record that there is nothing to move.',
    'start-reported': 'The start call is missing; tell the contact center that you are about to begin, and record it.',
    'notice-given': told.noticeGiven,
    'on-break': 'There is no break to end; go on with the work, or record the re-entry if this is the second visit.',
    away: 'There is no re-entry pending; go on with the visit, or record the end of the break if there was one.',
    'tested-with-client': 'The tests are made with the client; make them together, and say so.',
    'tests-passed': told.testsPassed,
    'tests-stand': 'The quality tests are missing; make them with the client before you record the objection.',
    started: 'The work has not started; record the start first.',
    'structure-preserved':
      'It is not confirmed that the site keeps its structure; put right what was altered, and confirm it.',
    'started-or-closing':
      'Belongings are checked once the work has started or the visit is about to close; wait until then.',
    'confirmation-said':
      'It is not recorded whether the client confirmed that what leaves belongs to the provider; ask, and answer.',
    conformity: 'The conformity of the client is missing; ask whether all is right, and record the answer.',
    'case-number-named': told.caseNumberNamed,
    'not-on-break': 'The work is on a break; record its end before you complete the visit.',
    'not-awaiting-materials': told.notAwaitingMaterials,
    'handed-over': 'The site has not been handed over to the client; hand it over in order, and record it.',
    'belongings-checked': 'The client has not seen what the provider takes away; show it, and record it.',
    'belongings-confirmed':
      'The client disputes what the provider takes away; clear it up with the client, and show it again.',
    'completion-reported':
      'The completion call is missing; tell the contact center that you are done, name the case, and record it.',
    'ending-instructed':
      'There is no instruction to cancel or reschedule; ask the contact center for one before you close the visit.',
    'activity-allowed': told.activityAllowed,
  },
};
