/** Data with which an act can be played at once: those of a day that might have been. */
import type { CommandOf, CommandType, Instant, Locale, Role, VisitState } from 'auxilio';
import { decide } from 'auxilio';
import { candidateCommands } from '../../../../src/visit/act.ts';
import { actOfCommand } from '../../../../src/visit/table.ts';
import { plausibleTexts, type Texts } from './plausible-texts.ts';

type DataOf<T extends CommandType> = Omit<CommandOf<T>['data'], 'visitId' | 'at'>;
type Occasion = Readonly<{ state: VisitState; at: Instant; texts: Texts }>;
type Natural = { readonly [T in CommandType]?: (occasion: Occasion) => Partial<DataOf<T>> };

export const providers = [
  { id: 'prov-14', name: 'Luis Mora Peña' },
  { id: 'prov-22', name: 'Xinia Ureña Mata' },
];
export const operators = [
  { id: 'op-7', name: 'Marcela Solís' },
  { id: 'op-3', name: 'Esteban Vargas' },
];

const later = (at: Instant, minutes: number): Instant => new Date(Date.parse(at) + minutes * 60_000).toISOString();

const call = ({ at }: Occasion) => ({ call: { at, reference: 'L-20114', operatorId: 'op-7' } });

const [luis, xinia] = [
  { id: 'prov-14', name: 'Luis Mora Peña', title: 'don' },
  { id: 'prov-22', name: 'Xinia Ureña Mata', title: 'doña' },
] as const;

function photographs({ state, at }: Occasion): DataOf<'TakePhotos'>['photos'] {
  const taken = Object.keys(state.photos.byId).length;
  const missing = state.requiredShots.filter(
    (shot) => !Object.values(state.photos.byId).some((one) => one.shot === shot),
  );
  const shots = missing.length > 0 ? missing : [undefined, undefined];
  return shots.map((shot, index) => ({
    photoId: `foto-${taken + index + 1}`,
    sha256: (taken + index + 10).toString(16).repeat(64).slice(0, 64),
    takenAt: at,
    mediaType: 'image/jpeg',
    ...(shot !== undefined && { shot }),
  }));
}

const natural: Natural = {
  AssignVisit: ({ at, texts }) => ({
    caseNumber: 'EXP-2026-4512',
    client: { name: 'Ana Rojas Núñez', title: 'doña' },
    provider: luis,
    service: texts.service,
    place: texts.place,
    instructions: texts.instructions,
    arriveBy: later(at, 60),
  }),
  AmendAssignment: ({ texts }) => ({ instructions: texts.amended }),
  ReportTransitIssue: ({ at, texts }) => ({ issue: 'delay', expectedArrival: later(at, 40), detail: texts.delay }),
  NotifyClient: ({ texts }) => ({ reached: true, channel: texts.telephone }),
  ReassignProvider: ({ state, at }) => ({
    provider: state.provider?.id === xinia.id ? luis : xinia,
    arriveBy: later(at, 60),
  }),
  ShowCredential: () => ({ credentialId: 'INS-0914' }),
  ReportClientAbsence: call,
  GiveInstruction: ({ texts }) => ({ text: texts.instruction }),
  ValidateIdentity: () => ({ documentKind: 'cedula' }),
  RejectIdentity: (occasion) => ({ reason: 'no-document', ...call(occasion) }),
  LocateFault: ({ texts }) => ({ where: texts.where }),
  InspectArea: () => ({ clientPresent: true, clientConsented: true }),
  TakePhotos: (occasion) => ({ photos: photographs(occasion) }),
  AssessService: ({ texts }) => ({ diagnosis: texts.diagnosis }),
  ExplainWork: ({ state, texts }) => ({
    method: texts.method,
    materials: state.work.startedAt === null ? [{ ...texts.material, quantity: 1 }] : [],
  }),
  RejectMaterials: ({ state, texts }) => ({
    mismatches: [
      { item: state.materials.requested[0]?.item ?? texts.material.item, reasons: ['quality'], note: texts.thin },
    ],
  }),
  ReportMaterialsRefusal: (occasion) => ({ reason: occasion.texts.refusal, ...call(occasion) }),
  RequestExtraMaterials: ({ texts }) => ({ materials: [{ ...texts.extra, quantity: 2 }] }),
  ShowTools: ({ texts }) => ({ tools: texts.tools }),
  ClearArea: ({ texts }) => ({ moved: texts.moved }),
  ReportStart: call,
  DocumentStart: () => ({ reference: 'R-3301' }),
  TestQuality: ({ texts }) => ({ tests: [{ name: texts.test, passed: true }] }),
  RecordObjection: ({ texts }) => ({ what: texts.objection }),
  HandOverSite: () => ({ structuralConditionPreserved: true, tidy: true }),
  ReportCompletion: (occasion) => ({ call: { ...call(occasion).call, reference: 'L-20131' } }),
  CloseVisit: ({ texts }) => ({ reason: texts.closing }),
  EscalateClientImpact: ({ at, texts }) => ({ what: texts.impact, noticedAt: at }),
  ReportConductBreach: ({ texts }) => ({ kind: 'smoking', detail: texts.breach }),
  DeclineOffContractRequest: ({ texts }) => ({ activity: 'other', detail: texts.request }),
  PerformOffContractAct: ({ texts }) => ({ detail: texts.request }),
  AnnulAct: ({ texts }) => ({ reason: texts.annulled }),
  CorrectTime: ({ texts }) => ({ reason: texts.corrected }),
  SettleDiscrepancy: ({ texts }) => ({ text: texts.settled }),
};

/** The data of an act that fit the visit as it stands, its time included; those of the host, too. */
export function plausibleData(type: CommandType, state: VisitState, role: Role, at: Instant, locale: Locale): object {
  const candidates = candidateCommands(actOfCommand(type), state, { role, now: at });
  const chosen = candidates.find((command) => decide(command, state).ok) ?? candidates[0];
  const own: ((occasion: Occasion) => object) | undefined = natural[type];
  const { visitId: _, ...data } = chosen?.data ?? { visitId: '' };
  return { at, ...data, ...own?.({ state, at, texts: plausibleTexts[locale] }) };
}

/** Minutes that pass before an act. */
const pace: { readonly [T in CommandType]?: number } = {
  RecordArrival: 35,
  SupplyMaterials: 12,
  TestQuality: 48,
  ResumeWork: 15,
  RecordClientReturn: 10,
  StartWork: 1,
};

/** The first moment of the visits that are played. */
const dawn: Instant = '2026-03-17T14:00:00.000Z';

/** The time at which an act would be done after those of a log. */
export function timeAfter(times: readonly Instant[], type: CommandType): Instant {
  const last = Math.max(...times.map(Date.parse));
  return Number.isFinite(last) ? later(new Date(last).toISOString(), pace[type] ?? 2) : dawn;
}
