import {
  type ActShapes,
  contact,
  line,
  lines,
  longLines,
  maybe,
  mustBeYes,
  pastTime,
  sentences,
  time,
  yesNo,
} from './shape.ts';

const client = { kind: 'group', part: 'client', personal: true } as const;
const provider = { kind: 'group', part: 'provider' } as const;
const photographs = { kind: 'photographs', from: 'visit' } as const;
const isSecondVisit = { field: 'kind', is: ['second-visit'] } as const;
const pause = { kind: 'choice', of: 'pause' } as const;

/**
 * The data of each act that people enter, in the order of the protocol: of the schemas, and of the rules, what an act is refused
 * without. A test holds it to both.
 */
export const acts = {
  AssignVisit: {
    caseNumber: line,
    client,
    provider,
    service: line,
    instructions: maybe(sentences),
    place: sentences,
    arriveBy: time,
    requiredShots: maybe({ ...lines, none: true }),
  },
  AmendAssignment: {
    caseNumber: maybe(line),
    client: maybe(client),
    service: maybe(line),
    instructions: maybe(sentences),
    place: maybe(sentences),
    arriveBy: maybe(time),
    requiredShots: maybe({ ...lines, none: true }),
  },
  ReportTransitIssue: {
    issue: { kind: 'choice', of: 'issue', optional: true, clauses: ['1.2-02'] },
    resolvable: {
      ...maybe(yesNo),
      clauses: ['1.2-03'],
      when: { field: 'issue', is: ['breakdown', 'other'] },
    },
    exceedsResponseTime: { ...maybe(yesNo), clauses: ['1.2-05'], when: { field: 'resolvable', is: ['yes'] } },
    expectedArrival: maybe(time),
    detail: { ...maybe(sentences), clauses: ['1.2-02'], neededWhen: { field: 'issue', is: ['other'] } },
  },
  AcknowledgeTransitIssue: {},
  NotifyClient: { about: { kind: 'choices', of: 'notification', min: 1 }, reached: yesNo, channel: maybe(line) },
  ReassignProvider: { provider: { ...provider, clauses: ['1.2-12'] }, arriveBy: time },
  RecordArrival: { position: { kind: 'position', optional: true, personal: true } },
  ShowCredential: { credentialId: maybe(line) },
  ReportClientAbsence: { call: contact('1.1-09') },
  RecordClientReturn: {},
  GiveInstruction: {
    about: { kind: 'choice', of: 'topic', clauses: ['1.1-10'] },
    decision: { kind: 'choice', of: 'decision' },
    text: sentences,
    representative: {
      kind: 'group',
      part: 'representative',
      optional: true,
      personal: true,
      when: { field: 'decision', is: ['proceed-with-representative'] },
    },
    waives: {
      kind: 'choices',
      of: 'requirement',
      optional: true,
      when: { field: 'decision', is: ['proceed', 'proceed-with-representative'] },
    },
  },
  ValidateIdentity: {
    person: { kind: 'choice', of: 'identified' },
    fullNameGiven: mustBeYes('1.1-07', 'identified'),
    documentShown: mustBeYes('1.1-07', 'identified'),
    documentKind: { kind: 'choice', of: 'document', optional: true, when: { field: 'documentShown', is: ['yes'] } },
  },
  RejectIdentity: { reason: { kind: 'choice', of: 'rejection' }, call: contact('1.1-09') },
  AnnounceService: { service: { ...line, clauses: ['1.1-13'] } },
  LocateFault: { where: sentences },
  InspectArea: { clientPresent: mustBeYes('1.1-17', 'client-present'), clientConsented: maybe(yesNo) },
  TakePhotos: { photos: { kind: 'photographs', from: 'camera', personal: true, clauses: ['1.1-18'] } },
  SubmitPhotos: {
    photoIds: { ...photographs, clauses: ['1.1-18'] },
    channel: { kind: 'choice', of: 'channel', others: 'read', optional: true, clauses: ['1.1-20'] },
    appUnavailableReason: {
      ...maybe(sentences),
      clauses: ['1.1-21'],
      when: { field: 'channel', is: ['email'] },
    },
  },
  DocumentPhotos: { photoIds: { ...photographs, clauses: ['1.1-22'] } },
  AssessService: { diagnosis: sentences },
  ExplainWork: { method: sentences, materials: { kind: 'rows', part: 'material', none: true } },
  SupplyMaterials: {
    suppliedBy: { kind: 'choice', of: 'supplier', optional: true, clauses: ['1.1-31'] },
    items: { kind: 'rows', part: 'supplied', optional: true, none: true },
  },
  AcceptMaterials: {},
  RejectMaterials: { mismatches: { kind: 'rows', part: 'mismatch', optional: true, clauses: ['1.1-35'] } },
  ReportMaterialsRefusal: { reason: maybe(sentences), call: contact('1.1-38') },
  CoordinateMaterials: { outcome: { kind: 'choice', of: 'agreed' } },
  RequestExtraMaterials: { materials: { kind: 'rows', part: 'material', clauses: ['1.1-29'] } },
  ShowTools: { tools: { ...lines, none: true } },
  ClearArea: { moved: { ...longLines, none: true } },
  ReportStart: { call: contact('1.1-26') },
  DocumentStart: { reference: maybe(line) },
  StartWork: {},
  PauseWork: {
    kind: pause,
    notice: { ...contact('1.1-48'), when: isSecondVisit },
    returnExpected: maybe(time),
  },
  ResumeWork: { kind: pause, notice: { ...contact('1.1-49'), when: isSecondVisit } },
  TestQuality: { withClient: mustBeYes('1.1-47', 'tested-with-client'), tests: { kind: 'rows', part: 'test', min: 1 } },
  RecordConformity: {},
  RecordObjection: { what: sentences },
  HandOverSite: {
    structuralConditionPreserved: mustBeYes('1.1-45', 'structure-preserved'),
    tidy: maybe(yesNo),
    detail: maybe(sentences),
  },
  ShowBelongings: {
    items: { ...longLines, none: true },
    clientConfirmed: { ...maybe(yesNo), clauses: ['1.1-53'] },
    disputed: maybe(longLines),
  },
  ReportCompletion: { caseNumber: { ...maybe(line), clauses: ['1.3-04'] }, call: contact('1.3-02') },
  GiveFarewell: {},
  CompleteVisit: {},
  CloseVisit: { reason: maybe(sentences) },
  EscalateClientImpact: { what: sentences, noticedAt: maybe(pastTime) },
  ReportConductBreach: { kind: { kind: 'choice', of: 'breach' }, detail: maybe(sentences) },
  DeclineOffContractRequest: { activity: { kind: 'choice', of: 'activity' }, detail: maybe(sentences) },
  PerformOffContractAct: {
    activity: { kind: 'choice', of: 'activity', others: 'offered', clauses: ['1.1-30', '1.1-31'] },
    detail: maybe(sentences),
  },
  AnnulAct: {
    act: { kind: 'choice', of: 'annulled', clauses: ['1.1-10'] },
    recorded: { ...pastTime, clauses: ['1.1-10'] },
    reason: sentences,
  },
  CorrectTime: {
    what: { kind: 'choice', of: 'time', clauses: ['1.1-10'] },
    recorded: { ...pastTime, clauses: ['1.1-10'] },
    corrected: { ...pastTime, clauses: ['1.1-10'] },
    reason: sentences,
  },
  ReportDiscrepancy: {},
  SettleDiscrepancy: { taken: { kind: 'reported-acts', none: true }, text: sentences },
  AttestFacts: { facts: { kind: 'rows', part: 'word', min: 1, clauses: ['0-02'] } },
} as const satisfies ActShapes;
