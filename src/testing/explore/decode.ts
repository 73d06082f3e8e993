import type { WaivableRule } from '../../messages/index.ts';
import type { ClauseId } from '../../protocol/clause.ts';
import { type Debt, type DebtKind, lapsing } from '../../visit/debts.ts';
import { waivableRules } from '../../visit/rule-ids.ts';
import {
  blankVisit,
  type Discrepancy,
  type PhotoRecord,
  stateVersion,
  type VisitDraft,
  type VisitState,
  type WorkInterval,
} from '../../visit/state.ts';
import {
  discrepancyActs,
  discrepancyId,
  earlier,
  type Fact,
  type FlagOf,
  flagsOf,
  interruptedAt,
  materialsStatuses,
  place,
  requiredShot,
  resumedAt,
  standingInstructions,
  takenId,
  type Values,
} from './facts.ts';
import { takeable } from './takings.ts';

type Leaves<T> = { readonly [K in keyof T]: (values: Values) => T[K] };

const is = (fact: Fact) => {
  const index = place[fact];
  return (values: Values) => values[index] === 1;
};

const at = (fact: Fact) => {
  const index = place[fact];
  return (values: Values) => (values[index] === 1 ? earlier : null);
};

const always =
  <T>(value: T) =>
  () =>
    value;

const whenAssigned = <T>(value: T) => {
  const assigned = is('assigned');
  return (values: Values) => (assigned(values) ? value : null);
};

const blank = blankVisit();

/** The leaves of a part in the order of its fields: its instants and flags by their facts, the others as they are given. */
function leavesOf<P extends Parameters<typeof flagsOf>[0]>(
  part: P,
  others: Leaves<Omit<VisitState[P], FlagOf<VisitState[P]>>>,
): Leaves<VisitState[P]> {
  const own = new Map<string, unknown>(Object.entries(others));
  const flags = new Map<string, Fact>(flagsOf(part).map(({ field, fact }): [string, Fact] => [field, fact]));
  const leaves = Object.entries(blank[part]).map(([field, value]) => {
    const fact = flags.get(field);
    return [field, fact === undefined ? own.get(field) : value === null ? at(fact) : is(fact)];
  });
  return Object.fromEntries(leaves);
}

const transit = leavesOf('transit', {});
const arrival = leavesOf('arrival', {});
const identity = leavesOf('identity', {
  person: (values) => (values[place.identityValid] === 1 ? 'client' : null),
});
const inspection = leavesOf('inspection', {});

/** At most one photograph that was sent and one that was not stand for any number of them. */
function photographs(values: Values): Record<string, PhotoRecord> {
  const byId: Record<string, PhotoRecord> = {};
  if (values[place.photosSent] === 1) {
    const shot = values[place.shotSent] === 1 ? requiredShot : null;
    const documentedAt = values[place.photosUndocumented] === 1 ? null : earlier;
    byId['foto-0'] = { takenAt: earlier, shot, sentAt: earlier, documentedAt };
  }
  if (values[place.photosUnsent] === 1) {
    const shot = values[place.shotUnsent] === 1 ? requiredShot : null;
    byId['foto-1'] = { takenAt: earlier, shot, sentAt: null, documentedAt: null };
  }
  return byId;
}

const photos: Leaves<VisitState['photos']> = {
  byId: photographs,
  sent: (values) => values[place.photosSent] ?? 0,
  unsent: (values) => values[place.photosUnsent] ?? 0,
  undocumented: (values) => values[place.photosUndocumented] ?? 0,
};

const statusOf = (values: Values) => materialsStatuses[values[place.materials] ?? 0] ?? 'unknown';

const nothing: never[] = [];
const one = [{ item: 'material', quantity: 1 }];

const materials = leavesOf('materials', {
  status: statusOf,
  requested: (values) =>
    statusOf(values) === 'unknown' || statusOf(values) === 'not-needed' || values[place.nothingRequested] === 1
      ? nothing
      : one,
  supplied: (values) => (values[place.suppliedShort] === 1 ? nothing : null),
});

/** At most one interval that ended, and one after it, stand for any number of them. */
function intervalsOf(values: Values): WorkInterval[] {
  if (values[place.started] !== 1) return [];
  const stopped = values[place.away] === 1 || values[place.onBreak] === 1 || values[place.awaitingMaterials] === 1;
  // A start that a settlement took while work was stopped began no interval.
  if (stopped && !isOver(values) && values[place.interrupted] !== 1) return [];
  const to = values[place.interruptionStands] === 1 ? interruptedAt : earlier;
  const from = values[place.resumptionStands] === 1 ? resumedAt : earlier;
  const interrupted = { from: earlier, to };
  const last = { from, to: isOver(values) ? earlier : stopped ? to : null };
  const isResumed = values[place.interrupted] === 1 && (!stopped || isOver(values) || from !== earlier);
  if (isResumed) return [interrupted, last];
  return [stopped || isOver(values) ? interrupted : last];
}

const work = leavesOf('work', {
  tools: (values) => (values[place.toolsShown] === 1 ? ['herramienta'] : []),
  intervals: intervalsOf,
});

const tests = [null, 'passed', 'failed'] as const;

const caseNumber = 'EXP-1';

const closing = leavesOf('closing', {
  tests: (values) => tests[values[place.tests] ?? 0] ?? null,
  belongingsShownAt: (values) => ((values[place.belongings] ?? 0) > 0 ? earlier : null),
  belongingsConfirmed: (values) => values[place.belongings] === 1,
  caseNumberNamed: (values) => (values[place.completionReported] === 1 ? caseNumber : null),
  farewellGivenAt: always(null),
  outcome: always(null),
  lapsed: (values) => debtsIn(values, (kind) => lapsing.includes(kind) && isOver(values)),
});

const owed = [
  ['reassignmentOwed', 'reassign-provider', '1.2-12'],
  ['absenceUnanswered', 'give-instruction', '1.1-10', 'client-absence'],
  ['delayNoticeOwed', 'notify-delay', '1.2-10'],
  ['changeNoticeOwed', 'notify-provider-change', '1.2-13'],
  ['photosUndocumented', 'document-photos', '1.1-22'],
  ['startUndocumented', 'document-start', '1.1-27'],
  ['escalationOpen', 'take-up-escalation', '2.2-08'],
  ['identityUnanswered', 'give-instruction', '1.1-10', 'identity'],
  ['coordinationOwed', 'coordinate-materials', '1.1-39'],
  ['supplyOwed', 'supply-materials', '1.1-32'],
  ['settlementOwed', 'settle-discrepancy', '1.1-10', discrepancyId],
] as const satisfies readonly Owed[];

type Owed = readonly [fact: Fact, kind: DebtKind, clause: ClauseId, about?: Debt['about']];

/** The kinds of debt that no fact stands for: where there are some, this does not compile. */
type Missing = Exclude<DebtKind, (typeof owed)[number][1]>;

const everyOwed: readonly Owed[] = owed satisfies [Missing] extends [never] ? unknown : Missing;

const debts: readonly (readonly [number, Debt])[] = everyOwed.map(([fact, kind, clause, about]) => [
  place[fact],
  {
    kind,
    debtor: kind === 'supply-materials' ? 'client' : 'contact-center',
    clause,
    since: earlier,
    ...(about === undefined ? {} : { about }),
  },
]);

const isOver = (values: Values) => values[place.completed] === 1 || values[place.closed] === 1;

/** The debts of some kinds. */
function debtsIn(values: Values, isKind: (kind: DebtKind) => boolean): Debt[] {
  return debts.filter(([index, { kind }]) => values[index] === 1 && isKind(kind)).map(([, debt]) => debt);
}

const waived: readonly (readonly [number, WaivableRule])[] = waivableRules.map((rule) => [
  place[`waived ${rule}`],
  rule,
]);

function discrepanciesOf(values: Values): Discrepancy[] {
  const acts = takeable.map(({ type }, position) => ({ type, taken: position === 0 && values[place.actTaken] === 1 }));
  return [...oneOrTwo(values), ...(values[place.actsReported] === 1 ? [{ discrepancyId: takenId, acts }] : [])];
}

/** The discrepancy of one act or two. */
function oneOrTwo(values: Values): Discrepancy[] {
  if (values[place.firstReported] !== 1) return [];
  const taken = [values[place.firstTaken] === 1, values[place.secondTaken] === 1] as const;
  const [first, second] = discrepancyActs;
  const acts = [{ type: first, taken: taken[0] }];
  if (values[place.secondReported] !== 1) return [{ discrepancyId, acts }];
  return [{ discrepancyId, acts: [...acts, { type: second, taken: taken[1] }] }];
}

const provider = { id: 'proveedor-1', name: 'Proveedor' };

const top: Leaves<Omit<VisitState, keyof typeof sections>> = {
  stateVersion: always(stateVersion),
  phase: always('unassigned'),
  visitId: whenAssigned('visita-1'),
  caseNumber: whenAssigned(caseNumber),
  edition: whenAssigned('edition'),
  policyId: always(null),
  client: whenAssigned({ name: 'Cliente' }),
  provider: whenAssigned(provider),
  formerProviders: () => [],
  service: whenAssigned('servicio'),
  instructions: always(null),
  place: whenAssigned('lugar'),
  arriveBy: whenAssigned(earlier),
  requiredShots: (values) => (values[place.shotRequired] === 1 ? [requiredShot] : []),
  instruction: (values) => {
    const instruction = standingInstructions[values[place.instruction] ?? 0] ?? 'none';
    return instruction === 'none' ? null : instruction;
  },
  debts: (values) => debtsIn(values, (kind) => !lapsing.includes(kind) || !isOver(values)),
  waivers: (values) => waived.filter(([index]) => values[index] === 1).map(([, rule]) => ({ rule, at: earlier })),
  discrepancies: discrepanciesOf,
};

const sections = { transit, arrival, identity, inspection, photos, materials, work, closing };

/** A field of the state, read from the values. */
export type Leaf = readonly [name: string, read: (values: Values) => unknown];

/** The fields of the state that are no parts. */
export const topLeaves: readonly Leaf[] = Object.entries(top);
/** The fields of each part of the state. */
export const sectionLeaves: readonly (readonly [section: string, leaves: readonly Leaf[]])[] = Object.entries(
  sections,
).map(([section, leaves]) => [section, Object.entries(leaves)]);

/** The state that stands for all those with these values: a fresh object, which may be edited. */
export function stateOf(values: Values): VisitDraft {
  const state = record(topLeaves, values);
  for (const [section, leaves] of sectionLeaves) state[section] = record(leaves, values);
  return state as unknown as VisitDraft;
}

function record(leaves: readonly Leaf[], values: Values): Record<string, unknown> {
  const made: Record<string, unknown> = {};
  for (const [name, read] of leaves) made[name] = read(values);
  return made;
}

/** The same state, each field of which is read from the values when it is first looked at. */
export function viewOf(values: Values): VisitState {
  const view = lazily(topLeaves, values);
  for (const [section, leaves] of sectionLeaves) {
    Object.defineProperty(view, section, { value: lazily(leaves, values), enumerable: true });
  }
  return view as VisitState;
}

function lazily(leaves: readonly Leaf[], values: Values): object {
  const view = {};
  for (const [name, read] of leaves) {
    let known: unknown;
    const get = () => {
      if (known === undefined) known = read(values);
      return known;
    };
    Object.defineProperty(view, name, { get, enumerable: true });
  }
  return view;
}
