// Generated from the docstrings of src/messages by `npm run reference`; a test holds it to them.

/** Descriptions by name; the fields of a type under its name, the type itself under `self`. */
export type Descriptions = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Of the messages. */
export const messages: Descriptions[string] = {
  AssignVisit: 'Assigns a visit to a provider. Recorded by the contact center, once a visit (1.1-13, 0-01).',
  VisitAssigned: 'A visit was assigned; `edition` is always there.',
  AmendAssignment:
    'Amends the assignment. Recorded by the contact center; at least one field is given (1.1-13, 1.2-12).',
  AssignmentAmended: 'The assignment was amended.',
  ReportTransitIssue:
    "Reports an issue on the way, before arriving. The provider's, or recorded for them by the contact center (1.2-01..07, 1.2-09, 2.2-09).",
  TransitIssueReported: 'An issue on the way was reported.',
  AcknowledgeTransitIssue:
    'Acknowledges what was reported from the way. Recorded by the contact center (1.2-08, 1.2-14).',
  TransitIssueAcknowledged: 'The contact center acknowledged the issue.',
  NotifyClient:
    'Tells the client about a delay or a change of provider. Recorded by the contact center (1.2-10, 1.2-13, 1.2-15).',
  ClientNotified: 'The client was told, or an attempt was made.',
  ReassignProvider:
    'Assigns another provider to the same case. Recorded by the contact center when a reassignment is owed or instructed (1.2-11, 1.2-12).',
  ProviderReassigned: 'Another provider took the visit over.',
  RecordArrival:
    "Records the arrival at the place. The provider's, or recorded for them by the contact center (1.1-01).",
  ProviderArrived: 'The provider arrived.',
  ShowCredential: "Shows the credential (carné) to the client. The provider's (1.1-03).",
  CredentialShown: 'The credential was shown.',
  ReportClientAbsence:
    "Reports that the client is not there, or left. The provider's, or recorded for them by the contact center (1.1-09).",
  ClientAbsenceReported: "The client's absence was reported.",
  RecordClientReturn: "Records that the client is there again. The provider's (1.1-09).",
  ClientReturned: 'The client returned.',
  GiveInstruction: 'Gives an instruction on how to proceed. Recorded by the contact center (1.1-10, 1.1-39, 2.2-08).',
  InstructionGiven: 'An instruction was given.',
  ValidateIdentity: "Validates the identity of the person at the door. The provider's (1.1-07, 1.1-08, 1.1-11).",
  IdentityValidated: 'The identity was validated.',
  RejectIdentity:
    "Rejects the identity of the person at the door. The provider's, or recorded for them by the contact center (1.1-08).",
  IdentityRejected: 'The identity was rejected.',
  AnnounceService: "Announces the service to the client. The provider's (1.1-12, 1.1-13).",
  ServiceAnnounced: 'The service was announced.',
  LocateFault: "Records where the client says the fault is. The provider's (1.1-14, 1.1-15).",
  FaultLocated: 'The fault was located.',
  InspectArea: "Inspects the area together with the client. The provider's (1.1-16, 1.1-17, 1.1-23).",
  AreaInspected: 'The area was inspected.',
  TakePhotos: "Takes photographs of the fault. The provider's (1.1-18).",
  PhotosTaken: 'Photographs were taken.',
  SubmitPhotos:
    "Sends photographs to the contact center. The provider's, or recorded for them by the center (1.1-19..21).",
  PhotosSubmitted: 'Photographs were sent; whether they were received is another act.',
  DocumentPhotos: 'Puts photographs on file. Recorded by the contact center (1.1-22).',
  PhotosDocumented: 'Photographs were put on file.',
  AssessService: "Assesses the service that is needed. The provider's (1.1-24).",
  ServiceAssessed: 'The service was assessed.',
  ExplainWork: "Explains the work to the client and asks for materials. The provider's (1.1-25, 1.1-28, 1.1-29).",
  WorkExplained: 'The work was explained.',
  SupplyMaterials:
    "Supplies the materials that were asked for. The client's, recorded by the provider or by themselves (1.1-31, 1.1-32).",
  MaterialsSupplied: 'Materials were supplied.',
  AcceptMaterials: "Accepts the materials that were supplied. The provider's (1.1-33, 1.1-34).",
  MaterialsAccepted: 'The materials were accepted.',
  RejectMaterials: "Rejects the materials that were supplied. The provider's (1.1-35, 1.1-36).",
  MaterialsRejected: 'The materials were rejected.',
  ReportMaterialsRefusal:
    "Reports that the client will not supply or change the materials. The provider's, or recorded for them by the contact center (1.1-37, 1.1-38).",
  MaterialsChangeRefused: 'The client would not change the materials.',
  CoordinateMaterials: 'Settles with the client what happens about materials. Recorded by the contact center (1.1-39).',
  MaterialsCoordinated: 'The materials were coordinated with the client.',
  RequestExtraMaterials: "Asks for more materials while the work is running. The provider's (1.1-29).",
  ExtraMaterialsRequested: 'More materials were asked for; the work awaits them.',
  ShowTools: "Shows the client the tools that go in. The provider's (1.1-40).",
  ToolsShown: 'The tools were shown.',
  ClearArea: "Clears the area of work. The provider's (1.1-41).",
  AreaCleared: 'The area was cleared.',
  ReportStart:
    "Reports to the contact center that the work begins. The provider's, or recorded for them by the contact center (1.1-26).",
  StartReported: 'The start was reported.',
  DocumentStart: 'Puts the start call on record. Recorded by the contact center (1.1-27).',
  StartDocumented: 'The start call was put on record.',
  StartWork: "Starts the work. The provider's (1.1-43).",
  WorkStarted: 'The work started.',
  PauseWork: "Interrupts the work. The provider's, or recorded for them by the contact center (1.1-48).",
  Paused: 'The work was interrupted.',
  ResumeWork: "Takes the work up again. The provider's, or recorded for them by the contact center (1.1-49).",
  Resumed: 'The work was taken up again.',
  TestQuality: "Tests the work together with the client. The provider's (1.1-46, 1.1-47).",
  QualityTested: 'The work was tested.',
  RecordConformity:
    "Records that the client finds the work in order. The client's, recorded by the provider or by themselves (1.1-50).",
  ClientConformed: 'The client found the work in order.',
  RecordObjection:
    "Records that the client objects to the work. The client's, recorded by the provider or by themselves (1.1-50).",
  ClientObjected: 'The client objected; the tests stand as failed.',
  HandOverSite: "Hands the place over. The provider's (1.1-44, 1.1-45).",
  SiteHandedOver: 'The place was handed over.',
  ShowBelongings: "Shows the client what leaves the house. The provider's (1.1-51..53).",
  BelongingsShown: 'The belongings were shown.',
  ReportCompletion:
    "Reports to the contact center that the work is finished. The provider's, or recorded for them by the contact center (1.3-02..04).",
  CompletionReported: 'The completion was reported.',
  GiveFarewell: "Says goodbye to the client. The provider's; never asked for (1.3-01).",
  FarewellGiven: 'Goodbye was said.',
  CompleteVisit: "Completes the visit. The provider's, or recorded for them by the contact center (1.3-02).",
  Completed: 'The visit was completed.',
  CloseVisit:
    "Closes a visit that is not to be completed. The provider's or the contact center's, under an instruction to cancel or reschedule (1.1-10).",
  VisitClosed: 'The visit was closed.',
  EscalateClientImpact:
    "Takes to the contact center whatever could affect the client. The provider's, or recorded for them by the contact center (2.2-08).",
  ClientImpactEscalated: 'A matter that could affect the client was escalated.',
  ReportConductBreach:
    "Reports a breach of conduct. The contact center's or the client's, never a provider's (2.1-01, 2.2-11).",
  ConductBreachReported: 'A breach of conduct was reported.',
  DeclineOffContractRequest: "Declines a request outside the contract. The provider's (1.1-30, 1.1-31).",
  OffContractRequestDeclined: 'A request outside the contract was declined.',
  PerformOffContractAct:
    "Records an act outside the contract. The provider's; refused unless the host's policy allows it (1.1-30, 1.1-31).",
  OffContractActPerformed: 'An act outside the contract was performed.',
  AnnulAct:
    "Annuls what was recorded by mistake: an arrival, a start, a completion or a closing. The contact center's (1.1-10).",
  ActAnnulled: 'An act was annulled: it no longer stands. The event that it is about stays in the log as it is.',
  CorrectTime: "Corrects a time that was recorded wrongly. The contact center's (1.1-10).",
  TimeCorrected: 'A time was corrected. The event that it is about stays in the log as it is.',
  ReportDiscrepancy:
    "Reports acts that were recorded apart and that the log refused or knows already. The provider's or the client's, made by reconciling alone (1.1-10).",
  DiscrepancyReported: 'A discrepancy was reported, for the contact center to settle.',
  SettleDiscrepancy:
    "Settles a discrepancy: says which of the reported acts are taken on record, and why. The contact center's (1.1-10).",
  DiscrepancySettled: 'A discrepancy was settled; the acts that were taken stand right before it.',
};

/** Of the fields of their data; those of all events first, those of an event where its command has not the same. */
export const fields: Descriptions = {
  all: {
    visitId: 'The visit in which it happened.',
    at: 'Time when it happened, by the clock of the person who saw it; not when it was recorded.',
    by: "Person whose act it is. A client who did not record it themselves is `{ role: 'client', id: 'client' }`.",
    recordedBy: 'Person who recorded it, only where that was another one (0-02).',
  },
  AssignVisit: {
    caseNumber: 'The case (expediente) to which the visit belongs; the completion call must name it (1.3-04).',
    client: 'Client who asked for the assistance, or is at the door.',
    provider: 'Provider who is to carry out the visit.',
    service: 'The service assigned, and no other (1.1-13).',
    instructions: 'Instructions that the center gives the provider beforehand.',
    place: 'Place of the visit. Personal.',
    arriveBy: 'The latest moment of arrival that was promised; measured, never refused.',
    requiredShots: 'The photographs that must be sent before the start, by name (1.1-16, 1.1-19).',
    edition: 'The edition of the protocol that judges the visit; the pinned one when absent (0-01).',
    policyId: "The host's policy that judges the visit.",
  },
  VisitAssigned: {
    edition: 'The edition of the protocol that judges the visit, as SHA-256 of its text (0-01).',
  },
  AmendAssignment: {
    caseNumber: 'The case number from now on.',
    client: 'The client from now on.',
    service: 'The service from now on; another one before the start undoes the announcement.',
    instructions: 'The instructions from now on.',
    place: 'The place from now on; another one before the start undoes the arrival.',
    arriveBy: 'The promised latest arrival from now on.',
    requiredShots: 'All the required photographs from now on.',
  },
  ReportTransitIssue: {
    issue: 'Kind of issue; must be said (1.2-02).',
    resolvable: 'True if the provider can solve it; must be said of a breakdown or another issue (1.2-03).',
    exceedsResponseTime: 'True if the response time will be exceeded; must be said when it can be solved (1.2-05).',
    expectedArrival: 'Time at which the provider now expects to arrive.',
    detail: 'The issue in words; must be there for another issue (1.2-02).',
  },
  NotifyClient: {
    about: 'The topics of one notice; never empty.',
    reached: 'True if the client was reached; one not reached is a recorded attempt, the debt stays.',
    channel: "Medium of the notice, in the center's words.",
  },
  ReassignProvider: {
    provider: 'The new provider, another than the one assigned.',
    arriveBy: 'The latest moment of arrival promised for the new provider.',
  },
  RecordArrival: {
    position: 'Position of the device.',
  },
  ShowCredential: {
    credentialId: 'Number or text printed on the credential (carné).',
  },
  ReportClientAbsence: {
    call: 'The call to the contact center; must be there (1.1-09).',
  },
  GiveInstruction: {
    about: 'Topic that it answers; it must be open, and `visit` always is.',
    decision: 'Decision: to wait, to proceed, to call the visit off, or other.',
    text: 'The instruction in words.',
    representative: 'Adult who may stand in for the client.',
    waives: 'The rules that no longer refuse, for this visit; only with a decision to proceed.',
  },
  ValidateIdentity: {
    person: 'Person who was identified; a representative only under an instruction.',
    fullNameGiven: 'True if the full name was given; must be true (1.1-07).',
    documentShown: 'True if a document was shown; must be true (1.1-07).',
    documentKind: 'Kind of the document.',
  },
  RejectIdentity: {
    reason: 'Reason for rejecting it.',
    call: 'The call to the contact center; must be there (1.1-09).',
  },
  AnnounceService: {
    service: 'The service, exactly the one assigned (1.1-13).',
  },
  LocateFault: {
    where: 'The spot, in words. Personal.',
  },
  InspectArea: {
    clientPresent: 'True if the client was present; must be true (1.1-17).',
    clientConsented: 'True if the client agreed to the inspection and the photographs (1.1-23).',
  },
  TakePhotos: {
    photos: 'Those taken; at least one, none twice (1.1-18).',
  },
  SubmitPhotos: {
    photoIds: 'Those sent; at least one, each taken before (1.1-18).',
    channel: '`app`, or `email` (1.1-20); anything else is refused with that clause.',
    appUnavailableReason: 'Reason why the app was not possible; must be there for e-mail (1.1-21).',
  },
  DocumentPhotos: {
    photoIds: 'Those put on file; at least one, each sent before and not yet on file (1.1-22).',
  },
  AssessService: {
    diagnosis: 'The finding, in words.',
  },
  ExplainWork: {
    method: 'The method, in words.',
    materials: 'The materials the client is asked for; an empty list says that none are needed.',
  },
  SupplyMaterials: {
    suppliedBy: 'Person who supplied them; must be the client, unless the contract allows otherwise (1.1-31).',
    items: 'All that is there now, not an increment.',
  },
  RejectMaterials: {
    mismatches: 'Materials that do not match; at least one (1.1-35).',
  },
  ReportMaterialsRefusal: {
    reason: "The client's reason, in words. Personal.",
    call: 'The call to the contact center; must be there (1.1-38).',
  },
  CoordinateMaterials: {
    outcome: 'Agreement with the client; reschedule and cancel count as that instruction.',
  },
  RequestExtraMaterials: {
    materials: 'The extra materials, a request of its own; at least one (1.1-29).',
  },
  ShowTools: {
    tools: 'Each tool by name; shown twice, the union counts.',
  },
  ClearArea: {
    moved: 'Each thing by name; empty says that there was nothing to move.',
  },
  ReportStart: {
    call: 'The call to the contact center; must be there (1.1-26). Payment evidence.',
  },
  DocumentStart: {
    reference: "Reference of the contact in the center's own records.",
  },
  PauseWork: {
    kind: 'Kind of interruption: a break, or until a second visit.',
    notice: 'The exit notice to the contact center; must be there for a second visit (1.1-48). Payment evidence.',
    returnExpected: 'Time at which the provider expects to be back.',
  },
  ResumeWork: {
    kind: 'Kind of interruption that ends.',
    notice: 'The re-entry notice to the contact center; must be there for a second visit (1.1-49). Payment evidence.',
  },
  TestQuality: {
    withClient: 'True if the client took part; must be true (1.1-47).',
    tests: 'The tests made; never empty.',
  },
  QualityTested: {
    passed: 'True if all tests passed.',
  },
  RecordObjection: {
    what: "The objection, in the client's words. Personal.",
  },
  HandOverSite: {
    structuralConditionPreserved: 'True if the structure is as it was; must be true (1.1-45).',
    tidy: 'True if it is as tidy as can be (1.1-44).',
    detail: 'The condition in words.',
  },
  ShowBelongings: {
    items: 'Each thing by name; one not among the tools shown is a finding (1.1-52).',
    clientConfirmed: 'True if the client confirmed the check; must be said (1.1-53).',
    disputed: "Items that the client says are not the provider's.",
  },
  ReportCompletion: {
    caseNumber: 'The case number named in the call; must be the assigned one (1.3-04). Payment evidence.',
    call: 'The call to the contact center; must be there (1.3-02). Payment evidence.',
  },
  CloseVisit: {
    reason: 'The reason, in words.',
  },
  VisitClosed: {
    outcome: 'End that the standing instruction gave it.',
  },
  EscalateClientImpact: {
    what: 'The matter, in words. Personal.',
    noticedAt: 'Time when it was noticed; the lag of the report runs from here.',
  },
  ReportConductBreach: {
    kind: 'Duty that was breached.',
    detail: 'The breach in words. Personal.',
  },
  DeclineOffContractRequest: {
    activity: 'Activity that the client asked for.',
    detail: 'The request in words. Personal.',
  },
  PerformOffContractAct: {
    activity: "`material-purchase`, `other`, or a name on the host's allow-list.",
    detail: 'The act in words.',
  },
  AnnulAct: {
    act: 'Type of the event that was recorded by mistake.',
    recorded: 'Its time on record, which tells which one is meant.',
    reason: 'The reason, in words.',
  },
  CorrectTime: {
    what: 'Time that was recorded wrongly. `resumption` and `interruption` begin and end an interval of work.',
    recorded: 'The time on record.',
    corrected: 'The time that takes its place.',
    reason: 'The reason, in words.',
  },
  ReportDiscrepancy: {
    discrepancyId: 'Id of the discrepancy.',
    basedOn: 'The number of events of the log that the recorder had seen.',
    acts: 'The acts that are not in the log, in the order in which they were recorded; never empty.',
  },
  SettleDiscrepancy: {
    discrepancyId: 'Id of the discrepancy.',
    taken: "Positions in the report's `acts`, from 0, ascending, of those that are taken on record. May be empty.",
    text: 'The reason, in words.',
  },
};

/** Of the parts that they share. */
export const parts: Descriptions = {
  Command: {
    self: 'A request to record an act: imperative, may be refused.',
    type: 'Type of the command.',
    data: 'Content of the command.',
    metadata: "Metadata: the actor and the command's id.",
  },
  Event: {
    self: 'An act that happened: past tense, never refused by `evolve`.',
    type: 'Type of the event.',
    data: "Content of the event: its command's, and the person whose act it is.",
    metadata: 'Metadata that a store and a service keep with it.',
  },
  Id: {
    self: 'The identifier of a visit, a provider, an operator, a photograph or a command: 1 to 128 of letters, digits and `. _ : / @ + -`, beginning with a letter or a digit.',
  },
  Instant: {
    self: 'A moment in UTC with milliseconds, `2026-03-09T14:05:00.000Z`. Two of them compare as strings.',
  },
  Text: {
    self: 'Text written by a person: NFC, not blank, without control or bidirectional marks.',
  },
  Sha256: {
    self: 'A SHA-256 as 64 lower-case hexadecimal digits.',
  },
  Actor: {
    self: "One who acts. In a command it comes from the host's authenticated context, never from the data.",
    role: 'Role in which the person acts.',
    id: "Id of the person: the provider's, the operator's or the client's.",
  },
  Client: {
    self: 'The client as the contact center names them (1.1-13). Personal.',
    name: 'Full name.',
    title: 'Form of address of the client.',
  },
  Provider: {
    self: 'The provider to whom a visit is assigned (1.1-13, 1.2-12). The name is personal.',
    id: 'The id under which the provider acts.',
    name: 'Full name.',
    title: 'Form of address of the provider.',
  },
  Contact: {
    self: 'A contact with the contact center, made when it says: a call, or a notice.',
    at: 'Time of the contact.',
    reference: "Reference of the contact in the center's own records.",
    operatorId: 'The operator who answered.',
  },
  CommandMetadata: {
    self: 'Metadata of a command, from the host.',
    actor: "Person who records the act, from the host's authenticated context.",
    commandId: 'The key of idempotence: the same command sent twice has the same id.',
    despite: 'Person who let the act be done although the copy of the log refused it, and why. Never judged.',
    device: 'Device on which it was recorded. Personal; never judged.',
    enteredAt: 'Time when it was entered on the device. Personal; never judged.',
  },
  EventMetadata: {
    self: 'Metadata that a store and a service keep with an event. Without any, the event is of schema version 1.',
    schemaVersion: "The version of this event's schema; none means 1.",
    eventId: 'Unique in a store.',
    commandId: 'The command from which the event came.',
    commandHash:
      "SHA-256 of that command's content, as releases before 0.5.0 stored it. It is read and never compared.",
    despite: 'Person who let the act be done although the copy of the log refused it, and why.',
    device: 'Device on which it was recorded. Personal.',
    enteredAt: 'Time when it was entered on the device. Personal.',
    recordedAt: 'Time when the service stored it, for mechanical purposes only; not when it happened.',
    previousHash: 'Of a sealed event: the hash of the event before it; the first of a log has none.',
    hash: 'Of a sealed event: SHA-256 of all the rest of it, as `auxilio/chain` computes it.',
  },
  Position: {
    self: 'A place on the globe, WGS 84. Personal.',
    latitude: 'Degrees north, -90 to 90.',
    longitude: 'Degrees east, -180 to 180.',
    accuracyMeters: 'Radius of uncertainty in metres, 0 or more.',
  },
  Representative: {
    self: 'An adult who stands in for the client. Personal.',
    name: 'Full name.',
  },
  Photo: {
    self: 'A reference to a photograph; its bytes are never in a message. Personal.',
    photoId: 'Unique in the visit, for ever (1.1-18).',
    sha256: 'The SHA-256 of the file.',
    takenAt: 'Time when it was taken; its lag until it is sent runs from here.',
    mediaType: 'The media type of the file, `image/jpeg`.',
    shot: 'Name of the required photograph that it is.',
  },
  Material: {
    self: 'A material that is asked for.',
    item: 'Its name; matched after NFC, trimmed, without regard to case.',
    quantity: 'Quantity: more than 0, at most three decimals, in `unit`.',
    unit: 'The unit of the quantity; pieces when absent.',
    kind: 'The kind that is needed.',
    quality: 'The quality that is needed.',
  },
  SuppliedItem: {
    self: 'A material that is there.',
    item: 'Its name; matched after NFC, trimmed, without regard to case.',
    quantity: 'Quantity: more than 0, at most three decimals, in `unit`.',
    unit: 'The unit of the quantity; pieces when absent.',
  },
  Mismatch: {
    self: 'A material that does not do.',
    item: 'Its name.',
    reasons: '`quantity`, `kind` or `quality`, at least one; anything else is refused with the clause (1.1-35).',
    note: 'The mismatch in words.',
  },
  Test: {
    self: 'A test of the finished work.',
    name: 'Name of the test.',
    passed: 'True if it passed.',
  },
  Despite: {
    self: "The permission for an act that the recorder's copy of the log refused, given by telephone. Personal.",
    by: 'Person of the contact center who gave it.',
    reason: 'The reason, in words.',
  },
  ReportedAct: {
    self: 'An act that was recorded apart and is not in the log: its event as `decide` would have made it, and what came of it when the log was reconciled (PROTOCOL §10).',
    data: "Content of the event: its command's, and the person whose act it is.",
    type: 'Type of the event.',
    despite: 'Person who let the act be done although the copy of the log refused it, and why. Never judged.',
    device: 'Device on which it was recorded. Personal; never judged.',
    enteredAt: 'Time when it was entered on the device. Personal; never judged.',
    commandId: 'The command from which it came.',
    on: 'The number of events in the log when it was judged.',
    violations: 'The rules that refused it, in the order of the protocol; none for a twin.',
    lawfulThen: 'True if it was lawful on what its recorder knew.',
    twinOf: 'Of a twin: the position in the log, from 1, of the event that tells the same fact.',
  },
  ReportedViolation: {
    self: 'A rule that refused a reported act, and the clause that it stands on.',
    rule: 'Id of the rule.',
    clause: 'Id of the clause.',
  },
};
