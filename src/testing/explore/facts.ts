import type { WaivableRule } from '../../messages/index.ts';
import { type DebtKind, type DebtTopic, owes } from '../../visit/debts.ts';
import type { Rule } from '../../visit/rule.ts';
import { waivableRules } from '../../visit/rule-ids.ts';
import type { VisitState } from '../../visit/state.ts';
import { actOfCommand } from '../../visit/table.ts';

/** The groups of facts, as the options of an exploration name them. */
export const factGroups = ['receipts', 'escalations', 'shots', 'debts'] as const;

/** Facts that an exploration may leave out or take in, beside those that it always looks at. @since 0.2.0 */
export type FactGroup = (typeof factGroups)[number];

/** The one shot that an assignment may require while `shots` are explored. */
export const requiredShot = 'frente';

/** One small fact of a visit: the values that it may take, the first of them what holds at the beginning. */
export type FactDefinition = {
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

const oneOf = <T extends string>(values: readonly T[], now: (visit: VisitState) => T): FactDefinition => ({
  values,
  of: (visit) => values.indexOf(now(visit)),
});

const owed = (kind: DebtKind, group?: FactGroup, about?: DebtTopic) =>
  whether((visit) => owes(visit, kind, about), group);

const hasShot = ({ photos }: VisitState, sent: boolean) =>
  Object.values(photos.byId).some(
    ({ shot, takenAt, sentAt }) => takenAt !== null && shot === requiredShot && (sentAt !== null) === sent,
  );

/** The materials rule that says whether what was supplied is enough: read from the table, not repeated. */
const enoughSupplied = actOfCommand('AcceptMaterials')?.needs.find(({ id }) => id === 'enough-supplied') as
  | Rule
  | undefined;

const nobody = { type: '', data: { visitId: '', at: '' }, metadata: { actor: { role: 'provider', id: '' } } } as const;

function isShort(visit: VisitState): boolean {
  return visit.materials.status === 'supplied' && enoughSupplied?.holds(visit, nobody, {}) === false;
}

export const standingInstructions = ['none', 'cancel', 'reschedule', 'reassign'] as const;

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

const always = {
  assigned: whether(({ visitId }) => visitId !== null),
  reassignmentOwed: owed('reassign-provider'),
  arrived: whether(({ arrival }) => arrival.arrivedAt !== null),
  credentialShown: whether(({ arrival }) => arrival.credentialShownAt !== null),
  clientAbsent: whether(({ arrival }) => arrival.absentSince !== null),
  absenceUnanswered: owed('give-instruction', undefined, 'client-absence'),
  identityValid: whether(({ identity }) => identity.validatedAt !== null),
  identityRejected: whether(({ identity }) => identity.rejectedAt !== null),
  representativeAllowed: whether(({ identity }) => identity.representativeAllowed),
  instruction: oneOf(standingInstructions, ({ instruction }) => instruction ?? 'none'),
  announced: whether(({ inspection }) => inspection.announcedAt !== null),
  faultLocated: whether(({ inspection }) => inspection.faultLocatedAt !== null),
  areaInspected: whether(({ inspection }) => inspection.areaInspectedAt !== null),
  assessed: whether(({ inspection }) => inspection.assessedAt !== null),
  explained: whether(({ inspection }) => inspection.explainedAt !== null),
  photosSent: whether(({ photos }) => photos.sent > 0),
  photosUnsent: whether(({ photos }) => photos.unsent > 0),
  materials: oneOf(materialsStatuses, ({ materials }) => materials.status),
  suppliedShort: whether(isShort),
  awaitingMaterials: whether(({ materials }) => materials.awaited),
  toolsShown: whether(({ work }) => work.toolsShownAt !== null),
  areaCleared: whether(({ work }) => work.areaClearedAt !== null),
  startReported: whether(({ work }) => work.startReportedAt !== null),
  started: whether(({ work }) => work.startedAt !== null),
  onBreak: whether(({ work }) => work.onBreak),
  away: whether(({ work }) => work.away),
  tests: oneOf(['none', 'passed', 'failed'], ({ closing }) => closing.tests ?? 'none'),
  conformity: whether(({ closing }) => closing.conformedAt !== null),
  handedOver: whether(({ closing }) => closing.handedOverAt !== null),
  belongings: oneOf(['none', 'confirmed', 'disputed'], ({ closing }) =>
    closing.belongingsShownAt === null ? 'none' : closing.belongingsConfirmed ? 'confirmed' : 'disputed',
  ),
  completionReported: whether(({ closing }) => closing.completionReportedAt !== null),
  completed: whether(({ closing }) => closing.completedAt !== null),
  closed: whether(({ closing }) => closing.closedAt !== null),
} satisfies Record<string, FactDefinition>;

const onRequest = {
  issueReported: whether(({ transit }) => transit.issueReportedAt !== null, 'receipts'),
  changeTold: whether(({ transit }) => transit.changeTold, 'receipts'),
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
} satisfies Record<string, FactDefinition>;

type WaiverFact = `waived ${WaivableRule}`;

const waivers = Object.fromEntries(
  waivableRules.map((rule) => [
    `waived ${rule}`,
    whether((visit) => visit.waivers.some((waiver) => waiver.rule === rule), 'waivers'),
  ]),
) as Record<WaiverFact, FactDefinition>;

/** The name of a fact of the abstraction. @since 0.2.0 */
export type Fact = keyof typeof always | keyof typeof onRequest | WaiverFact;

/** Every fact of the abstraction: a state of the exploration is a value for each of those that it looks at. */
export const facts: Readonly<Record<Fact, FactDefinition>> = { ...always, ...onRequest, ...waivers };

/** The names of the facts, in their order. */
export const factNames = Object.keys(facts) as readonly Fact[];

/** The place of each fact in a list of values. */
export const place = Object.fromEntries(factNames.map((name, index) => [name, index])) as Readonly<
  Record<Fact, number>
>;

/** A value for every fact, by its place; 0 for what is not looked at. */
export type Values = { readonly [place: number]: number | undefined };
