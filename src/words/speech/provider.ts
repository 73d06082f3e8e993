import { allows, type Policy } from '../../visit/policy.ts';
import { isClosing, isRunning, type VisitState } from '../../visit/state.ts';
import { ending, type Line, type Parts } from './lines.ts';

const toCenter: Line = ['to-center', 'call-center'];

/** The provider's phrases at the door, and to the contact center on the phone. */
export const provider: Parts = {
  ReportTransitIssue: {
    say: [
      toCenter,
      'transit-report',
      ['if-solvable', 'transit-solvable'],
      ['if-exceeded', 'transit-exceeds'],
      ['or-else', 'transit-unsolvable'],
      ['or-else', 'transit-delay'],
    ],
    ask: ['ask-issue', 'if-solvable', 'if-exceeded', 'ask-expected'],
  },
  RecordArrival: {
    say: ({ work, arrival }) => [
      'greet-client',
      ...(work.away && arrival.credentialShownAt !== null ? [] : (['introduce'] as const)),
      ...(work.away ? (['come-back'] as const) : []),
    ],
  },
  ShowCredential: { say: ['show-credential', 'how-are-you', 'reply'] },
  ReportClientAbsence: { say: [toCenter, 'absence-call'], ask: ['ask-call'] },
  RecordClientReturn: { say: ['client-back'] },
  ValidateIdentity: {
    say: ({ identity: { representativeAllowed: allowed } }) =>
      allowed ? ['identify-representative', 'identify', 'identify-why'] : ['identify', 'identify-why'],
    ask: ({ identity: { representativeAllowed: allowed } }) =>
      allowed ? ['ask-who', 'ask-name', 'ask-document'] : ['ask-name', 'ask-document'],
  },
  RejectIdentity: { say: ['identity-unclear', 'moment', toCenter, 'identity-call'], ask: ['ask-reason', 'ask-call'] },
  AnnounceService: { say: ['announce'] },
  LocateFault: { say: ['locate', 'listen'], ask: ['ask-where'] },
  InspectArea: { say: ['inspect'], ask: ['ask-consent'] },
  TakePhotos: { say: ['photograph'], ask: ['ask-photos'] },
  SubmitPhotos: { say: ['moment'], ask: [['ask-photos', 'photoIds'], 'ask-channel'] },
  AssessService: { say: ['assess'], ask: ['ask-diagnosis'] },
  ExplainWork: { say: explanation, ask: ['ask-method', 'ask-materials'] },
  SupplyMaterials: { say: ['thanks'], ask: ['ask-supplied'] },
  AcceptMaterials: { say: ['materials-right'] },
  RejectMaterials: { say: ['materials-wrong', 'materials-change'], ask: ['ask-mismatch'] },
  ReportMaterialsRefusal: {
    say: ['materials-refused', 'moment', toCenter, 'materials-call'],
    ask: ['ask-reason', 'ask-call'],
  },
  RequestExtraMaterials: { say: (_, policy) => ['materials-extra', ...yours(policy)], ask: ['ask-materials'] },
  ShowTools: { say: ['show-tools'], ask: ['ask-tools'] },
  ClearArea: { say: ['clear-area'], ask: ['ask-moved'] },
  ReportStart: { say: ['moment', toCenter, 'start-call'], ask: ['ask-call'] },
  StartWork: { say: ['begin'] },
  PauseWork: { say: pause, ask: ['ask-pause', ['ask-call', 'notice']] },
  ResumeWork: {
    say: (visit) => (onBreak(visit) ? ['resume'] : ['resume', toCenter, 'come-back']),
    ask: (visit) => (onBreak(visit) ? [] : [['ask-call', 'notice']]),
  },
  TestQuality: { say: ['tests'], ask: ['ask-tests'] },
  RecordConformity: { say: ['conformity'], ask: ['ask-conformity'] },
  RecordObjection: { say: ['objection'], ask: ['ask-objection'] },
  HandOverSite: { say: ['hand-over'], ask: ['ask-structure'] },
  ShowBelongings: { say: ['belongings', ['if-disputed', 'belongings-disputed']], ask: ['ask-belongings'] },
  ReportCompletion: { say: ['moment', toCenter, 'completion-call'], ask: ['ask-case-number', 'ask-call'] },
  GiveFarewell: {
    say: (visit) =>
      isClosing(visit) || visit.closing.closedAt !== null
        ? ['farewell', 'at-your-service']
        : ['farewell', 'pleasure', 'at-your-service'],
  },
  CompleteVisit: { say: ['anything-else'] },
  CloseVisit: { say: ending, ask: ['ask-reason'] },
  EscalateClientImpact: { say: ['escalate', 'moment', toCenter, 'escalate-call'], ask: ['ask-what'] },
  DeclineOffContractRequest: {
    say: (_, policy) => ['decline', ...yours(policy).map((key) => ['if-purchase', key] as const)],
    ask: ['ask-request'],
  },
  PerformOffContractAct: { say: ['gladly'], ask: ['ask-request'] },
};

/** Materials are the client's to get, unless the contract lets the provider buy them (1.1-31). */
const yours = (policy: Policy): readonly 'materials-yours'[] =>
  allows(policy, 'material-purchase') ? [] : ['materials-yours'];

/** The list is known only once it was explained; before, both cases are given. */
function explanation({ work, materials }: VisitState, policy: Policy): readonly Line[] {
  const none = work.startedAt !== null || materials.status === 'not-needed';
  if (none) return ['explain-work', 'materials-none'];
  const list: readonly Line[] = ['explain-work', 'materials-list', ...yours(policy)];
  return materials.requested.length > 0 ? list : [...list, ['or-else', 'materials-none']];
}

/** A break needs that work be running; a second visit does not. */
function pause(visit: VisitState): readonly Line[] {
  const either = visit.visitId === null || (isRunning(visit) && visit.instruction !== 'reschedule');
  return [
    ...(either ? (['break', ['if-second-visit', 'leave']] as const) : ['leave' as const]),
    toCenter,
    'leave-call',
  ];
}

const onBreak = ({ work }: VisitState) => work.onBreak && !work.away;
