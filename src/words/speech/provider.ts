import { allows, type Policy } from '../../visit/policy.ts';
import { isClosing, isRunning, type VisitState } from '../../visit/state.ts';
import { chosen, ending, type Line, type Lines, onBreak } from './lines.ts';

const toCenter: Line = ['to-center', 'call-center'];

/** The provider's phrases at the door, and to the contact center on the phone. */
export const provider: Lines = {
  ReportTransitIssue: [
    toCenter,
    'transit-report',
    ['if-solvable', 'transit-solvable'],
    ['if-exceeded', 'transit-exceeds'],
    ['or-else', 'transit-unsolvable'],
    ['or-else', 'transit-delay'],
  ],
  RecordArrival: ({ work: { away }, arrival }) =>
    chosen<Line>('greet-client', (!away || arrival.credentialShownAt === null) && 'introduce', away && 'come-back'),
  ShowCredential: ['show-credential', 'how-are-you', 'reply'],
  ReportClientAbsence: [toCenter, 'absence-call'],
  RecordClientReturn: ['client-back'],
  ValidateIdentity: ({ identity }) =>
    chosen<Line>(identity.representativeAllowed && 'identify-representative', 'identify', 'identify-why'),
  RejectIdentity: ['identity-unclear', 'moment', toCenter, 'identity-call'],
  AnnounceService: ['announce'],
  LocateFault: ['locate', 'listen'],
  InspectArea: ['inspect'],
  TakePhotos: ['photograph'],
  SubmitPhotos: ['moment'],
  AssessService: ['assess'],
  ExplainWork: explanation,
  SupplyMaterials: ['thanks'],
  AcceptMaterials: ['materials-right'],
  RejectMaterials: ['materials-wrong', 'materials-change'],
  ReportMaterialsRefusal: ['materials-refused', 'moment', toCenter, 'materials-call'],
  RequestExtraMaterials: (_, policy) => chosen<Line>('materials-extra', yours(policy)),
  ShowTools: ['show-tools'],
  ClearArea: ['clear-area'],
  ReportStart: ['moment', toCenter, 'start-call'],
  StartWork: ['begin'],
  PauseWork: pause,
  ResumeWork: (visit) => (onBreak(visit) ? ['resume'] : ['resume', toCenter, 'come-back']),
  TestQuality: ['tests'],
  RecordConformity: ['conformity'],
  RecordObjection: ['objection'],
  HandOverSite: ['hand-over'],
  ShowBelongings: ['belongings', ['if-disputed', 'belongings-disputed']],
  ReportCompletion: ['moment', toCenter, 'completion-call'],
  GiveFarewell: (visit) =>
    chosen<Line>('farewell', !isClosing(visit) && visit.closing.closedAt === null && 'pleasure', 'at-your-service'),
  CompleteVisit: ['anything-else'],
  CloseVisit: ending,
  EscalateClientImpact: ['escalate', 'moment', toCenter, 'escalate-call'],
  DeclineOffContractRequest: (_, policy) =>
    chosen<Line>('decline', yours(policy) && ['if-purchase', 'materials-yours']),
  PerformOffContractAct: ['gladly'],
};

/** Materials are the client's to get, unless the contract lets the provider buy them (1.1-31). */
const yours = (policy: Policy): 'materials-yours' | false => !allows(policy, 'material-purchase') && 'materials-yours';

/** The list is known only once it was explained; before, both cases are given. */
function explanation({ work, materials }: VisitState, policy: Policy): readonly Line[] {
  const none = work.startedAt !== null || materials.status === 'not-needed';
  if (none) return ['explain-work', 'materials-none'];
  return chosen<Line>(
    'explain-work',
    'materials-list',
    yours(policy),
    materials.requested.length === 0 && ['or-else', 'materials-none'],
  );
}

/** A break needs that work be running; a second visit does not. */
function pause(visit: VisitState): readonly Line[] {
  const either = visit.visitId === null || (isRunning(visit) && visit.instruction !== 'reschedule');
  return chosen<Line>(either && 'break', either ? ['if-second-visit', 'leave'] : 'leave', toCenter, 'leave-call');
}
