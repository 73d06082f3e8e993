import type { VisitEvent } from '../../src/messages/index.ts';
import { advance, command, minute } from '../../src/testing.ts';
import type { Policy } from '../../src/visit/index.ts';
import { assignment, call, client, operator, otherProvider, photo, provider, stretch } from '../scenarios/commands.ts';
import { completed } from '../scenarios/gained.ts';

export const policy = {
  id: 'hogar-2026',
  allow: ['other', 'cambio de bombillo'],
  waive: [{ rule: 'client-present', reason: 'zona rural' }],
} as const satisfies Policy;

const dayLong = 24 * 60;
const sent = (photoId: string, minutes: number, shot?: string) => ({
  ...photo(photoId, shot),
  takenAt: minute(minutes),
});
const said = (minutes: number) => ({ ...call, at: minute(minutes) });
const eva = otherProvider;

/** A visit in which nearly all happens that may: lawful up to its end. */
const lawful = advance(
  [],
  completed([
    command('AssignVisit', {
      caseNumber: 'EXP-7 & <8>',
      client: { name: 'Ana Rojas', title: 'doña' },
      provider: { id: 'prov-1', name: 'Luis Mora', title: 'don' },
      service: 'fontanería',
      instructions: 'Tocar el timbre',
      place: 'Barva, Heredia',
      arriveBy: minute(30),
      requiredShots: ['llave', 'tubo'],
      policyId: 'hogar-2025',
      edition: 'b'.repeat(64),
    }),
    command('ReportTransitIssue', { at: minute(1), issue: 'delay', expectedArrival: minute(50) }),
    command('AcknowledgeTransitIssue', { at: minute(2) }),
    command('NotifyClient', { at: minute(3), about: ['delay'], reached: false, channel: 'teléfono' }),
    command(
      'ReportTransitIssue',
      { at: minute(5), issue: 'breakdown', resolvable: true, exceedsResponseTime: true },
      operator,
    ),
    command('ReportTransitIssue', { at: minute(6), issue: 'other', resolvable: false, detail: 'Llanta' }),
    command('GiveInstruction', { at: minute(7), about: 'visit', decision: 'proceed', text: 'Siga a pie' }),
    command('RecordArrival', { at: minute(8) }),
    command('GiveInstruction', { at: minute(9), about: 'visit', decision: 'reassign', text: 'Va otra persona' }),
    command('ReassignProvider', { at: minute(10), provider: { id: 'prov-2', name: 'Eva Soto' }, arriveBy: minute(40) }),
    command('NotifyClient', { at: minute(30), about: ['delay', 'provider-change'], reached: true }),
    command(
      'RecordArrival',
      { at: minute(45), position: { latitude: 10.02, longitude: -84.12, accuracyMeters: 8 } },
      eva,
    ),
    command('ReportClientAbsence', { at: minute(46), call: { at: minute(46) } }, eva),
    command('GiveInstruction', { at: minute(47), about: 'client-absence', decision: 'wait', text: 'Espere' }),
    command('RecordClientReturn', { at: minute(50) }, eva),
    command('ShowCredential', { at: minute(51), credentialId: 'AIS-2' }, eva),
    command('RejectIdentity', { at: minute(52), reason: 'no-document', call: said(52) }, eva),
    command('GiveInstruction', {
      at: minute(53),
      about: 'identity',
      decision: 'proceed-with-representative',
      text: 'Que atienda su hermana',
      representative: { name: 'Inés Rojas' },
      waives: ['identified', 'tested-with-client'],
    }),
    command('ValidateIdentity', { at: minute(54), person: 'representative', documentKind: 'dimex' }, eva),
    command('AnnounceService', { at: minute(55), service: 'fontanería' }, eva),
    command('LocateFault', { at: minute(56), where: 'cocina' }, eva),
    command('InspectArea', { at: minute(57), clientPresent: false, clientConsented: true }, eva),
    command(
      'TakePhotos',
      { at: minute(60), photos: [sent('f-1', 58, 'llave'), sent('f-2', 59, 'tubo'), sent('f-3', 60)] },
      eva,
    ),
    command(
      'SubmitPhotos',
      { at: minute(80), photoIds: ['f-1', 'f-2'], channel: 'email', appUnavailableReason: 'sin señal' },
      eva,
    ),
    command('DocumentPhotos', { at: minute(81), photoIds: ['f-1', 'f-2'] }),
    command('AssessService', { at: minute(82), diagnosis: 'tubo roto' }, eva),
    command(
      'ExplainWork',
      {
        at: minute(83),
        method: 'cambiar el tubo',
        materials: [
          { item: 'Tubo PVC', quantity: 2.5, unit: 'm', kind: 'SDR 26', quality: 'A' },
          { item: 'codo', quantity: 1 },
        ],
      },
      eva,
    ),
    command(
      'SupplyMaterials',
      {
        at: minute(90),
        suppliedBy: 'client',
        items: [
          { item: 'Tubo PVC', quantity: 2.5, unit: 'm' },
          { item: 'codo', quantity: 1 },
        ],
      },
      client,
    ),
    command(
      'RejectMaterials',
      {
        at: minute(91),
        mismatches: [
          { item: 'Tubo PVC', reasons: ['kind', 'quality'], note: 'es delgado' },
          { item: 'codo', reasons: ['quantity'] },
        ],
      },
      eva,
    ),
    command('ReportMaterialsRefusal', { at: minute(92), reason: 'No compra otro', call: said(92) }, eva),
    command('CoordinateMaterials', { at: minute(95), outcome: 'client-will-supply' }),
    command('GiveInstruction', {
      at: minute(96),
      about: 'materials',
      decision: 'proceed',
      text: 'Siga con lo que hay',
      waives: ['materials-settled', 'photos-sent'],
    }),
    command('ShowTools', { at: minute(97), tools: ['llave', 'sierra'] }, eva),
    command('ClearArea', { at: minute(98), moved: [] }, eva),
    command('ReportStart', { at: minute(100), call: said(99) }, eva),
    command('StartWork', { at: minute(140) }, eva),
    command('DocumentStart', { at: minute(141), reference: 'INI-7' }),
    command('PauseWork', { at: minute(150), kind: 'break' }, eva),
    command('ResumeWork', { at: minute(160), kind: 'break' }, eva),
    command('RequestExtraMaterials', { at: minute(165), materials: [{ item: 'teflón', quantity: 3 }] }, eva),
    command(
      'SupplyMaterials',
      { at: minute(170), suppliedBy: 'client', items: [{ item: 'teflón', quantity: 3 }] },
      eva,
    ),
    command('AcceptMaterials', { at: minute(171) }, eva),
    command('EscalateClientImpact', { at: minute(175), what: 'Se mojó la alfombra', noticedAt: minute(172) }, eva),
    command('GiveInstruction', { at: minute(180), about: 'escalation', decision: 'other', text: 'La paga el seguro' }),
    command('DeclineOffContractRequest', { at: minute(181), activity: 'material-purchase', detail: 'otro tubo' }, eva),
    command('DeclineOffContractRequest', { at: minute(182), activity: 'other' }, eva),
    command('PerformOffContractAct', { at: minute(183), activity: 'cambio de bombillo' }, eva),
    command('PerformOffContractAct', { at: minute(184), activity: 'other', detail: 'mover un mueble' }, eva),
    command('ReportConductBreach', { at: minute(185), kind: 'smoking', detail: 'en el patio' }, client),
    command(
      'PauseWork',
      {
        at: minute(190),
        kind: 'second-visit',
        notice: { at: minute(189), operatorId: 'op-1' },
        returnExpected: minute(dayLong),
      },
      eva,
    ),
    command('RecordArrival', { at: minute(dayLong - 5) }, eva),
    command('AmendAssignment', {
      at: minute(dayLong - 4),
      client: { name: 'Ana María Rojas' },
      arriveBy: minute(dayLong + 30),
      instructions: 'Portón azul',
      requiredShots: [],
    }),
    command('ShowCredential', { at: minute(dayLong - 3) }, eva),
    command(
      'ValidateIdentity',
      { at: minute(dayLong - 2), person: 'client', fullNameGiven: true, documentShown: true },
      eva,
    ),
    command('ShowTools', { at: minute(dayLong - 1), tools: ['llave'] }, eva),
    command(
      'ResumeWork',
      { at: minute(dayLong), kind: 'second-visit', notice: { at: minute(dayLong + 20) } },
      operator,
    ),
    command(
      'TestQuality',
      {
        at: minute(dayLong + 30),
        withClient: true,
        tests: [
          { name: 'presión', passed: false },
          { name: 'fugas', passed: true },
        ],
      },
      eva,
    ),
    command('TestQuality', { at: minute(dayLong + 40), tests: [{ name: 'presión', passed: true }] }, eva),
    command('RecordObjection', { at: minute(dayLong + 41), what: 'gotea' }, client),
    command(
      'TestQuality',
      { at: minute(dayLong + 45), withClient: true, tests: [{ name: 'presión', passed: true }] },
      eva,
    ),
    command('RecordConformity', { at: minute(dayLong + 46) }, eva),
    command(
      'HandOverSite',
      { at: minute(dayLong + 47), structuralConditionPreserved: true, tidy: false, detail: 'polvo' },
      eva,
    ),
    command(
      'ShowBelongings',
      { at: minute(dayLong + 48), items: ['llave', 'taladro'], clientConfirmed: false, disputed: ['taladro'] },
      eva,
    ),
    command('ShowBelongings', { at: minute(dayLong + 49), items: ['llave'], clientConfirmed: true }, eva),
    command('ReportCompletion', { at: minute(dayLong + 50), caseNumber: 'EXP-7 & <8>', call: said(dayLong + 50) }, eva),
    command('GiveFarewell', { at: minute(dayLong + 51) }, eva),
    command('CompleteVisit', { at: minute(dayLong + 52) }, eva),
    command('EscalateClientImpact', { at: minute(dayLong + 60), what: 'Sigue goteando' }, eva),
  ]),
  policy,
);

/** Invalid entries: of other visits, without an author, unlawful, forged and late. */
const strange = [
  { type: 'VisitPaid', data: { visitId: 'visit-1', at: minute(dayLong + 61), by: operator } },
  'nonsense',
  {
    type: ['FarewellGiven'],
    data: { visitId: 'visit-1', at: minute(dayLong + 62), by: { role: 'contact-center', id: 'prov-1' } },
  },
  { type: 'FarewellGiven', data: { visitId: 'v-2', at: minute(dayLong + 62), by: eva } },
  { type: 'FarewellGiven', data: { visitId: 'visit-1', at: minute(9), by: provider } },
  { type: 'FarewellGiven', data: { visitId: 'visit-1', at: minute(dayLong + 63), by: eva } },
  { type: 'PhotosTaken', data: { visitId: 'visit-1', at: 'mañana', by: eva, photos: 7 } },
] as unknown as readonly VisitEvent[];

/** The visit, and behind it what no visit should have. */
export const rich = [...lawful, ...strange];

const assigned = (caseNumber: string) => command('AssignVisit', { ...assignment, caseNumber });

const documented = [
  command('DocumentPhotos', { at: minute(16), photoIds: ['f-1'] }),
  command('DocumentStart', { at: minute(17) }),
];

const cancelled = [
  command('RecordArrival', { at: minute(70) }),
  command('GiveInstruction', { at: minute(71), about: 'visit', decision: 'cancel', text: 'Ya no hace falta' }),
  command('CloseVisit', { at: minute(72), reason: 'Ya no hace falta' }),
];

const delayed = [
  command('ReportTransitIssue', { at: minute(20), issue: 'delay' }),
  command('RecordArrival', { at: minute(95) }),
];

/** A day of visits: complete, lacking, waiting for the client, called off, late, nothing at all, and the one above. */
export const day: readonly (readonly VisitEvent[])[] = [
  advance([], [assigned('EXP-1'), ...stretch('RecordArrival', 'StartWork'), ...documented, ...stretch('TestQuality')]),
  advance([], [assigned('EXP-2'), ...stretch('RecordArrival', 'StartWork')]),
  advance([], [assigned('EXP-3'), ...stretch('RecordArrival', 'ExplainWork')]),
  advance([], [assigned('EXP-4'), ...cancelled]),
  advance([], [assigned('EXP-5'), ...delayed]),
  [],
  rich,
];
