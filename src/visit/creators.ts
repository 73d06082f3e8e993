// Generated from the docstrings of src/messages and the table of acts by `npm run reference`; a test holds it to them.
import type { Actor, CommandOf, CommandType, Id } from '../messages/index.ts';

/** Makes a command of one type from its data, the actor and, where there is one, the command's id. @since 0.1.0 */
export type Creator<T extends CommandType> = (data: CommandOf<T>['data'], actor: Actor, commandId?: Id) => CommandOf<T>;

/** The types of all commands: spelt out, so that the creators do not carry the table. */
export const createdTypes: readonly CommandType[] = [
  'AssignVisit',
  'AmendAssignment',
  'ReportTransitIssue',
  'AcknowledgeTransitIssue',
  'NotifyClient',
  'ReassignProvider',
  'RecordArrival',
  'ShowCredential',
  'ReportClientAbsence',
  'RecordClientReturn',
  'GiveInstruction',
  'ValidateIdentity',
  'RejectIdentity',
  'AnnounceService',
  'LocateFault',
  'InspectArea',
  'TakePhotos',
  'SubmitPhotos',
  'DocumentPhotos',
  'AssessService',
  'ExplainWork',
  'SupplyMaterials',
  'AcceptMaterials',
  'RejectMaterials',
  'ReportMaterialsRefusal',
  'CoordinateMaterials',
  'RequestExtraMaterials',
  'ShowTools',
  'ClearArea',
  'ReportStart',
  'DocumentStart',
  'StartWork',
  'PauseWork',
  'ResumeWork',
  'TestQuality',
  'RecordConformity',
  'RecordObjection',
  'HandOverSite',
  'ShowBelongings',
  'ReportCompletion',
  'GiveFarewell',
  'CompleteVisit',
  'CloseVisit',
  'EscalateClientImpact',
  'ReportConductBreach',
  'DeclineOffContractRequest',
  'PerformOffContractAct',
  'AnnulAct',
  'CorrectTime',
  'ReportDiscrepancy',
  'SettleDiscrepancy',
  'AttestFacts',
];

/** A creator for every command, by its name in lower camel case. @since 0.1.0 */
export type Creators = {
  /**
   * Assigns a visit to a provider. Recorded by the contact center, once a visit (1.1-13, 0-01).
   *
   * Becomes `VisitAssigned`. Refused by the general rules alone.
   * @since 0.1.0
   */
  readonly assignVisit: Creator<'AssignVisit'>;
  /**
   * Amends the assignment. Recorded by the contact center; at least one field is given (1.1-13, 1.2-12).
   *
   * Becomes `AssignmentAmended`. Refused by the general rules, and by `something-amended` (1.1-13).
   * @since 0.1.0
   */
  readonly amendAssignment: Creator<'AmendAssignment'>;
  /**
   * Reports an issue on the way, before arriving. The provider's, or recorded for them by the contact center
   * (1.2-01..07, 1.2-09, 2.2-09).
   *
   * Becomes `TransitIssueReported`. Refused by the general rules, and by `not-arrived` (1.2-01), `issue-named`
   * (1.2-02), `resolvable-said` (1.2-03), `excess-said` (1.2-05).
   * @since 0.1.0
   */
  readonly reportTransitIssue: Creator<'ReportTransitIssue'>;
  /**
   * Acknowledges what was reported from the way. Recorded by the contact center (1.2-08, 1.2-14).
   *
   * Becomes `TransitIssueAcknowledged`. Refused by the general rules, and by `issue-reported` (1.2-08).
   * @since 0.1.0
   */
  readonly acknowledgeTransitIssue: Creator<'AcknowledgeTransitIssue'>;
  /**
   * Tells the client about a delay or a change of provider. Recorded by the contact center (1.2-10, 1.2-13, 1.2-15).
   *
   * Becomes `ClientNotified`. Refused by the general rules alone.
   * @since 0.1.0
   */
  readonly notifyClient: Creator<'NotifyClient'>;
  /**
   * Assigns another provider to the same case. Recorded by the contact center when a reassignment is owed or instructed
   * (1.2-11, 1.2-12).
   *
   * Becomes `ProviderReassigned`. Refused by the general rules, and by `reassignment-due` (1.2-12), `another-provider`
   * (1.2-12).
   * @since 0.1.0
   */
  readonly reassignProvider: Creator<'ReassignProvider'>;
  /**
   * Records the arrival at the place. The provider's, or recorded for them by the contact center (1.1-01).
   *
   * Becomes `ProviderArrived`. Refused by the general rules, and by `not-arrived` (1.1-01).
   * @since 0.1.0
   */
  readonly recordArrival: Creator<'RecordArrival'>;
  /**
   * Shows the credential (carné) to the client. The provider's (1.1-03).
   *
   * Becomes `CredentialShown`. Refused by the general rules, and by `arrived` (1.1-01).
   * @since 0.1.0
   */
  readonly showCredential: Creator<'ShowCredential'>;
  /**
   * Reports that the client is not there, or left. The provider's, or recorded for them by the contact center (1.1-09).
   *
   * Becomes `ClientAbsenceReported`. Refused by the general rules, and by `arrived` (1.1-01), `absence-answered`
   * (1.1-09), `call-made` (1.1-09).
   * @since 0.1.0
   */
  readonly reportClientAbsence: Creator<'ReportClientAbsence'>;
  /**
   * Records that the client is there again. The provider's (1.1-09).
   *
   * Becomes `ClientReturned`. Refused by the general rules, and by `absence-open` (1.1-09).
   * @since 0.1.0
   */
  readonly recordClientReturn: Creator<'RecordClientReturn'>;
  /**
   * Gives an instruction on how to proceed. Recorded by the contact center (1.1-10, 1.1-39, 2.2-08).
   *
   * Becomes `InstructionGiven`. Refused by the general rules, and by `question-open` (1.1-10), `waiver-proceeds`
   * (1.1-10).
   * @since 0.1.0
   */
  readonly giveInstruction: Creator<'GiveInstruction'>;
  /**
   * Validates the identity of the person at the door. The provider's (1.1-07, 1.1-08, 1.1-11).
   *
   * Becomes `IdentityValidated`. Refused by the general rules, and by `arrived` (1.1-01), `credential-shown` (1.1-03),
   * `client-answers` (1.1-09), `representative-allowed` (1.1-09), `identified` (1.1-07).
   * @since 0.1.0
   */
  readonly validateIdentity: Creator<'ValidateIdentity'>;
  /**
   * Rejects the identity of the person at the door. The provider's, or recorded for them by the contact center
   * (1.1-08).
   *
   * Becomes `IdentityRejected`. Refused by the general rules, and by `arrived` (1.1-01), `credential-shown` (1.1-03),
   * `call-made` (1.1-09).
   * @since 0.1.0
   */
  readonly rejectIdentity: Creator<'RejectIdentity'>;
  /**
   * Announces the service to the client. The provider's (1.1-12, 1.1-13).
   *
   * Becomes `ServiceAnnounced`. Refused by the general rules, and by `arrived` (1.1-01), `not-away` (1.1-49),
   * `identity-valid` (1.1-08), `service-as-assigned` (1.1-13).
   * @since 0.1.0
   */
  readonly announceService: Creator<'AnnounceService'>;
  /**
   * Records where the client says the fault is. The provider's (1.1-14, 1.1-15).
   *
   * Becomes `FaultLocated`. Refused by the general rules, and by `arrived` (1.1-01), `not-away` (1.1-49),
   * `identity-valid` (1.1-08).
   * @since 0.1.0
   */
  readonly locateFault: Creator<'LocateFault'>;
  /**
   * Inspects the area together with the client. The provider's (1.1-16, 1.1-17, 1.1-23).
   *
   * Becomes `AreaInspected`. Refused by the general rules, and by `arrived` (1.1-01), `not-away` (1.1-49),
   * `fault-located` (1.1-15), `client-here` (1.1-09), `client-present` (1.1-17).
   * @since 0.1.0
   */
  readonly inspectArea: Creator<'InspectArea'>;
  /**
   * Takes photographs of the fault. The provider's (1.1-18).
   *
   * Becomes `PhotosTaken`. Refused by the general rules, and by `arrived` (1.1-01), `not-away` (1.1-49),
   * `fault-located` (1.1-15), `photos-listed` (1.1-18), `photos-new` (1.1-18).
   * @since 0.1.0
   */
  readonly takePhotos: Creator<'TakePhotos'>;
  /**
   * Sends photographs to the contact center. The provider's, or recorded for them by the center (1.1-19..21).
   *
   * Becomes `PhotosSubmitted`. Refused by the general rules, and by `photos-taken` (1.1-18), `channel-allowed`
   * (1.1-20), `email-justified` (1.1-21).
   * @since 0.1.0
   */
  readonly submitPhotos: Creator<'SubmitPhotos'>;
  /**
   * Puts photographs on file. Recorded by the contact center (1.1-22).
   *
   * Becomes `PhotosDocumented`. Refused by the general rules, and by `photos-to-document` (1.1-22).
   * @since 0.1.0
   */
  readonly documentPhotos: Creator<'DocumentPhotos'>;
  /**
   * Assesses the service that is needed. The provider's (1.1-24).
   *
   * Becomes `ServiceAssessed`. Refused by the general rules, and by `arrived` (1.1-01), `not-away` (1.1-49),
   * `area-inspected` (1.1-24).
   * @since 0.1.0
   */
  readonly assessService: Creator<'AssessService'>;
  /**
   * Explains the work to the client and asks for materials. The provider's (1.1-25, 1.1-28, 1.1-29).
   *
   * Becomes `WorkExplained`. Refused by the general rules, and by `arrived` (1.1-01), `not-away` (1.1-49),
   * `client-here` (1.1-09), `service-assessed` (1.1-29), `list-before-start` (1.1-25), `no-round-underway` (1.1-36).
   * @since 0.1.0
   */
  readonly explainWork: Creator<'ExplainWork'>;
  /**
   * Supplies the materials that were asked for. The client's, recorded by the provider or by themselves (1.1-31,
   * 1.1-32).
   *
   * Becomes `MaterialsSupplied`. Refused by the general rules, and by `arrived` (1.1-01), `not-away` (1.1-49),
   * `materials-wanted` (1.1-32), `supplier-allowed` (1.1-31).
   * @since 0.1.0
   */
  readonly supplyMaterials: Creator<'SupplyMaterials'>;
  /**
   * Accepts the materials that were supplied. The provider's (1.1-33, 1.1-34).
   *
   * Becomes `MaterialsAccepted`. Refused by the general rules, and by `arrived` (1.1-01), `not-away` (1.1-49),
   * `materials-supplied` (1.1-33, 1.1-35, 1.1-37), `enough-supplied` (1.1-35).
   * @since 0.1.0
   */
  readonly acceptMaterials: Creator<'AcceptMaterials'>;
  /**
   * Rejects the materials that were supplied. The provider's (1.1-35, 1.1-36).
   *
   * Becomes `MaterialsRejected`. Refused by the general rules, and by `arrived` (1.1-01), `not-away` (1.1-49),
   * `materials-supplied` (1.1-33), `mismatch-reasons` (1.1-35).
   * @since 0.1.0
   */
  readonly rejectMaterials: Creator<'RejectMaterials'>;
  /**
   * Reports that the client will not supply or change the materials. The provider's, or recorded for them by the
   * contact center (1.1-37, 1.1-38).
   *
   * Becomes `MaterialsChangeRefused`. Refused by the general rules, and by `arrived` (1.1-01), `not-away` (1.1-49),
   * `materials-refusable` (1.1-37), `call-made` (1.1-38).
   * @since 0.1.0
   */
  readonly reportMaterialsRefusal: Creator<'ReportMaterialsRefusal'>;
  /**
   * Settles with the client what happens about materials. Recorded by the contact center (1.1-39).
   *
   * Becomes `MaterialsCoordinated`. Refused by the general rules, and by `dispute-open` (1.1-39).
   * @since 0.1.0
   */
  readonly coordinateMaterials: Creator<'CoordinateMaterials'>;
  /**
   * Asks for more materials while the work is running. The provider's (1.1-29).
   *
   * Becomes `ExtraMaterialsRequested`. Refused by the general rules, and by `running` (1.1-29), `materials-listed`
   * (1.1-29).
   * @since 0.1.0
   */
  readonly requestExtraMaterials: Creator<'RequestExtraMaterials'>;
  /**
   * Shows the client the tools that go in. The provider's (1.1-40).
   *
   * Becomes `ToolsShown`. Refused by the general rules, and by `arrived` (1.1-01), `client-here` (1.1-09).
   * @since 0.1.0
   */
  readonly showTools: Creator<'ShowTools'>;
  /**
   * Clears the area of work. The provider's (1.1-41).
   *
   * Becomes `AreaCleared`. Refused by the general rules, and by `arrived` (1.1-01), `not-away` (1.1-49).
   * @since 0.1.0
   */
  readonly clearArea: Creator<'ClearArea'>;
  /**
   * Reports to the contact center that the work begins. The provider's, or recorded for them by the contact center
   * (1.1-26).
   *
   * Becomes `StartReported`. Refused by the general rules, and by `arrived` (1.1-01), `not-away` (1.1-49), `call-made`
   * (1.1-26).
   * @since 0.1.0
   */
  readonly reportStart: Creator<'ReportStart'>;
  /**
   * Puts the start call on record. Recorded by the contact center (1.1-27).
   *
   * Becomes `StartDocumented`. Refused by the general rules, and by `start-undocumented` (1.1-27).
   * @since 0.1.0
   */
  readonly documentStart: Creator<'DocumentStart'>;
  /**
   * Starts the work. The provider's (1.1-43).
   *
   * Becomes `WorkStarted`. Refused by the general rules, and by `arrived` (1.1-01), `not-away` (1.1-49), `not-started`
   * (1.1-43), `absence-answered` (1.1-09), `identity-valid` (1.1-08), `service-announced` (1.1-12), `photos-sent`
   * (1.1-19), `work-explained` (1.1-25), `materials-settled` (1.1-33, 1.1-35, 1.1-38), `tools-shown` (1.1-40),
   * `area-cleared` (1.1-41), `start-reported` (1.1-26).
   * @since 0.1.0
   */
  readonly startWork: Creator<'StartWork'>;
  /**
   * Interrupts the work. The provider's, or recorded for them by the contact center (1.1-48).
   *
   * Becomes `Paused`. Refused by the general rules, and by `running` (1.1-43), `arrived` (1.1-01), `not-away` (1.1-49),
   * `notice-given` (1.1-48).
   * @since 0.1.0
   */
  readonly pauseWork: Creator<'PauseWork'>;
  /**
   * Takes the work up again. The provider's, or recorded for them by the contact center (1.1-49).
   *
   * Becomes `Resumed`. Refused by the general rules, and by `on-break` (1.1-43), `away` (1.1-49), `arrived` (1.1-01),
   * `credential-shown` (1.1-03), `identity-valid` (1.1-08), `tools-shown` (1.1-40), `notice-given` (1.1-49).
   * @since 0.1.0
   */
  readonly resumeWork: Creator<'ResumeWork'>;
  /**
   * Tests the work together with the client. The provider's (1.1-46, 1.1-47).
   *
   * Becomes `QualityTested`. Refused by the general rules, and by `running` (1.1-46, 1.1-49), `client-here` (1.1-09),
   * `tested-with-client` (1.1-47).
   * @since 0.1.0
   */
  readonly testQuality: Creator<'TestQuality'>;
  /**
   * Records that the client finds the work in order. The client's, recorded by the provider or by themselves (1.1-50).
   *
   * Becomes `ClientConformed`. Refused by the general rules, and by `arrived` (1.1-01), `not-away` (1.1-49),
   * `client-answers` (1.1-09), `tests-passed` (1.1-47).
   * @since 0.1.0
   */
  readonly recordConformity: Creator<'RecordConformity'>;
  /**
   * Records that the client objects to the work. The client's, recorded by the provider or by themselves (1.1-50).
   *
   * Becomes `ClientObjected`. Refused by the general rules, and by `arrived` (1.1-01), `not-away` (1.1-49),
   * `tests-stand` (1.1-50).
   * @since 0.1.0
   */
  readonly recordObjection: Creator<'RecordObjection'>;
  /**
   * Hands the place over. The provider's (1.1-44, 1.1-45).
   *
   * Becomes `SiteHandedOver`. Refused by the general rules, and by `arrived` (1.1-01), `not-away` (1.1-49), `started`
   * (1.1-43), `structure-preserved` (1.1-45).
   * @since 0.1.0
   */
  readonly handOverSite: Creator<'HandOverSite'>;
  /**
   * Shows the client what leaves the house. The provider's (1.1-51..53).
   *
   * Becomes `BelongingsShown`. Refused by the general rules, and by `arrived` (1.1-01), `not-away` (1.1-49),
   * `client-answers` (1.1-09), `started-or-closing` (1.1-51), `confirmation-said` (1.1-53).
   * @since 0.1.0
   */
  readonly showBelongings: Creator<'ShowBelongings'>;
  /**
   * Reports to the contact center that the work is finished. The provider's, or recorded for them by the contact center
   * (1.3-02..04).
   *
   * Becomes `CompletionReported`. Refused by the general rules, and by `arrived` (1.1-01), `not-away` (1.1-49),
   * `started` (1.1-43), `conformity` (1.1-50), `call-made` (1.3-02), `case-number-named` (1.3-04).
   * @since 0.1.0
   */
  readonly reportCompletion: Creator<'ReportCompletion'>;
  /**
   * Says goodbye to the client. The provider's; never asked for (1.3-01).
   *
   * Becomes `FarewellGiven`. Refused by the general rules, and by `arrived` (1.1-01), `not-away` (1.1-49).
   * @since 0.1.0
   */
  readonly giveFarewell: Creator<'GiveFarewell'>;
  /**
   * Completes the visit. The provider's, or recorded for them by the contact center (1.3-02).
   *
   * Becomes `Completed`. Refused by the general rules, and by `arrived` (1.1-01), `not-away` (1.1-49), `started`
   * (1.1-43), `not-on-break` (1.1-43), `not-awaiting-materials` (1.1-33), `tests-passed` (1.1-47), `conformity`
   * (1.1-50), `handed-over` (1.1-45), `belongings-checked` (1.1-52), `belongings-confirmed` (1.1-53),
   * `completion-reported` (1.3-02).
   * @since 0.1.0
   */
  readonly completeVisit: Creator<'CompleteVisit'>;
  /**
   * Closes a visit that is not to be completed. The provider's or the contact center's, under an instruction to cancel
   * or reschedule (1.1-10).
   *
   * Becomes `VisitClosed`. Refused by the general rules, and by `ending-instructed` (1.1-10).
   * @since 0.1.0
   */
  readonly closeVisit: Creator<'CloseVisit'>;
  /**
   * Takes to the contact center whatever could affect the client. The provider's, or recorded for them by the contact
   * center (2.2-08).
   *
   * Becomes `ClientImpactEscalated`. Refused by the general rules alone.
   * @since 0.1.0
   */
  readonly escalateClientImpact: Creator<'EscalateClientImpact'>;
  /**
   * Reports a breach of conduct. The contact center's or the client's, never a provider's (2.1-01, 2.2-11).
   *
   * Becomes `ConductBreachReported`. Refused by the general rules alone.
   * @since 0.1.0
   */
  readonly reportConductBreach: Creator<'ReportConductBreach'>;
  /**
   * Declines a request outside the contract. The provider's (1.1-30, 1.1-31).
   *
   * Becomes `OffContractRequestDeclined`. Refused by the general rules alone.
   * @since 0.1.0
   */
  readonly declineOffContractRequest: Creator<'DeclineOffContractRequest'>;
  /**
   * Records an act outside the contract. The provider's; refused unless the host's policy allows it (1.1-30, 1.1-31).
   *
   * Becomes `OffContractActPerformed`. Refused by the general rules, and by `activity-allowed` (1.1-30, 1.1-31).
   * @since 0.1.0
   */
  readonly performOffContractAct: Creator<'PerformOffContractAct'>;
  /**
   * Annuls what was recorded by mistake: an arrival, a start, a completion or a closing. The contact center's (1.1-10).
   *
   * Becomes `ActAnnulled`. Refused by the general rules, and by `act-stands` (1.1-10), `arrival-alone` (1.1-10),
   * `start-alone` (1.1-10).
   * @since 0.1.0
   */
  readonly annulAct: Creator<'AnnulAct'>;
  /**
   * Corrects a time that was recorded wrongly. The contact center's (1.1-10).
   *
   * Becomes `TimeCorrected`. Refused by the general rules, and by `time-stands` (1.1-10), `interval-forward` (1.1-10).
   * @since 0.1.0
   */
  readonly correctTime: Creator<'CorrectTime'>;
  /**
   * Reports acts that were recorded apart and that the log refused or knows already. The provider's or the client's,
   * made by reconciling alone (1.1-10).
   *
   * Becomes `DiscrepancyReported`. Refused by the general rules, and by `reporter-assigned` (1.2-12), `discrepancy-new`
   * (1.1-10).
   * @since 0.1.0
   */
  readonly reportDiscrepancy: Creator<'ReportDiscrepancy'>;
  /**
   * Settles a discrepancy: says which of the reported acts are taken on record, and why. The contact center's (1.1-10).
   *
   * Becomes `DiscrepancySettled`. Refused by the general rules, and by `discrepancy-reported` (1.1-10), `acts-untaken`
   * (1.1-10), `acts-not-ended` (1.1-10).
   * @since 0.1.0
   */
  readonly settleDiscrepancy: Creator<'SettleDiscrepancy'>;
  /**
   * Gives the client's own word on facts of the record. The client's alone: no other person records it for them
   * (1.1-50). No act waits for it.
   *
   * Becomes `FactsAttested`. Refused by the general rules, and by `facts-stand` (0-02).
   * @since 0.1.0
   */
  readonly attestFacts: Creator<'AttestFacts'>;
};
