import type { CommandOf, CommandType, Occurrence } from '../messages/index.ts';
import { defaultPolicy, initialState } from '../visit/index.ts';
import { acts } from '../visit/table.ts';

const AT = '2026-03-09T14:05:00.000Z';
const LATER = '2026-03-09T15:30:00.000Z';
const SHA = 'a'.repeat(64);
const call = { at: AT, reference: 'Llamada 7', operatorId: 'op-1' };
const tubo = { item: 'tubo', quantity: 1.5, unit: 'm', kind: 'PVC', quality: 'SDR 26' };

type Samples = { readonly [T in CommandType]: Omit<CommandOf<T>['data'], keyof Occurrence> };

/** Samples of the commands whose data have more than their first witness says. */
const samples: Partial<Samples> = {
  AssignVisit: {
    caseNumber: 'EXP-2026-001',
    client: { name: 'Ana Mora', title: 'doña' },
    provider: { id: 'prov-1', name: 'José Núñez', title: 'don' },
    service: 'Fontanería',
    instructions: 'Portón verde',
    place: 'San José, de la iglesia 100 m al norte',
    arriveBy: LATER,
    requiredShots: ['antes'],
    edition: SHA,
    policyId: 'base',
  },
  AmendAssignment: {
    caseNumber: 'EXP-2026-002',
    client: { name: 'Ana Mora', title: 'doña' },
    service: 'Fontanería',
    instructions: 'Portón azul',
    place: 'Heredia',
    arriveBy: LATER,
    requiredShots: ['antes', 'medidor'],
  },
  ReportTransitIssue: {
    issue: 'breakdown',
    resolvable: true,
    exceedsResponseTime: false,
    expectedArrival: LATER,
    detail: 'Llanta',
  },
  NotifyClient: { about: ['delay', 'provider-change'], reached: true, channel: 'teléfono' },
  ReassignProvider: { provider: { id: 'prov-2', name: 'Luis Soto', title: 'don' }, arriveBy: LATER },
  RecordArrival: { position: { latitude: 9.93, longitude: -84.08, accuracyMeters: 12.5 } },
  ShowCredential: { credentialId: 'C-77' },
  ReportClientAbsence: { call },
  GiveInstruction: {
    about: 'visit',
    decision: 'proceed-with-representative',
    text: 'Proceda con la hija',
    representative: { name: 'Eva Mora' },
    waives: ['client-present', 'conformity'],
  },
  ValidateIdentity: {
    person: 'client',
    fullNameGiven: true,
    documentShown: true,
    documentKind: 'cedula',
  },
  RejectIdentity: { reason: 'no-document', call },
  AnnounceService: { service: 'Fontanería' },
  LocateFault: { where: 'Bajo el fregadero' },
  InspectArea: { clientPresent: true, clientConsented: true },
  TakePhotos: {
    photos: [{ photoId: 'f-1', sha256: SHA, takenAt: AT, mediaType: 'image/jpeg', shot: 'antes' }],
  },
  SubmitPhotos: { photoIds: ['f-1'], channel: 'email', appUnavailableReason: 'Sin señal' },
  DocumentPhotos: { photoIds: ['f-1'] },
  AssessService: { diagnosis: 'Sifón roto' },
  ExplainWork: { method: 'Se cambia el sifón', materials: [tubo] },
  SupplyMaterials: { suppliedBy: 'client', items: [{ item: 'tubo', quantity: 2, unit: 'm' }] },
  RejectMaterials: { mismatches: [{ item: 'tubo', reasons: ['quality'], note: 'Muy delgado' }] },
  ReportMaterialsRefusal: { reason: 'No quiere comprar otro', call },
  CoordinateMaterials: { outcome: 'client-will-supply' },
  RequestExtraMaterials: { materials: [tubo] },
  ShowTools: { tools: ['llave'] },
  ClearArea: { moved: ['balde'] },
  ReportStart: { call },
  DocumentStart: { reference: 'Registro 7' },
  PauseWork: { kind: 'break', notice: call, returnExpected: LATER },
  ResumeWork: { kind: 'second-visit', notice: call },
  TestQuality: { withClient: true, tests: [{ name: 'fuga', passed: true }] },
  RecordObjection: { what: 'Sigue goteando' },
  HandOverSite: { structuralConditionPreserved: true, tidy: true, detail: 'Limpio' },
  ShowBelongings: { items: ['llave'], clientConfirmed: true, disputed: ['cinta'] },
  ReportCompletion: { caseNumber: 'EXP-2026-001', call },
  CloseVisit: { reason: 'Se reprograma' },
  EscalateClientImpact: { what: 'Riesgo eléctrico', noticedAt: AT },
  ReportConductBreach: { kind: 'smoking', detail: 'En la cocina' },
  DeclineOffContractRequest: { activity: 'other', detail: 'Cortar el zacate' },
  PerformOffContractAct: { activity: 'material-purchase', detail: 'Un sifón' },
  AnnulAct: { act: 'Completed', recorded: LATER, reason: 'Se marcó por error' },
  CorrectTime: { what: 'start', recorded: LATER, corrected: AT, reason: 'Se marcó al salir' },
  ReportDiscrepancy: {
    discrepancyId: 'd-7',
    basedOn: 4,
    acts: [
      {
        type: 'CredentialShown',
        data: { visitId: 'visit-1', at: AT, credentialId: 'C-77', by: { role: 'provider', id: 'prov-1' } },
        commandId: 'cmd-41',
        on: 6,
        violations: [{ rule: 'arrived', clause: '1.1-01' }],
        lawfulThen: true,
        despite: { by: 'Eva Solano', reason: 'Pidió seguir' },
        device: 'Teléfono 3',
        enteredAt: AT,
        signature: 'eyJhbGciOiJFUzI1NiJ9..c2lnbmF0dXJl',
      },
      {
        type: 'StartReported',
        data: {
          visitId: 'visit-1',
          at: AT,
          call,
          by: { role: 'provider', id: 'prov-1' },
        },
        commandId: 'cmd-42',
        on: 6,
        violations: [],
        lawfulThen: true,
        twinOf: 5,
      },
    ],
  },
  SettleDiscrepancy: { discrepancyId: 'd-7', taken: [0], text: 'Se revisó con el proveedor' },
  AttestFacts: { facts: [{ fact: 'arrival', recorded: AT, agrees: false, what: 'Llegó más tarde' }] },
};

/**
 * Data of each command with every field that it may have, in the order of the protocol; the visit and the time aside.
 *
 * @since 0.5.0
 */
export const sampleData = Object.fromEntries(
  acts.map(({ command, witnesses }) => [
    command,
    samples[command] ?? witnesses(initialState(), { at: AT, policy: defaultPolicy })[0],
  ]),
) as Samples;
