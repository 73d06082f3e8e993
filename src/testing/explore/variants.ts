import type {
  AttestedFact,
  CommandOf,
  CommandType,
  NotificationTopic,
  ReportedAct,
  WaivableRule,
} from '../../messages/index.ts';
import { attestedFacts, standingTime } from '../../visit/attestation.ts';
import { factTimes, standing } from '../../visit/corrections.ts';
import type { VisitState } from '../../visit/state.ts';
import { decisions, topics } from '../instructions.ts';
import type { FactGroup } from './facts.ts';
import { discrepancyId, requiredShot, takeable, takenId } from './samples.ts';

/** The facts that are explored besides the plain ones. */
export type Scope = { readonly groups: ReadonlySet<FactGroup>; readonly waivers: readonly WaivableRule[] };

type Fields<T extends CommandType> = Omit<CommandOf<T>['data'], 'visitId' | 'at'>;

type DataOf<T extends CommandType> = { readonly [K in keyof Fields<T>]?: Fields<T>[K] | undefined };

/** Data of a command, in addition to the witnesses of the act table. */
export type Variant<Data extends object = object> = {
  readonly name: string;
  /** The fields that differ from the first witness's; an `undefined` one is left out. */
  readonly data: (visit: VisitState, at: string) => Data;
};

type Variants = { readonly [T in CommandType]?: (scope: Scope) => readonly Variant<DataOf<T>>[] };

const as = <Data extends object>(name: string, data: Data): Variant<Data> => ({ name, data: () => data });

const absent = <Field extends string>(field: Field): Variant<{ [K in Field]: undefined }> =>
  as(`no ${field}`, { [field]: undefined } as { [K in Field]: undefined });

function instructions({ groups, waivers }: Scope): readonly Variant<DataOf<'GiveInstruction'>>[] {
  const about = topics.filter((topic) => topic !== 'escalation' || groups.has('escalations'));
  return [
    ...about.flatMap((topic) =>
      decisions.map((decision) => as<DataOf<'GiveInstruction'>>(`${topic}: ${decision}`, { about: topic, decision })),
    ),
    as('waives while waiting', { about: 'visit', decision: 'wait', waives: ['client-here'] }),
    ...waivers.map((rule) =>
      as<DataOf<'GiveInstruction'>>(`waives ${rule}`, { about: 'visit', decision: 'proceed', waives: [rule] }),
    ),
  ];
}

const notified: readonly (readonly NotificationTopic[])[] = [
  ['delay'],
  ['provider-change'],
  ['delay', 'provider-change'],
];

const photo = (photoId: string, at: string, shot: string) => ({ photoId, sha256: '0'.repeat(64), takenAt: at, shot });

const quoted = {
  visitId: 'visita-1',
  at: '2026-03-17T14:00:00.000Z',
  by: { role: 'provider', id: 'proveedor-1' },
} as const;

const verdict = (commandId: string) => ({ commandId, on: 1, violations: [], lawfulThen: true });

/** Acts of a discrepancy, of the types that the facts know. */
const reported: readonly ReportedAct[] = [
  { type: 'ToolsShown', data: { ...quoted, tools: [] }, ...verdict('c-1') },
  { type: 'PhotosSubmitted', data: { ...quoted, photoIds: [] }, ...verdict('c-2') },
];

/** Reports of the discrepancies that are explored. */
const reports = ({ groups }: Scope): readonly Variant<DataOf<'ReportDiscrepancy'>>[] => [
  ...(groups.has('discrepancies')
    ? [
        as('one act', { discrepancyId, basedOn: 1, acts: reported.slice(0, 1) }),
        as('two acts', { discrepancyId, basedOn: 1, acts: reported }),
        as('twins', { discrepancyId, basedOn: 1, acts: reported.map((act) => ({ ...act, twinOf: 1 })) }),
      ]
    : []),
  ...(groups.has('settlements') ? [as('acts to take', { discrepancyId: takenId, basedOn: 1, acts: takeable })] : []),
];

const isTaken = ({ discrepancies }: VisitState) =>
  discrepancies.some((one) => one.discrepancyId === takenId && one.acts.some(({ taken }) => taken));

/** Settlements of the discrepancies that are explored; of the acts to take one alone is taken in a visit. */
const settlements = ({ groups }: Scope): readonly Variant<DataOf<'SettleDiscrepancy'>>[] => [
  ...(groups.has('discrepancies')
    ? [[0], [1], [0, 1], [2]].map((taken) => as(`takes ${taken.join(', ')}`, { discrepancyId, taken }))
    : []),
  ...(groups.has('settlements')
    ? takeable.map(({ type }, position) => ({
        name: `takes ${position}, ${type}`,
        data: (visit: VisitState) => ({
          discrepancyId: takenId,
          taken: [isTaken(visit) ? takeable.length : position],
        }),
      }))
    : []),
  as('another', { discrepancyId: 'd-9', taken: [] }),
];

const resumptionIn = ({ work }: VisitState) => work.intervals.findLast(({ from }) => from !== work.startedAt)?.from;

function interruptionIn(visit: VisitState) {
  const { end } = factTimes(visit);
  return visit.work.intervals.findLast(({ to }) => to !== null && to !== end)?.to;
}

/** Corrections of the last resumption and the last interruption that stand at a time of their own. */
const intervalEnds: readonly Variant<DataOf<'CorrectTime'>>[] = [
  { what: 'resumption', recordedIn: resumptionIn, never: '9999-12-31T23:59:59.999Z' } as const,
  { what: 'interruption', recordedIn: interruptionIn, never: '0001-01-01T00:00:00.000Z' } as const,
].flatMap(({ what, recordedIn, never }) => {
  const correction = (visit: VisitState, at: string, corrected?: string) => {
    const recorded = recordedIn(visit) ?? at;
    return { what, recorded, corrected: corrected ?? recorded };
  };
  return [
    { name: what, data: (visit, at) => correction(visit, at) },
    { name: `${what}, to a time beyond its interval`, data: (visit, at) => correction(visit, at, never) },
  ];
});

/** Data in addition to the witnesses: each choice that leads to another state, and each datum that may be missing. */
export const variants: Variants = {
  AssignVisit: ({ groups }) => (groups.has('shots') ? [as('a shot required', { requiredShots: [requiredShot] })] : []),
  AmendAssignment: ({ groups }) => [
    as('nothing', { instructions: undefined }),
    as('another service', { service: 'otro servicio' }),
    as('another place', { place: 'otro lugar' }),
    as('another case', { caseNumber: 'EXP-3' }),
    ...(groups.has('shots')
      ? [
          as<DataOf<'AmendAssignment'>>('a shot required', { requiredShots: [requiredShot] }),
          as<DataOf<'AmendAssignment'>>('no shot required', { requiredShots: [] }),
        ]
      : []),
  ],
  ReportTransitIssue: () => [
    as('breakdown, unresolvable', { issue: 'breakdown', resolvable: false }),
    as('breakdown, in time', { issue: 'breakdown', resolvable: true, exceedsResponseTime: false }),
    as('breakdown, too late', { issue: 'breakdown', resolvable: true, exceedsResponseTime: true }),
    as('other, unresolvable', { issue: 'other', detail: 'detalle', resolvable: false }),
    absent('issue'),
    as('other, no detail', { issue: 'other', resolvable: false }),
    as('breakdown, resolvable unsaid', { issue: 'breakdown' }),
    as('breakdown, excess unsaid', { issue: 'breakdown', resolvable: true }),
  ],
  NotifyClient: () =>
    notified.flatMap((about) =>
      [true, false].map((reached) =>
        as<DataOf<'NotifyClient'>>(`${about.join(', ')}${reached ? '' : ', not reached'}`, { about, reached }),
      ),
    ),
  ReassignProvider: () => [
    {
      name: 'the same provider',
      data: ({ provider }) => ({ provider: { id: provider?.id ?? 'proveedor-1', name: 'Proveedor' } }),
    },
  ],
  ReportClientAbsence: () => [absent('call')],
  GiveInstruction: instructions,
  ValidateIdentity: () => [
    as('client, no document', { documentShown: false }),
    as('representative, no document', { person: 'representative', documentShown: false }),
  ],
  RejectIdentity: () => [absent('call')],
  AnnounceService: () => [as('another service', { service: 'ninguno' })],
  InspectArea: () => [as('without the client', { clientPresent: false })],
  TakePhotos: ({ groups }) => [
    as('none', { photos: [] }),
    { name: 'one taken before', data: (visit, at) => ({ photos: [photo(anyPhoto(visit), at, 'área')] }) },
    ...(groups.has('shots')
      ? [
          {
            name: 'the area',
            data: (visit: VisitState, at: string) => ({ photos: [photo(newPhoto(visit), at, 'área')] }),
          },
        ]
      : []),
  ],
  SubmitPhotos: () => [
    as('by e-mail', { channel: 'email', appUnavailableReason: 'sin señal' }),
    as('by e-mail, no reason', { channel: 'email' }),
    as('by fax', { channel: 'fax' }),
    as('none', { photoIds: [] }),
    as('one never taken', { photoIds: ['nunca'] }),
  ],
  DocumentPhotos: () => [as('none', { photoIds: [] })],
  SupplyMaterials: () => [
    as('no list', { items: undefined }),
    as('too few', { items: [] }),
    as('by the provider', { suppliedBy: 'provider' }),
    absent('suppliedBy'),
  ],
  RejectMaterials: () => [absent('mismatches'), as('no reasons', { mismatches: [{ item: 'material', reasons: [] }] })],
  ReportMaterialsRefusal: () => [absent('call')],
  CoordinateMaterials: () => [as('reschedule', { outcome: 'reschedule' }), as('cancel', { outcome: 'cancel' })],
  RequestExtraMaterials: () => [as('none', { materials: [] })],
  ReportStart: () => [absent('call')],
  PauseWork: () => [as('second visit, no notice', { kind: 'second-visit' })],
  ResumeWork: () => [as('second visit, no notice', { kind: 'second-visit' })],
  TestQuality: () => [
    as('failed', { tests: [{ name: 'prueba', passed: false }] }),
    as('without the client', { withClient: false }),
  ],
  HandOverSite: () => [as('structure changed', { structuralConditionPreserved: false })],
  ShowBelongings: () => [as('disputed', { clientConfirmed: false }), absent('clientConfirmed')],
  ReportCompletion: () => [absent('call'), as('another case', { caseNumber: 'EXP-2' }), absent('caseNumber')],
  PerformOffContractAct: () => [
    as('not allowed', { activity: 'actividad que nadie permite' }),
    as('material purchase', { activity: 'material-purchase' }),
  ],
  AnnulAct: () =>
    (['ProviderArrived', 'WorkStarted', 'Completed', 'VisitClosed'] as const).map((act) => ({
      name: act,
      data: (visit, at) => ({ act, recorded: standing(visit)[act] ?? at }),
    })),
  CorrectTime: ({ groups }) => [
    ...(['arrival', 'start', 'completion-call', 'end'] as const).map((what) => ({
      name: what,
      data: (visit: VisitState, at: string) => {
        const recorded = factTimes(visit)[what] ?? at;
        return { what, recorded, corrected: recorded };
      },
    })),
    {
      name: 'start, to a time after its interval ended',
      data: ({ work }, at) => ({
        what: 'start',
        recorded: work.startedAt ?? at,
        corrected: '9999-12-31T23:59:59.999Z',
      }),
    },
    // Without these facts no interval begins or ends at another time than a fact.
    ...(groups.has('intervals') ? intervalEnds : []),
  ],
  ReportDiscrepancy: reports,
  SettleDiscrepancy: settlements,
  AttestFacts: ({ groups }) => [
    ...attestedFacts
      .filter((fact) => groups.has('attestations') || (fact !== 'absence' && fact !== 'supply'))
      .map((fact) => ({
        name: fact,
        data: (visit: VisitState, at: string) => word(fact, standingTime(visit, fact) ?? at, true),
      })),
    { name: 'another time', data: (_, at) => word('arrival', at, true) },
    ...(groups.has('escalations')
      ? [
          {
            name: 'arrival, denied',
            data: (visit: VisitState, at: string) => word('arrival', standingTime(visit, 'arrival') ?? at, false),
          },
        ]
      : []),
  ],
};

const word = (fact: AttestedFact, recorded: string, agrees: boolean) => ({ facts: [{ fact, recorded, agrees }] });

function anyPhoto({ photos }: VisitState): string {
  return Object.keys(photos.byId)[0] ?? 'foto-0';
}

function newPhoto({ photos }: VisitState): string {
  return `nueva-${Object.keys(photos.byId).length}`;
}
