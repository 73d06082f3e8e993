import { mustKnow, mustKnowKeys } from '../kernel/known.ts';
import type { AssignVisitData, CommandOf, CommandType, Instant, VisitCommand, VisitEvent } from '../messages/index.ts';
import { commandTypes, initialState, type Policy, type VisitState } from '../visit/index.ts';
import { carriedOut, command, minute, visitId as ownVisit } from './fixtures.ts';

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

const assigned: readonly Step[] = [
  {
    type: 'AssignVisit',
    data: (at) => ({
      caseNumber: 'EXP-1',
      client: { name: 'Ana Rojas', title: 'doña' },
      provider: { id: 'prov-1', name: 'Luis Mora', title: 'don' },
      service: 'fontanería',
      place: 'Barva, de la iglesia 200 metros al sur',
      arriveBy: later(at, 60),
    }),
  },
];
const arrived: readonly Step[] = [
  ...assigned,
  { type: 'RecordArrival', data: {} },
  { type: 'ShowCredential', data: {} },
];
const identified: readonly Step[] = [
  ...arrived,
  { type: 'ValidateIdentity', data: { person: 'client', fullNameGiven: true, documentShown: true } },
];
const inspected: readonly Step[] = [
  ...identified,
  { type: 'AnnounceService', data: { service: 'fontanería' } },
  { type: 'LocateFault', data: { where: 'cocina' } },
  { type: 'InspectArea', data: { clientPresent: true } },
];
const photographed: readonly Step[] = [
  ...inspected,
  { type: 'TakePhotos', data: (at) => ({ photos: [{ photoId: 'f-1', sha256: 'a'.repeat(64), takenAt: at }] }) },
  { type: 'SubmitPhotos', data: { photoIds: ['f-1'], channel: 'app' } },
];
const explained: readonly Step[] = [
  ...photographed,
  { type: 'AssessService', data: { diagnosis: 'tubo roto' } },
  { type: 'ExplainWork', data: { method: 'cambiar el tubo', materials } },
];
const supplied: readonly Step[] = [
  ...explained,
  { type: 'SupplyMaterials', data: { suppliedBy: 'client', items: materials } },
];
const ready: readonly Step[] = [
  ...supplied,
  { type: 'AcceptMaterials', data: {} },
  { type: 'ShowTools', data: { tools: ['llave', 'sierra'] } },
  { type: 'ClearArea', data: { moved: [] } },
  { type: 'ReportStart', data: (at) => ({ call: callAt(at) }) },
];
const working: readonly Step[] = [...ready, { type: 'StartWork', data: {} }];
const tested: readonly Step[] = [
  ...working,
  { type: 'TestQuality', data: { withClient: true, tests: [{ name: 'presión', passed: true }] } },
];
const done: readonly Step[] = [
  ...tested,
  { type: 'RecordConformity', data: {} },
  { type: 'HandOverSite', data: { structuralConditionPreserved: true } },
  { type: 'ShowBelongings', data: { items: ['llave', 'sierra'], clientConfirmed: true } },
  { type: 'ReportCompletion', data: (at) => ({ caseNumber: 'EXP-1', call: callAt(at) }) },
];
const cancelling: readonly Step[] = [
  ...arrived,
  {
    type: 'GiveInstruction',
    data: { about: 'visit', decision: 'cancel', text: 'El cliente ya no lo necesita' },
  },
];

const assignmentFields: Readonly<Record<keyof AssignVisitData, 0>> = {
  visitId: 0,
  at: 0,
  caseNumber: 0,
  client: 0,
  provider: 0,
  service: 0,
  instructions: 0,
  place: 0,
  arriveBy: 0,
  requiredShots: 0,
  edition: 0,
  policyId: 0,
};

/** The plain visit: the document's acts in its order, with one round of materials and a farewell. */
const plain: readonly Step[] = [...done, { type: 'GiveFarewell', data: {} }, { type: 'CompleteVisit', data: {} }];

/** The points of a visit that `visitAt` goes to, each by the shortest natural way. */
const paths = {
  unassigned: [],
  'in-transit': assigned,
  'on-site': arrived,
  absent: [...arrived, { type: 'ReportClientAbsence', data: (at) => ({ call: callAt(at) }) }],
  identified,
  inspected,
  photographed,
  explained,
  supplied,
  'in-dispute': [...explained, { type: 'ReportMaterialsRefusal', data: (at) => ({ call: callAt(at) }) }],
  'ready-to-start': ready,
  working,
  'on-break': [...working, { type: 'PauseWork', data: { kind: 'break' } }],
  'awaiting-materials': [...working, { type: 'RequestExtraMaterials', data: { materials } }],
  away: [...working, { type: 'PauseWork', data: (at) => ({ kind: 'second-visit', notice: callAt(at) }) }],
  'awaiting-reassignment': [
    ...assigned,
    { type: 'ReportTransitIssue', data: { issue: 'breakdown', resolvable: false } },
  ],
  tested,
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
  /** The `at` of the first act, RFC 3339 UTC; the others follow a minute apart, and calls are made at the time of their act. */
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
 * when the overrides make an act on the way unlawful; a `TypeError` for a point, an act or an option that there is not.
 * @since 0.2.0
 */
export function visitAt(point: Point, overrides: Overrides = {}): VisitAt {
  mustKnow('point', point, points);
  return walked(paths[point], point, overrides);
}

/**
 * The events of the plain visit up to an act, and without it. Takes the options of {@link visitAt}, and throws as it does.
 *
 * @since 0.5.0
 */
export function eventsBefore(act: CommandType, overrides?: Overrides): VisitEvent[] {
  return [...walked(plain.slice(0, placeOf(act)), act, overrides).events];
}

/**
 * The events of the plain visit up to an act, and with it. Takes the options of {@link visitAt}, and throws as it does.
 *
 * @since 0.5.0
 */
export function eventsAfter(act: CommandType, overrides?: Overrides): VisitEvent[] {
  return [...walked(plain.slice(0, placeOf(act) + 1), act, overrides).events];
}

/** The commands of the plain visit, in their order: every act that the document asks for, one round of materials. @since 0.5.0 */
export function plainVisit(overrides?: Overrides): readonly VisitCommand[] {
  return walked(plain, 'the end', overrides).commands;
}

function placeOf(act: CommandType): number {
  const acts = plain.map(({ type }) => type);
  mustKnow('act of the plain visit', act, acts);
  return acts.indexOf(act);
}

function walked(way: readonly Step[], goal: string, overrides: Overrides = {}): VisitAt {
  mustKnowKeys('visitAt', overrides, { visitId: 0, begin: 0, assignment: 0, without: 0, policy: 0 });
  const { visitId = ownVisit, begin = minute(0), assignment = {}, without = [], policy } = overrides;
  for (const act of without) mustKnow('act', act, commandTypes);
  mustKnowKeys('assignment', assignment, assignmentFields);
  if (Number.isNaN(Date.parse(begin))) throw new RangeError('begin is an instant');
  const commands = way
    .filter(({ type }) => !without.includes(type))
    .map(({ type, data }, index): VisitCommand => {
      const at = later(begin, index);
      const own = typeof data === 'function' ? data(at) : data;
      return command(type, { visitId, at, ...own, ...(type === 'AssignVisit' ? assignment : {}) } as never);
    });
  const { events, state } = carriedOut(`On the way to ${goal}`, commands, initialState(), policy);
  return { visitId, next: later(begin, commands.length), commands, events, state };
}
