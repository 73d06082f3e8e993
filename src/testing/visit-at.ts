import { mustBe, mustKnow, mustKnowKeys } from '../kernel/known.ts';
import type { AssignVisitData, CommandOf, CommandType, Instant, VisitCommand, VisitEvent } from '../messages/index.ts';
import type { Act } from '../visit/act.ts';
import { commandTypes, defaultPolicy, initialState, type Policy, type VisitState } from '../visit/index.ts';
import { acts } from '../visit/table.ts';
import { carryOut, command, minute, visitId as ownVisit } from './fixtures.ts';
import { sampleData } from './sample-data.ts';

/** An act of the way; data that speak of a time are made of that of the act. */
type Step = {
  readonly [T in CommandType]: {
    readonly type: T;
    readonly data: DataOf<T> | ((at: Instant) => DataOf<T>);
  };
}[CommandType];

type DataOf<T extends CommandType> = Omit<CommandOf<T>['data'], 'visitId' | 'at'>;

const materials = [{ item: 'Tubo PVC', quantity: 2, unit: 'm' }];
const callAt = (at: Instant) => ({ at, reference: 'L-1' });
const later = (at: Instant, minutes: number): Instant => new Date(Date.parse(at) + minutes * 60_000).toISOString();

/** Data that read like those of a real visit; an act that is not listed has those of its first witness. */
const natural: { readonly [T in CommandType]?: DataOf<T> | ((at: Instant) => DataOf<T>) } = {
  AssignVisit: (at) => ({
    caseNumber: 'EXP-1',
    client: { name: 'Ana Rojas', title: 'doña' },
    provider: { id: 'prov-1', name: 'Luis Mora', title: 'don' },
    service: 'fontanería',
    place: 'Barva, de la iglesia 200 metros al sur',
    arriveBy: later(at, 60),
  }),
  AnnounceService: { service: 'fontanería' },
  LocateFault: { where: 'cocina' },
  TakePhotos: (at) => ({ photos: [{ photoId: 'f-1', sha256: 'a'.repeat(64), takenAt: at }] }),
  SubmitPhotos: { photoIds: ['f-1'], channel: 'app' },
  AssessService: { diagnosis: 'tubo roto' },
  ExplainWork: { method: 'cambiar el tubo', materials },
  SupplyMaterials: { suppliedBy: 'client', items: materials },
  ShowTools: { tools: ['llave', 'sierra'] },
  ReportStart: (at) => ({ call: callAt(at) }),
  TestQuality: { withClient: true, tests: [{ name: 'presión', passed: true }] },
  ShowBelongings: { items: ['llave', 'sierra'], clientConfirmed: true },
  ReportCompletion: (at) => ({ caseNumber: 'EXP-1', call: callAt(at) }),
};

const witnessed = ({ witnesses }: Act) => witnesses(initialState(), { at: minute(0), policy: defaultPolicy })[0] ?? {};

const makeStep = (act: Act) => ({ type: act.command, data: natural[act.command] ?? witnessed(act) }) as Step;

/** The plain visit: the document's acts in its order, with one round of materials and a farewell before the end. */
const plain: readonly Step[] = acts
  .filter((act) => act.command === 'AssignVisit' || act.isFulfilled !== null)
  .map(makeStep);

/**
 * The acts of the plain visit that have a minute of their own, in its order. An act that the protocol gains is not added: it takes place
 * between its neighbours, and these keep their times.
 */
export const schedule: readonly CommandType[] = [
  'AssignVisit',
  'RecordArrival',
  'ShowCredential',
  'ValidateIdentity',
  'AnnounceService',
  'LocateFault',
  'InspectArea',
  'TakePhotos',
  'SubmitPhotos',
  'AssessService',
  'ExplainWork',
  'SupplyMaterials',
  'AcceptMaterials',
  'ShowTools',
  'ClearArea',
  'ReportStart',
  'StartWork',
  'TestQuality',
  'RecordConformity',
  'HandOverSite',
  'ShowBelongings',
  'ReportCompletion',
  'GiveFarewell',
  'CompleteVisit',
];

const before = (act: CommandType): readonly Step[] => plain.slice(0, findPlace(act));

const working = before('TestQuality');
const done = before('GiveFarewell');
const cancelling: readonly Step[] = [
  ...before('ValidateIdentity'),
  { type: 'GiveInstruction', data: { about: 'visit', decision: 'cancel', text: 'El cliente ya no lo necesita' } },
];

/** The points of a visit that `visitAt` goes to, each by the shortest natural way. */
const paths = {
  unassigned: [],
  'in-transit': before('RecordArrival'),
  'on-site': before('ValidateIdentity'),
  absent: [...before('ValidateIdentity'), { type: 'ReportClientAbsence', data: (at) => ({ call: callAt(at) }) }],
  identified: before('AnnounceService'),
  inspected: before('TakePhotos'),
  photographed: before('AssessService'),
  explained: before('SupplyMaterials'),
  supplied: before('AcceptMaterials'),
  'in-dispute': [
    ...before('SupplyMaterials'),
    { type: 'ReportMaterialsRefusal', data: (at) => ({ call: callAt(at) }) },
  ],
  'ready-to-start': before('StartWork'),
  working,
  'on-break': [...working, { type: 'PauseWork', data: { kind: 'break' } }],
  'awaiting-materials': [...working, { type: 'RequestExtraMaterials', data: { materials } }],
  away: [...working, { type: 'PauseWork', data: (at) => ({ kind: 'second-visit', notice: callAt(at) }) }],
  'awaiting-reassignment': [
    ...before('RecordArrival'),
    { type: 'ReportTransitIssue', data: { issue: 'breakdown', resolvable: false } },
  ],
  tested: before('RecordConformity'),
  'tests-failed': [
    ...working,
    { type: 'TestQuality', data: { withClient: true, tests: [{ name: 'presión', passed: false }] } },
  ],
  'ready-to-complete': done,
  completed: [...done, { type: 'CompleteVisit', data: {} }],
  closing: cancelling,
  closed: [...cancelling, { type: 'CloseVisit', data: {} }],
} as const satisfies Record<string, readonly Step[]>;

/** A point of a visit that has a name: every phase, and some between them. @since 0.2.0 */
export type Point = keyof typeof paths;

/** The names of all points, in the order of a visit. @since 0.2.0 */
export const points = Object.keys(paths) as readonly Point[];

/** Options of {@link visitAt}. @since 0.2.0 */
export type Overrides = {
  readonly visitId?: string;
  /** The `at` of the first act, RFC 3339 UTC; every act of the plain visit has a fixed distance from it, and calls are made at the time of their act. */
  readonly begin?: Instant;
  readonly assignment?: Partial<AssignVisitData>;
  /** Acts of the way that are left out: the policy must let their absence through. */
  readonly without?: readonly CommandType[];
  readonly policy?: Policy;
};

/** A visit at a point: the commands, their events and the state. @since 0.2.0 */
export type VisitAt = {
  readonly visitId: string;
  /** The `at` for the next act. */
  readonly next: Instant;
  readonly commands: readonly VisitCommand[];
  readonly events: readonly VisitEvent[];
  readonly state: VisitState;
};

/**
 * Brings a visit to a named point, act by act through `decide`, with fixed times and ids. Throws, with what refused,
 * when the overrides make an act on the way unlawful; a `TypeError` for an unknown point, act or option.
 * @since 0.2.0
 */
export function visitAt(point: Point, overrides: Overrides = {}): VisitAt {
  mustKnow('point', point, points);
  return walk(paths[point], point, overrides);
}

/**
 * The events of the plain visit up to an act, and without it. Takes the options of {@link visitAt}, and throws as it does.
 *
 * @since 0.5.0
 */
export function eventsBefore(act: CommandType, overrides?: Overrides): VisitEvent[] {
  return [...walk(plain.slice(0, findPlace(act)), act, overrides).events];
}

/**
 * The events of the plain visit up to an act, and with it. Takes the options of {@link visitAt}, and throws as it does.
 *
 * @since 0.5.0
 */
export function eventsAfter(act: CommandType, overrides?: Overrides): VisitEvent[] {
  return [...walk(plain.slice(0, findPlace(act) + 1), act, overrides).events];
}

/** The commands of the plain visit, in their order: every act that the document asks for, one round of materials. @since 0.5.0 */
export function plainVisit(overrides?: Overrides): readonly VisitCommand[] {
  return walk(plain, 'the end', overrides).commands;
}

function findPlace(act: CommandType): number {
  const acts = plain.map(({ type }) => type);
  mustKnow('act of the plain visit', act, acts);
  return acts.indexOf(act);
}

function walk(way: readonly Step[], goal: string, overrides: Overrides = {}): VisitAt {
  mustKnowKeys('visitAt', overrides, { visitId: 0, begin: 0, assignment: 0, without: 0, policy: 0 });
  const { visitId = ownVisit, begin = minute(0), assignment = {}, without = [], policy } = overrides;
  for (const act of without) mustKnow('act', act, commandTypes);
  mustKnowKeys('assignment', assignment, { visitId: 0, at: 0, ...sampleData.AssignVisit });
  mustBe(!Number.isNaN(Date.parse(begin)), 'begin is an instant, such as "2026-03-17T14:00:00.000Z"', begin);
  const minutes = scheduleMinutes(way);
  const commands = way.flatMap(({ type, data }, index): VisitCommand[] => {
    if (without.includes(type)) return [];
    const at = later(begin, minutes[index] ?? 0);
    const own = typeof data === 'function' ? data(at) : data;
    return [command(type, { visitId, at, ...own, ...(type === 'AssignVisit' ? assignment : {}) } as never)];
  });
  const { events, state } = carryOut(`On the way to ${goal}`, commands, initialState(), policy);
  return { visitId, next: later(begin, nextMinute(minutes.at(-1) ?? -1)), commands, events, state };
}

/**
 * The minutes of the steps of a way: an act of the plain visit has its own, or comes a quarter of a minute after the one before it;
 * any other act comes in the next minute.
 */
function scheduleMinutes(way: readonly Step[]): number[] {
  let last = -1;
  return way.map((step) => {
    const own = plain.includes(step) ? schedule.indexOf(step.type) : nextMinute(last);
    last = own < 0 ? last + 0.25 : own;
    return last;
  });
}

const nextMinute = (last: number): number => Math.floor(last) + 1;
