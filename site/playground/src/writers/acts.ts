/** What each side writes: the data of the acts of one visit. */
import type { Actor, CommandType, VisitCommand, VisitState } from 'auxilio';
import type { ActCommand } from 'auxilio/replica';

export const visitId = 'v-1';
export const provider = { role: 'provider', id: 'prov-14' } as const satisfies Actor;
export const operator = { role: 'contact-center', id: 'op-7' } as const satisfies Actor;

const caseNumber = 'EXP-4512';

type Data = Readonly<Record<string, unknown>>;
type DataAt = (at: string, visit: VisitState) => Data;

const call: DataAt = (at) => ({ call: { at, reference: 'Llamada 7' } });

/** The data of the acts of the phone that have any beyond their visit and time; the photographs are added when they are taken. */
const phoneData: Partial<Record<CommandType, DataAt>> = {
  ReportClientAbsence: call,
  ValidateIdentity: () => ({ person: 'client', fullNameGiven: true, documentShown: true }),
  AnnounceService: () => ({ service: 'Fontanería' }),
  LocateFault: () => ({ where: 'Bajo el fregadero' }),
  InspectArea: () => ({ clientPresent: true, clientConsented: true }),
  SubmitPhotos: (_, { photos }) => ({
    photoIds: Object.entries(photos.byId).flatMap(([id, { sentAt }]) => (sentAt === null ? [id] : [])),
    channel: 'app',
  }),
  AssessService: () => ({ diagnosis: 'Sifón roto' }),
  ExplainWork: () => ({ method: 'Se cambia el sifón', materials: [] }),
  ShowTools: () => ({ tools: ['Llave inglesa'] }),
  ClearArea: () => ({ moved: [] }),
  ReportStart: call,
  PauseWork: () => ({ kind: 'break' }),
  ResumeWork: () => ({ kind: 'break' }),
  TestQuality: () => ({ withClient: true, tests: [{ name: 'Fuga', passed: true }] }),
  HandOverSite: () => ({ structuralConditionPreserved: true, tidy: true }),
  ShowBelongings: () => ({ items: ['Llave inglesa'], clientConfirmed: true }),
  ReportCompletion: (at, visit) => ({ ...call(at, visit), caseNumber }),
  DeclineOffContractRequest: () => ({ activity: 'other', detail: 'Cortar el zacate' }),
  CloseVisit: () => ({}),
};

/** The acts that need no data beyond their visit and time. */
const bare: readonly CommandType[] = [
  'RecordArrival',
  'ShowCredential',
  'RecordClientReturn',
  'StartWork',
  'RecordConformity',
  'GiveFarewell',
  'CompleteVisit',
];

/** The acts that the phone offers. */
export const phoneActs: readonly CommandType[] = [...bare, 'TakePhotos', ...(Object.keys(phoneData) as CommandType[])];

/** An act of the phone at a time, with the photographs that it names. */
export const actOf = (type: CommandType, at: string, visit: VisitState, photos: readonly object[]): ActCommand =>
  ({
    type,
    data: { visitId, at, ...phoneData[type]?.(at, visit), ...(type === 'TakePhotos' && { photos }) },
  }) as ActCommand;

/** The acts of the contact center, by short names. */
const centerActs = {
  cancel: ['GiveInstruction', () => ({ about: 'visit', decision: 'cancel', text: 'La clienta ya no lo necesita' })],
  proceed: ['GiveInstruction', () => ({ about: 'visit', decision: 'proceed', text: 'Continúe con la visita' })],
  close: ['CloseVisit', () => ({})],
  arrival: ['RecordArrival', () => ({})],
  start: ['ReportStart', call],
  amend: ['AmendAssignment', () => ({ instructions: 'El portón verde' })],
} as const satisfies Record<string, readonly [CommandType, DataAt]>;

export type CenterAct = keyof typeof centerActs;
export const centerActNames = Object.keys(centerActs) as readonly CenterAct[];

const command = (type: CommandType, data: Data, commandId: string): VisitCommand =>
  ({ type, data: { visitId, ...data }, metadata: { actor: operator, commandId } }) as unknown as VisitCommand;

export function centerCommand(name: CenterAct, at: string, visit: VisitState, commandId: string): VisitCommand {
  const [type, data] = centerActs[name];
  return command(type, { at, ...data(at, visit) }, commandId);
}

export const assignment = (at: string, arriveBy: string): VisitCommand =>
  command(
    'AssignVisit',
    {
      at,
      arriveBy,
      caseNumber,
      service: 'Fontanería',
      client: { name: 'Ana Rojas', title: 'doña' },
      provider: { id: provider.id, name: 'Luis Mora', title: 'don' },
      place: 'Barva, de la iglesia 200 m al sur',
    },
    'center-0',
  );
