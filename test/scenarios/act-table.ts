import type { Actor, CommandType, VisitCommand, VisitEvent } from '../../src/messages/index.ts';
import type { ClauseId } from '../../src/protocol/index.ts';
import { advance, command, eventsAfter, eventsBefore, minute } from '../../src/testing.ts';
import { commandTypes, type Policy, type RuleId } from '../../src/visit/index.ts';
import {
  byOperator,
  byProvider,
  call,
  client,
  forClient,
  forProvider,
  instruct,
  needed,
  operator,
  policyAllowing,
  provider,
  report,
  reported,
} from './commands.ts';
import { awaiting, back, materialsAt, onBreak, working } from './moments.ts';

/** Exactly these rules, each with its clause, in the order of the protocol. */
type Refusals = readonly (readonly [rule: RuleId, clause: ClauseId])[];

/** A command of a type that a table names. */
export function commandOf(type: CommandType, data: object, actor?: Actor): VisitCommand {
  return command(type, data as never, actor);
}

/** One of each act, in the order of the protocol, with every field. */
export const samples: readonly VisitCommand[] = commandTypes.map((type) => command(type));

/** The roles that may record an act, and the author in its event (PROTOCOL §2). */
export const authors = {
  P: [[provider, byProvider]],
  'P+': [
    [provider, byProvider],
    [operator, forProvider],
  ],
  C: [[operator, byOperator]],
  K: [
    [provider, forClient],
    [client, { by: client }],
  ],
  'P or C': [
    [provider, byProvider],
    [operator, byOperator],
  ],
  'C or K': [
    [operator, byOperator],
    [client, { by: client }],
  ],
  'P or K': [
    [provider, byProvider],
    [client, { by: client }],
  ],
  'K alone': [[client, { by: client }]],
} as const satisfies Record<string, readonly (readonly [Actor, object])[]>;

type More = {
  readonly data?: object;
  /** The fields that the event adds to the command's data and its author. */
  readonly adds?: object;
  readonly onSite?: true;
  /** The rule that refuses the act once it was done; without one, it may be repeated. */
  readonly twice?: Refusals;
  readonly policy?: Policy;
};

/** One act of the second half, with a past in which it is lawful. */
export type Row = Required<Pick<More, 'data'>> &
  More & {
    readonly clause: string;
    readonly type: CommandType;
    readonly becomes: VisitEvent['type'];
    readonly author: keyof typeof authors;
    readonly past: () => VisitEvent[];
  };

type Listed = readonly [clause: string, CommandType, VisitEvent['type'], keyof typeof authors, Row['past'], More?];

const arrived = () => eventsAfter('RecordArrival');
const before = (type: CommandType) => () => eventsBefore(type);
const cancelled = () => advance(arrived(), instruct('visit', 'cancel'));
const onSite = true;
const notice = call;
const tests = [{ name: 'fuga', passed: true }];
const codo = [{ item: 'codo', quantity: 1 }];
const mismatches = [{ item: 'Tubo PVC', reasons: ['kind'] }];

const listed: readonly Listed[] = [
  [
    '1.1-32',
    'SupplyMaterials',
    'MaterialsSupplied',
    'K',
    materialsAt.requested,
    { data: { suppliedBy: 'client', items: needed }, onSite },
  ],
  [
    '1.1-33',
    'AcceptMaterials',
    'MaterialsAccepted',
    'P',
    materialsAt.supplied,
    { onSite, twice: [['materials-supplied', '1.1-33']] },
  ],
  [
    '1.1-35',
    'RejectMaterials',
    'MaterialsRejected',
    'P',
    materialsAt.supplied,
    { data: { mismatches }, onSite, twice: [['materials-supplied', '1.1-33']] },
  ],
  [
    '1.1-37',
    'ReportMaterialsRefusal',
    'MaterialsChangeRefused',
    'P+',
    materialsAt.requested,
    { data: { call, reason: 'caro' }, onSite, twice: [['materials-refusable', '1.1-37']] },
  ],
  [
    '1.1-39',
    'CoordinateMaterials',
    'MaterialsCoordinated',
    'C',
    materialsAt['in-dispute'],
    { data: { outcome: 'client-will-supply' } },
  ],
  [
    '1.1-29',
    'RequestExtraMaterials',
    'ExtraMaterialsRequested',
    'P',
    working,
    { data: { materials: codo }, twice: [['running', '1.1-29']] },
  ],
  ['1.1-40', 'ShowTools', 'ToolsShown', 'P', arrived, { data: { tools: ['llave'] } }],
  ['1.1-41', 'ClearArea', 'AreaCleared', 'P', arrived, { data: { moved: ['mesa'] }, onSite }],
  ['1.1-26', 'ReportStart', 'StartReported', 'P+', arrived, { data: { call }, onSite }],
  [
    '1.1-27',
    'DocumentStart',
    'StartDocumented',
    'C',
    () => eventsAfter('ReportStart'),
    { data: { reference: 'L-1' }, twice: [['start-undocumented', '1.1-27']] },
  ],
  ['1.1-43', 'StartWork', 'WorkStarted', 'P', before('StartWork'), { onSite, twice: [['not-started', '1.1-43']] }],
  ['1.1-43', 'PauseWork', 'Paused', 'P+', working, { data: { kind: 'break' }, twice: [['running', '1.1-43']] }],
  [
    '1.1-48',
    'PauseWork',
    'Paused',
    'P+',
    awaiting,
    {
      data: { kind: 'second-visit', notice },
      onSite,
      twice: [
        ['arrived', '1.1-01'],
        ['not-away', '1.1-49'],
      ],
    },
  ],
  ['1.1-43', 'ResumeWork', 'Resumed', 'P+', onBreak, { data: { kind: 'break' }, twice: [['on-break', '1.1-43']] }],
  [
    '1.1-49',
    'ResumeWork',
    'Resumed',
    'P+',
    back,
    { data: { kind: 'second-visit', notice }, twice: [['away', '1.1-49']] },
  ],
  [
    '1.1-46 1.1-47',
    'TestQuality',
    'QualityTested',
    'P',
    working,
    { data: { withClient: true, tests }, adds: { passed: true } },
  ],
  ['1.1-50', 'RecordConformity', 'ClientConformed', 'K', before('RecordConformity'), { onSite }],
  ['1.1-50', 'RecordObjection', 'ClientObjected', 'K', before('RecordConformity'), { data: { what: 'gotea' }, onSite }],
  [
    '1.1-45',
    'HandOverSite',
    'SiteHandedOver',
    'P',
    working,
    { data: { structuralConditionPreserved: true, tidy: false }, onSite },
  ],
  [
    '1.1-51 1.1-52',
    'ShowBelongings',
    'BelongingsShown',
    'P',
    working,
    { data: { items: ['llave'], clientConfirmed: true }, onSite },
  ],
  [
    '1.3-02 1.3-04',
    'ReportCompletion',
    'CompletionReported',
    'P+',
    before('ReportCompletion'),
    { data: { call, caseNumber: 'EXP-1' }, onSite },
  ],
  ['1.3-01', 'GiveFarewell', 'FarewellGiven', 'P', arrived, { onSite }],
  ['1.3-02', 'CompleteVisit', 'Completed', 'P+', before('CompleteVisit'), { onSite, twice: [['not-ended', '1.3-02']] }],
  [
    '1.1-10',
    'CloseVisit',
    'VisitClosed',
    'P or C',
    cancelled,
    { data: { reason: 'no hay nadie' }, adds: { outcome: 'cancelled' }, twice: [['not-ended', '1.1-10']] },
  ],
  ['2.2-08', 'EscalateClientImpact', 'ClientImpactEscalated', 'P+', arrived, { data: { what: 'sin agua' } }],
  ['2.2-11', 'ReportConductBreach', 'ConductBreachReported', 'C or K', arrived, { data: { kind: 'smoking' } }],
  [
    '1.1-30',
    'DeclineOffContractRequest',
    'OffContractRequestDeclined',
    'P',
    arrived,
    { data: { activity: 'other', detail: 'pintar' } },
  ],
  [
    '1.1-30',
    'PerformOffContractAct',
    'OffContractActPerformed',
    'P',
    arrived,
    { data: { activity: 'other' }, policy: policyAllowing('other') },
  ],
  [
    '1.1-10',
    'AnnulAct',
    'ActAnnulled',
    'C',
    arrived,
    {
      data: { act: 'ProviderArrived', recorded: minute(1), reason: 'por error' },
      twice: [['act-stands', '1.1-10']],
    },
  ],
  [
    '1.1-10',
    'CorrectTime',
    'TimeCorrected',
    'C',
    arrived,
    {
      data: { what: 'arrival', recorded: minute(1), corrected: minute(2), reason: 'tarde' },
      twice: [['time-stands', '1.1-10']],
    },
  ],
  [
    '1.1-10',
    'ReportDiscrepancy',
    'DiscrepancyReported',
    'P or K',
    arrived,
    {
      data: { discrepancyId: 'd-1', basedOn: 1, acts: [reported('ToolsShown')] },
      twice: [['discrepancy-new', '1.1-10']],
    },
  ],
  [
    '1.1-10',
    'SettleDiscrepancy',
    'DiscrepancySettled',
    'C',
    () => advance(arrived(), report([reported('ToolsShown')])),
    {
      data: { discrepancyId: 'd-1', taken: [0], text: 'vale' },
      twice: [['acts-untaken', '1.1-10']],
    },
  ],
  [
    '0-02',
    'AttestFacts',
    'FactsAttested',
    'K alone',
    arrived,
    { data: { facts: [{ fact: 'arrival', recorded: minute(1), agrees: true }] } },
  ],
];

/** Every act from SupplyMaterials on, in the order of the protocol. */
export const secondHalf: readonly Row[] = listed.map(([clause, type, becomes, author, past, more = {}]) => ({
  clause,
  type,
  becomes,
  author,
  past,
  data: {},
  ...more,
}));
