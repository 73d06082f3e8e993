import { mustKnow, mustKnowKeys } from '../kernel/known.ts';
import type {
  Actor,
  AssignVisitData,
  CommandOf,
  CommandType,
  Instant,
  VisitCommand,
  VisitEvent,
} from '../messages/index.ts';
import { explain } from '../reading/explain.ts';

import { commands, commandTypes, decide, evolve, initialState, type Policy, type VisitState } from '../visit/index.ts';
import { en } from '../words/en/index.ts';

/** The people of the visits that the kit makes. @since 0.2.0 */
export const actors = {
  provider: { role: 'provider', id: 'prov-1' },
  otherProvider: { role: 'provider', id: 'prov-2' },
  operator: { role: 'contact-center', id: 'op-1' },
  client: { role: 'client', id: 'client-1' },
} as const satisfies Record<string, Actor>;

/** An act of the way; data that speak of a time are made of that of the act. */
type Step = {
  readonly [T in CommandType]: {
    readonly type: T;
    readonly data: DataOf<T> | ((at: Instant) => DataOf<T>);
    readonly by?: Actor;
  };
}[CommandType];

type DataOf<T extends CommandType> = Omit<CommandOf<T>['data'], 'visitId' | 'at'>;

const materials = [{ item: 'tubo PVC', quantity: 2, unit: 'm' }];
const { operator } = actors;
const callAt = (at: Instant) => ({ at, reference: 'call-1' });
const later = (at: Instant, minutes: number): Instant => new Date(Date.parse(at) + minutes * 60_000).toISOString();

const assigned: readonly Step[] = [
  {
    type: 'AssignVisit',
    by: operator,
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
  { type: 'LocateFault', data: { where: 'la cocina' } },
  { type: 'InspectArea', data: { clientPresent: true } },
];
const photographed: readonly Step[] = [
  ...inspected,
  { type: 'TakePhotos', data: (at) => ({ photos: [{ photoId: 'photo-1', sha256: 'a'.repeat(64), takenAt: at }] }) },
  { type: 'SubmitPhotos', data: { photoIds: ['photo-1'], channel: 'app' } },
];
const explained: readonly Step[] = [
  ...photographed,
  { type: 'AssessService', data: { diagnosis: 'un tubo roto' } },
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
    by: operator,
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
  const { visitId = 'visit-1', begin = '2026-03-17T14:00:00.000Z', assignment = {}, without = [], policy } = overrides;
  mustKnowKeys('visitAt', overrides, { visitId: 0, begin: 0, assignment: 0, without: 0, policy: 0 });
  mustKnow('point', point, points);
  for (const act of without) mustKnow('act', act, commandTypes);
  mustKnowKeys('assignment', assignment, assignmentFields);
  if (Number.isNaN(Date.parse(begin))) throw new RangeError('begin is an instant');
  const minute = (index: number): Instant => later(begin, index);
  const way: readonly Step[] = paths[point].filter(({ type }) => !without.includes(type));
  const asked = way.map((step, index) => commandOf(step, { visitId, at: minute(index) }, assignment));
  let state = initialState();
  const events: VisitEvent[] = [];
  for (const command of asked) {
    const decision = decide(command, state, policy);
    if (!decision.ok) throw new Error(`On the way to ${point}, ${command.type}: ${explain(decision.rejection, en)}`);
    events.push(...decision.events);
    state = decision.events.reduce(evolve, state);
  }
  return { visitId, next: minute(asked.length), commands: asked, events, state };
}

function commandOf({ type, data, by }: Step, own: { visitId: string; at: Instant }, assignment: object): VisitCommand {
  const create = commands[`${type.charAt(0).toLowerCase()}${type.slice(1)}` as keyof typeof commands];
  const overridden = type === 'AssignVisit' ? assignment : {};
  const made = typeof data === 'function' ? data(own.at) : data;
  return create({ ...own, ...made, ...overridden } as never, by ?? actors.provider);
}
