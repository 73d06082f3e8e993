/** The abstraction of the explorer: a state is the values of these facts. `decode.ts` makes a visit of them again. */
import type { WaivableRule } from '../../messages/index.ts';
import { factTimes } from '../../visit/corrections.ts';
import { type Debt, type DebtKind, owes } from '../../visit/debts.ts';
import type { Rule } from '../../visit/rule.ts';
import { waivableRules } from '../../visit/rule-ids.ts';
import { blankVisit, hasEnded, type VisitState } from '../../visit/state.ts';
import { actOfCommand } from '../../visit/table.ts';
import { discrepancyId, requiredShot, takenId } from './samples.ts';

/** The groups of facts, as the options of an exploration name them. */
export const factGroups = [
  'receipts',
  'escalations',
  'shots',
  'debts',
  'discrepancies',
  'settlements',
  'intervals',
  'attestations',
] as const;

/** Optional facts of an exploration. @since 0.2.0 */
export type FactGroup = (typeof factGroups)[number];

/** A fact of a visit with its possible values, the first of them the initial one. */
type FactDefinition = {
  readonly values: readonly string[];
  /** The index of the value that holds in a state. */
  readonly of: (visit: VisitState) => number;
  /** Looked at only with this group. */
  readonly group?: FactGroup | 'waivers';
};

const noYes = ['no', 'yes'] as const;

const whether = (holds: (visit: VisitState) => boolean, group?: FactDefinition['group']): FactDefinition => ({
  values: noYes,
  of: (visit) => (holds(visit) ? 1 : 0),
  ...(group === undefined ? {} : { group }),
});

const oneOf = <T extends string>(values: readonly T[], valueIn: (visit: VisitState) => T): FactDefinition => ({
  values,
  of: (visit) => values.indexOf(valueIn(visit)),
});

/** A debt that is open or, after the end, that lapsed and would be open again if the end were annulled. */
const owed = (kind: DebtKind, group?: FactGroup, about?: Debt['about']) =>
  whether((visit) => {
    const { lapsed } = visit.closing;
    return owes(visit, kind, about) || (lapsed.length > 0 && owes({ debts: lapsed }, kind, about));
  }, group);

const hasShot = ({ photos }: VisitState, sent: boolean) =>
  Object.values(photos.byId).some(
    ({ shot, takenAt, sentAt }) => takenAt !== null && shot === requiredShot && (sentAt !== null) === sent,
  );

/** The rule that supplied materials are sufficient, taken from the act table. */
const enoughSupplied = actOfCommand('AcceptMaterials')?.needs.find(({ id }) => id === 'enough-supplied') as
  | Rule
  | undefined;

const nobody = { type: '', data: { visitId: '', at: '' }, metadata: { actor: { role: 'provider', id: '' } } } as const;

function isShort(visit: VisitState): boolean {
  return visit.materials.status === 'supplied' && enoughSupplied?.holds(visit, nobody, {}) === false;
}

/** Materials were supplied or judged that nothing was requested of: a settlement may take that. */
function isUnrequested({ materials: { status, requested } }: VisitState): boolean {
  return requested.length === 0 && status !== 'unknown' && status !== 'not-needed';
}

/** Work ran more than once, or stopped before the end: its start can no longer be annulled. */
function isInterrupted(visit: VisitState): boolean {
  const { intervals } = visit.work;
  return intervals.length > 1 || (!hasEnded(visit) && intervals.some(({ to }) => to !== null));
}

/** The acts of the one discrepancy that is explored: the end of a visit excludes the first, not the second. */
export const discrepancyActs = ['ToolsShown', 'PhotosSubmitted'] as const;

const actsReported = ({ discrepancies }: VisitState, id = discrepancyId) =>
  discrepancies.find((one) => one.discrepancyId === id)?.acts ?? [];

export const standingInstructions = ['cancel', 'reschedule', 'reassign'] as const;

export const materialsStatuses = [
  'unknown',
  'not-needed',
  'requested',
  'supplied',
  'accepted',
  'rejected',
  'in-dispute',
  'coordinated',
] as const;

/** The parts of the state that are records of facts. */
type Parts = Pick<VisitState, 'transit' | 'arrival' | 'identity' | 'inspection' | 'materials' | 'work' | 'closing'>;

/** Fields of which the fact has another name. */
const names = {
  absentSince: 'clientAbsent',
  validatedAt: 'identityValid',
  rejectedAt: 'identityRejected',
  awaited: 'awaitingMaterials',
  conformedAt: 'conformity',
} as const;

/** Instants and flags that no fact stands for alone. */
const combined = [
  'belongingsShownAt',
  'belongingsConfirmed',
  'farewellGivenAt',
  'absenceReportedAt',
  'suppliedAt',
  'acceptedAt',
  'testedAt',
] as const;

type Moment = `${string}At` | 'absentSince';

/** The instants and flags of a part: each is a fact, set or not. */
export type FlagOf<Part> = Exclude<
  { [F in keyof Part & string]: Part[F] extends boolean ? F : F extends Moment ? F : never }[keyof Part & string],
  (typeof combined)[number]
>;

type NameOf<F> = F extends keyof typeof names ? (typeof names)[F] : F extends `${infer Name}At` ? Name : F;
type Flags<P extends keyof Parts> = NameOf<FlagOf<Parts[P]>>;

const blank = blankVisit();

/** The instants and flags of a part of the state, each with its fact: a new one needs no more than its field. */
export function listFlags<P extends keyof Parts>(
  part: P,
): readonly { field: FlagOf<Parts[P]>; fact: Flags<keyof Parts> }[] {
  const fields = Object.entries(blank[part])
    .filter(([field, value]) => value === false || (value === null && /(?:At|Since)$/.test(field)))
    .map(([field]) => field as FlagOf<Parts[P]>)
    .filter((field) => !(combined as readonly string[]).includes(field));
  const named: { readonly [field: string]: string } = names;
  return fields.map((field) => ({ field, fact: (named[field] ?? field.replace(/At$/, '')) as Flags<keyof Parts> }));
}

/** The facts of the instants and flags of a part. */
function flags<P extends keyof Parts>(part: P, group?: FactGroup) {
  const facts = listFlags(part).map(({ field, fact }) => [
    fact,
    whether((visit) => visit[part][field] !== null && visit[part][field] !== false, group),
  ]);
  return Object.fromEntries(facts) as Record<Flags<P>, FactDefinition>;
}

/** The facts that every exploration looks at. */
const plain = {
  assigned: whether(({ visitId }) => visitId !== null),
  reassignmentOwed: owed('reassign-provider'),
  ...flags('arrival'),
  absenceUnanswered: owed('give-instruction', undefined, 'client-absence'),
  ...flags('identity'),
  instruction: oneOf(['none', ...standingInstructions], ({ instruction }) => instruction ?? 'none'),
  ...flags('inspection'),
  photosSent: whether(({ photos }) => photos.sent > 0),
  photosUnsent: whether(({ photos }) => photos.unsent > 0),
  materials: oneOf(materialsStatuses, ({ materials }) => materials.status),
  suppliedShort: whether(isShort),
  ...flags('materials'),
  ...flags('work'),
  interrupted: whether(isInterrupted),
  tests: oneOf(['none', 'passed', 'failed'], ({ closing }) => closing.tests ?? 'none'),
  ...flags('closing'),
  belongings: oneOf(['none', 'confirmed', 'disputed'], ({ closing }) =>
    closing.belongingsShownAt === null ? 'none' : closing.belongingsConfirmed ? 'confirmed' : 'disputed',
  ),
} satisfies Record<string, FactDefinition>;

/** The facts that an exploration looks at if their group is asked for. */
const optional = {
  ...flags('transit', 'receipts'),
  delayNoticeOwed: owed('notify-delay', 'receipts'),
  changeNoticeOwed: owed('notify-provider-change', 'receipts'),
  photosUndocumented: whether(({ photos }) => photos.undocumented > 0, 'receipts'),
  startUndocumented: owed('document-start', 'receipts'),
  escalationOpen: owed('take-up-escalation', 'escalations'),
  shotRequired: whether(({ requiredShots }) => requiredShots.includes(requiredShot), 'shots'),
  shotSent: whether((visit) => hasShot(visit, true), 'shots'),
  shotUnsent: whether((visit) => hasShot(visit, false), 'shots'),
  identityUnanswered: owed('give-instruction', 'debts', 'identity'),
  coordinationOwed: owed('coordinate-materials', 'debts'),
  supplyOwed: owed('supply-materials', 'debts'),
  firstReported: whether((visit) => actsReported(visit).length > 0, 'discrepancies'),
  secondReported: whether((visit) => actsReported(visit).length > 1, 'discrepancies'),
  firstTaken: whether((visit) => actsReported(visit)[0]?.taken === true, 'discrepancies'),
  secondTaken: whether((visit) => actsReported(visit)[1]?.taken === true, 'discrepancies'),
  settlementOwed: owed('settle-discrepancy', 'discrepancies', discrepancyId),
  resumptionStands: whether(({ work }) => work.intervals.some(({ from }) => from !== work.startedAt), 'intervals'),
  interruptionStands: whether((visit) => {
    const { end } = factTimes(visit);
    return visit.work.intervals.some(({ to }) => to !== null && to !== end);
  }, 'intervals'),
  absenceReported: whether(({ arrival }) => arrival.absenceReportedAt !== null, 'attestations'),
  materialsSupplied: whether(({ materials }) => materials.suppliedAt !== null, 'attestations'),
  nothingRequested: whether(isUnrequested, 'settlements'),
  actsReported: whether((visit) => actsReported(visit, takenId).length > 0, 'settlements'),
  actTaken: whether((visit) => actsReported(visit, takenId).some(({ taken }) => taken), 'settlements'),
} satisfies Record<string, FactDefinition>;

type WaiverFact = `waived ${WaivableRule}`;

const waivers = Object.fromEntries(
  waivableRules.map((rule) => [
    `waived ${rule}`,
    whether((visit) => visit.waivers.some((waiver) => waiver.rule === rule), 'waivers'),
  ]),
) as Record<WaiverFact, FactDefinition>;

/** The name of a fact of the abstraction. @since 0.2.0 */
export type Fact = keyof typeof plain | keyof typeof optional | WaiverFact;

/** Every fact of the abstraction: a state of the exploration is a value for each of those that it looks at. */
export const facts: Readonly<Record<Fact, FactDefinition>> = { ...plain, ...optional, ...waivers };

/** The names of the facts, in their order. */
export const factNames = Object.keys(facts) as readonly Fact[];

/** The index of each fact in a list of values. */
export const factIndex = Object.fromEntries(factNames.map((name, index) => [name, index])) as Readonly<
  Record<Fact, number>
>;

/** A value for every fact, by its index; 0 for a fact that is left out. */
export type Values = { readonly [index: number]: number | undefined };

/** True if a fact has its second value: it holds. */
export const has = (values: Values, fact: Fact): boolean => values[factIndex[fact]] === 1;
