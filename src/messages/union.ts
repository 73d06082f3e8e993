// biome-ignore-all assist/source/organizeImports: the order is that of the protocol

import type * as assignment from './assignment.ts';
import type * as transit from './transit.ts';
import type * as arrival from './arrival.ts';
import type * as inspection from './inspection.ts';
import type * as materials from './materials.ts';
import type * as work from './work.ts';
import type * as closing from './closing.ts';
import type * as exceptions from './exceptions.ts';

/**
 * Every command, in the order of the protocol.
 *
 * @since 0.1.0
 */
export type VisitCommand =
  | assignment.AssignVisit
  | assignment.AmendAssignment
  | transit.ReportTransitIssue
  | transit.AcknowledgeTransitIssue
  | transit.NotifyClient
  | transit.ReassignProvider
  | arrival.RecordArrival
  | arrival.ShowCredential
  | arrival.ReportClientAbsence
  | arrival.RecordClientReturn
  | arrival.GiveInstruction
  | arrival.ValidateIdentity
  | arrival.RejectIdentity
  | arrival.AnnounceService
  | inspection.LocateFault
  | inspection.InspectArea
  | inspection.TakePhotos
  | inspection.SubmitPhotos
  | inspection.DocumentPhotos
  | inspection.AssessService
  | inspection.ExplainWork
  | materials.SupplyMaterials
  | materials.AcceptMaterials
  | materials.RejectMaterials
  | materials.ReportMaterialsRefusal
  | materials.CoordinateMaterials
  | materials.RequestExtraMaterials
  | work.ShowTools
  | work.ClearArea
  | work.ReportStart
  | work.DocumentStart
  | work.StartWork
  | work.PauseWork
  | work.ResumeWork
  | closing.TestQuality
  | closing.RecordConformity
  | closing.RecordObjection
  | closing.HandOverSite
  | closing.ShowBelongings
  | closing.ReportCompletion
  | closing.GiveFarewell
  | closing.CompleteVisit
  | closing.CloseVisit
  | exceptions.EscalateClientImpact
  | exceptions.ReportConductBreach
  | exceptions.DeclineOffContractRequest
  | exceptions.PerformOffContractAct;

/**
 * Every event, in the order of the protocol.
 *
 * @since 0.1.0
 */
export type VisitEvent =
  | assignment.VisitAssigned
  | assignment.AssignmentAmended
  | transit.TransitIssueReported
  | transit.TransitIssueAcknowledged
  | transit.ClientNotified
  | transit.ProviderReassigned
  | arrival.ProviderArrived
  | arrival.CredentialShown
  | arrival.ClientAbsenceReported
  | arrival.ClientReturned
  | arrival.InstructionGiven
  | arrival.IdentityValidated
  | arrival.IdentityRejected
  | arrival.ServiceAnnounced
  | inspection.FaultLocated
  | inspection.AreaInspected
  | inspection.PhotosTaken
  | inspection.PhotosSubmitted
  | inspection.PhotosDocumented
  | inspection.ServiceAssessed
  | inspection.WorkExplained
  | materials.MaterialsSupplied
  | materials.MaterialsAccepted
  | materials.MaterialsRejected
  | materials.MaterialsChangeRefused
  | materials.MaterialsCoordinated
  | materials.ExtraMaterialsRequested
  | work.ToolsShown
  | work.AreaCleared
  | work.StartReported
  | work.StartDocumented
  | work.WorkStarted
  | work.Paused
  | work.Resumed
  | closing.QualityTested
  | closing.ClientConformed
  | closing.ClientObjected
  | closing.SiteHandedOver
  | closing.BelongingsShown
  | closing.CompletionReported
  | closing.FarewellGiven
  | closing.Completed
  | closing.VisitClosed
  | exceptions.ClientImpactEscalated
  | exceptions.ConductBreachReported
  | exceptions.OffContractRequestDeclined
  | exceptions.OffContractActPerformed;

/** The type of a command: `'StartWork'`. @since 0.1.0 */
export type CommandType = VisitCommand['type'];

/** The type of an event: `'WorkStarted'`. @since 0.1.0 */
export type EventType = VisitEvent['type'];

/**
 * From the type of each command to the type of the one event that it becomes.
 *
 * @since 0.1.0
 */
export type EventTypeOf = {
  readonly AssignVisit: 'VisitAssigned';
  readonly AmendAssignment: 'AssignmentAmended';
  readonly ReportTransitIssue: 'TransitIssueReported';
  readonly AcknowledgeTransitIssue: 'TransitIssueAcknowledged';
  readonly NotifyClient: 'ClientNotified';
  readonly ReassignProvider: 'ProviderReassigned';
  readonly RecordArrival: 'ProviderArrived';
  readonly ShowCredential: 'CredentialShown';
  readonly ReportClientAbsence: 'ClientAbsenceReported';
  readonly RecordClientReturn: 'ClientReturned';
  readonly GiveInstruction: 'InstructionGiven';
  readonly ValidateIdentity: 'IdentityValidated';
  readonly RejectIdentity: 'IdentityRejected';
  readonly AnnounceService: 'ServiceAnnounced';
  readonly LocateFault: 'FaultLocated';
  readonly InspectArea: 'AreaInspected';
  readonly TakePhotos: 'PhotosTaken';
  readonly SubmitPhotos: 'PhotosSubmitted';
  readonly DocumentPhotos: 'PhotosDocumented';
  readonly AssessService: 'ServiceAssessed';
  readonly ExplainWork: 'WorkExplained';
  readonly SupplyMaterials: 'MaterialsSupplied';
  readonly AcceptMaterials: 'MaterialsAccepted';
  readonly RejectMaterials: 'MaterialsRejected';
  readonly ReportMaterialsRefusal: 'MaterialsChangeRefused';
  readonly CoordinateMaterials: 'MaterialsCoordinated';
  readonly RequestExtraMaterials: 'ExtraMaterialsRequested';
  readonly ShowTools: 'ToolsShown';
  readonly ClearArea: 'AreaCleared';
  readonly ReportStart: 'StartReported';
  readonly DocumentStart: 'StartDocumented';
  readonly StartWork: 'WorkStarted';
  readonly PauseWork: 'Paused';
  readonly ResumeWork: 'Resumed';
  readonly TestQuality: 'QualityTested';
  readonly RecordConformity: 'ClientConformed';
  readonly RecordObjection: 'ClientObjected';
  readonly HandOverSite: 'SiteHandedOver';
  readonly ShowBelongings: 'BelongingsShown';
  readonly ReportCompletion: 'CompletionReported';
  readonly GiveFarewell: 'FarewellGiven';
  readonly CompleteVisit: 'Completed';
  readonly CloseVisit: 'VisitClosed';
  readonly EscalateClientImpact: 'ClientImpactEscalated';
  readonly ReportConductBreach: 'ConductBreachReported';
  readonly DeclineOffContractRequest: 'OffContractRequestDeclined';
  readonly PerformOffContractAct: 'OffContractActPerformed';
};

/** The command of a type: `CommandOf<'StartWork'>` is `StartWork`. @since 0.1.0 */
export type CommandOf<T extends CommandType> = Extract<VisitCommand, { readonly type: T }>;

/** The event that a command of a type becomes: `EventOf<'StartWork'>` is `WorkStarted`. @since 0.1.0 */
export type EventOf<T extends CommandType> = Extract<VisitEvent, { readonly type: EventTypeOf[T] }>;
