import type { Actor, CommandOf, CommandType, EventOf } from '../../src/messages/index.ts';
import { acts } from '../../src/wire/schemas.ts';

export const AT = '2026-03-09T14:05:00.000Z';
const LATER = '2026-03-09T15:30:00.000Z';
const SHA = 'a'.repeat(64);
const occurred = { visitId: 'visit-1', at: AT };
const call = { at: AT, reference: 'Llamada 7', operatorId: 'op-1' };
const tubo = { item: 'tubo', quantity: 1.5, unit: 'm', kind: 'PVC', quality: 'SDR 26' };

export const provider: Actor = { role: 'provider', id: 'prov-1' };
const operator: Actor = { role: 'contact-center', id: 'op-1' };

/** For each command its data with every field, in the order of the protocol. */
export const samples: { readonly [T in CommandType]: CommandOf<T>['data'] } = {
  AssignVisit: {
    ...occurred,
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
    ...occurred,
    client: { name: 'Ana Mora', title: 'doña' },
    service: 'Fontanería',
    instructions: 'Portón azul',
    place: 'Heredia',
    arriveBy: LATER,
    requiredShots: ['antes', 'medidor'],
  },
  ReportTransitIssue: {
    ...occurred,
    issue: 'breakdown',
    resolvable: true,
    exceedsResponseTime: false,
    expectedArrival: LATER,
    detail: 'Llanta',
  },
  AcknowledgeTransitIssue: occurred,
  NotifyClient: { ...occurred, about: ['delay', 'provider-change'], reached: true, channel: 'teléfono' },
  ReassignProvider: { ...occurred, provider: { id: 'prov-2', name: 'Luis Soto', title: 'don' }, arriveBy: LATER },
  RecordArrival: { ...occurred, position: { latitude: 9.93, longitude: -84.08, accuracyMeters: 12.5 } },
  ShowCredential: { ...occurred, credentialId: 'C-77' },
  ReportClientAbsence: { ...occurred, call },
  RecordClientReturn: occurred,
  GiveInstruction: {
    ...occurred,
    about: 'visit',
    decision: 'proceed-with-representative',
    text: 'Proceda con la hija',
    representative: { name: 'Eva Mora' },
    waives: ['client-present', 'conformity'],
  },
  ValidateIdentity: {
    ...occurred,
    person: 'client',
    fullNameGiven: true,
    documentShown: true,
    documentKind: 'cedula',
  },
  RejectIdentity: { ...occurred, reason: 'no-document', call },
  AnnounceService: { ...occurred, service: 'Fontanería' },
  LocateFault: { ...occurred, where: 'Bajo el fregadero' },
  InspectArea: { ...occurred, clientPresent: true, clientConsented: true },
  TakePhotos: {
    ...occurred,
    photos: [{ photoId: 'foto-1', sha256: SHA, takenAt: AT, mediaType: 'image/jpeg', shot: 'antes' }],
  },
  SubmitPhotos: { ...occurred, photoIds: ['foto-1'], channel: 'email', appUnavailableReason: 'Sin señal' },
  DocumentPhotos: { ...occurred, photoIds: ['foto-1'] },
  AssessService: { ...occurred, diagnosis: 'Sifón roto' },
  ExplainWork: { ...occurred, method: 'Se cambia el sifón', materials: [tubo] },
  SupplyMaterials: { ...occurred, suppliedBy: 'client', items: [{ item: 'tubo', quantity: 2, unit: 'm' }] },
  AcceptMaterials: occurred,
  RejectMaterials: { ...occurred, mismatches: [{ item: 'tubo', reasons: ['quality'], note: 'Muy delgado' }] },
  ReportMaterialsRefusal: { ...occurred, reason: 'No quiere comprar otro', call },
  CoordinateMaterials: { ...occurred, outcome: 'client-will-supply' },
  RequestExtraMaterials: { ...occurred, materials: [tubo] },
  ShowTools: { ...occurred, tools: ['llave'] },
  ClearArea: { ...occurred, moved: ['balde'] },
  ReportStart: { ...occurred, call },
  DocumentStart: { ...occurred, reference: 'Registro 7' },
  StartWork: occurred,
  PauseWork: { ...occurred, kind: 'second-visit', notice: call, returnExpected: LATER },
  ResumeWork: { ...occurred, kind: 'break', notice: call },
  TestQuality: { ...occurred, withClient: true, tests: [{ name: 'fuga', passed: true }] },
  RecordConformity: occurred,
  RecordObjection: { ...occurred, what: 'Sigue goteando' },
  HandOverSite: { ...occurred, structuralConditionPreserved: true, tidy: true, detail: 'Limpio' },
  ShowBelongings: { ...occurred, items: ['llave'], clientConfirmed: true, disputed: ['cinta'] },
  ReportCompletion: { ...occurred, caseNumber: 'EXP-2026-001', call },
  GiveFarewell: occurred,
  CompleteVisit: occurred,
  CloseVisit: { ...occurred, reason: 'Se reprograma' },
  EscalateClientImpact: { ...occurred, what: 'Riesgo eléctrico', noticedAt: AT },
  ReportConductBreach: { ...occurred, kind: 'smoking', detail: 'En la cocina' },
  DeclineOffContractRequest: { ...occurred, activity: 'other', detail: 'Cortar el zacate' },
  PerformOffContractAct: { ...occurred, activity: 'material-purchase', detail: 'Un sifón' },
};

export const commandTypes = Object.keys(samples) as CommandType[];

/** The fields that only the event has, except its author. */
const extras: { readonly [T in CommandType]?: object } = {
  AssignVisit: { edition: SHA },
  TestQuality: { passed: true },
  CloseVisit: { outcome: 'rescheduled' },
};

/** A whole command, `changes` laid over its data. */
export const command = (type: CommandType, changes: object = {}) => ({
  type,
  data: { ...samples[type], ...changes },
  metadata: { actor: operator, commandId: 'cmd-1' },
});

/** The whole event of a command, keys in order, `changes` laid over its data. */
export const event = (type: CommandType, changes: object = {}) => {
  const { edition: _edition, ...data } = samples[type] as { edition?: string };
  return {
    type: acts[type].event,
    data: { ...data, by: provider, recordedBy: operator, ...extras[type], ...changes },
    metadata: { schemaVersion: 1, eventId: 'ev-1', commandId: 'cmd-1', commandHash: SHA, recordedAt: AT },
  } as EventOf<CommandType>;
};

/** The same value without some of its keys. */
export function without<T extends object>(value: T, keys: readonly string[]): object {
  return Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key)));
}

/** The same JSON with the keys of every object turned round. */
export function turned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turned);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, item]) => [key, turned(item)]),
  );
}
