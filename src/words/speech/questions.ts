import type { CommandOf, CommandType } from '../../messages/index.ts';
import { type By, chosen, onBreak } from './lines.ts';
import type { AskKey, CueKey } from './phrase.ts';

/** A field of a command's data, beside the visit and the time. @since 0.5.0 */
export type CommandField<T extends CommandType = CommandType> = T extends CommandType
  ? Exclude<keyof CommandOf<T>['data'], 'visitId' | 'at'>
  : never;

/** A thing to ask for, and the fields of the command's data that it is written in. */
export type Question<T extends CommandType = CommandType> = readonly [AskKey | CueKey, ...CommandField<T>[]];

const call = ['ask-call', 'call'] as const;
const notice = ['ask-call', 'notice'] as const;
const reason = ['ask-reason', 'reason'] as const;
const materials = ['ask-materials', 'materials'] as const;
const request = ['ask-request', 'activity', 'detail'] as const;
const provider = ['ask-provider', 'provider', 'arriveBy'] as const;

/** The questions of each act, the same from any role that records it. */
export const questions: { readonly [T in CommandType]?: By<Question<T>> } = {
  AssignVisit: [
    ['ask-assignment', 'caseNumber', 'client', 'service', 'instructions', 'place', 'requiredShots'],
    provider,
  ],
  AmendAssignment: [
    ['ask-amended', 'caseNumber', 'client', 'service', 'instructions', 'place', 'arriveBy', 'requiredShots'],
  ],
  ReportTransitIssue: [
    ['ask-issue', 'issue', 'detail'],
    ['if-solvable', 'resolvable'],
    ['if-exceeded', 'exceedsResponseTime'],
    ['ask-expected', 'expectedArrival'],
  ],
  NotifyClient: [['ask-reached', 'about', 'reached', 'channel']],
  ReassignProvider: [provider],
  ReportClientAbsence: [call],
  GiveInstruction: [
    ['ask-instruction', 'about', 'decision', 'text', 'waives'],
    ['ask-representative', 'representative'],
  ],
  ValidateIdentity: ({ identity }) =>
    chosen<Question<'ValidateIdentity'>>(
      identity.representativeAllowed && ['ask-who', 'person'],
      ['ask-name', 'fullNameGiven'],
      ['ask-document', 'documentShown', 'documentKind'],
    ),
  RejectIdentity: [reason, call],
  LocateFault: [['ask-where', 'where']],
  InspectArea: [['ask-consent', 'clientPresent', 'clientConsented']],
  TakePhotos: [['ask-photos', 'photos']],
  SubmitPhotos: [
    ['ask-photos', 'photoIds'],
    ['ask-channel', 'channel', 'appUnavailableReason'],
  ],
  DocumentPhotos: [['ask-photos', 'photoIds']],
  AssessService: [['ask-diagnosis', 'diagnosis']],
  ExplainWork: [['ask-method', 'method'], materials],
  SupplyMaterials: [['ask-supplied', 'suppliedBy', 'items']],
  RejectMaterials: [['ask-mismatch', 'mismatches']],
  ReportMaterialsRefusal: [reason, call],
  CoordinateMaterials: [['ask-outcome', 'outcome']],
  RequestExtraMaterials: [materials],
  ShowTools: [['ask-tools', 'tools']],
  ClearArea: [['ask-moved', 'moved']],
  ReportStart: [call],
  PauseWork: [['ask-pause', 'kind', 'returnExpected'], notice],
  ResumeWork: (visit) => (onBreak(visit) ? [] : [notice]),
  TestQuality: [['ask-tests', 'withClient', 'tests']],
  RecordConformity: [['ask-conformity']],
  RecordObjection: [['ask-objection', 'what']],
  HandOverSite: [['ask-structure', 'structuralConditionPreserved', 'tidy', 'detail']],
  ShowBelongings: [['ask-belongings', 'items', 'clientConfirmed', 'disputed']],
  ReportCompletion: [['ask-case-number', 'caseNumber'], call],
  CloseVisit: [reason],
  EscalateClientImpact: [['ask-what', 'what', 'noticedAt']],
  ReportConductBreach: [['ask-conduct', 'kind', 'detail']],
  DeclineOffContractRequest: [request],
  PerformOffContractAct: [request],
  AnnulAct: [['ask-annulled', 'act', 'recorded', 'reason']],
  CorrectTime: [['ask-corrected', 'what', 'recorded', 'corrected', 'reason']],
  SettleDiscrepancy: [['ask-settled', 'discrepancyId', 'taken', 'text']],
};
