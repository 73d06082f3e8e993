/**
 * The concretisation of the explorer: for values of the facts, a visit that has them and stands for every visit that does. Each
 * field of the state is a function of the values.
 */
import type { ClauseId } from '../../protocol/clause.ts';
import { type Debt, type DebtKind, lapsing, openDebt } from '../../visit/debts.ts';
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
  type Fact,
  type FlagOf,
  factIndex,
  has,
  listFlags,
  materialsStatuses,
  standingInstructions,
  type Values,
} from './facts.ts';
import { discrepancyId, earlier, interruptedAt, requiredShot, resumedAt, takeable, takenId } from './samples.ts';

type Read<T> = (values: Values) => T;

/** The fields of a part of the state, as functions of the values. */
type Readers<Part> = { readonly [Field in keyof Part]: Read<Part[Field]> };

/** The one of some values of a field that goes with the value of a fact. */
function choice<T>(fact: Fact, choices: readonly [T, T, ...T[]]): Read<T> {
  const index = factIndex[fact];
  return (values) => choices[values[index] ?? 0] as T;
}

const flag = (fact: Fact) => choice(fact, [false, true]);
const instant = (fact: Fact) => choice(fact, [null, earlier]);
const count = (fact: Fact) => choice(fact, [0, 1]);
const whenAssigned = <T>(value: T) => choice<T | null>('assigned', [null, value]);

const blank = blankVisit();

/** The fields of a part in their order: its instants and flags by their facts, the others as they are given. */
function makeReaders<P extends Parameters<typeof listFlags>[0]>(
  part: P,
  others: Readers<Omit<VisitState[P], FlagOf<VisitState[P]>>>,
): Readers<VisitState[P]> {
  const given = new Map<string, unknown>(Object.entries(others));
  const facts = new Map<string, Fact>(listFlags(part).map(({ field, fact }) => [field, fact]));
  const readers = Object.entries(blank[part]).map(([field, initial]) => {
    const fact = facts.get(field);
    return [field, fact === undefined ? given.get(field) : initial === null ? instant(fact) : flag(fact)];
  });
  return Object.fromEntries(readers);
}

/** At most one photograph that was sent and one that was not stand for any number of them. */
function photographs(values: Values): Record<string, PhotoRecord> {
  const byId: Record<string, PhotoRecord> = {};
  if (has(values, 'photosSent')) {
    const shot = has(values, 'shotSent') ? requiredShot : null;
    const documentedAt = has(values, 'photosUndocumented') ? null : earlier;
    byId['foto-0'] = { takenAt: earlier, shot, sentAt: earlier, documentedAt };
  }
  if (has(values, 'photosUnsent')) {
    const shot = has(values, 'shotUnsent') ? requiredShot : null;
    byId['foto-1'] = { takenAt: earlier, shot, sentAt: null, documentedAt: null };
  }
  return byId;
}

const materialsStatus = choice('materials', materialsStatuses);

const isRequested = (values: Values) =>
  !['unknown', 'not-needed'].includes(materialsStatus(values)) && !has(values, 'nothingRequested');

const isOver = (values: Values) => has(values, 'completed') || has(values, 'closed');

/** At most one interval that ended, and one after it, stand for any number of them. */
function intervals(values: Values): WorkInterval[] {
  if (!has(values, 'started')) return [];
  const isStopped = has(values, 'away') || has(values, 'onBreak') || has(values, 'awaitingMaterials');
  const [over, isInterrupted] = [isOver(values), has(values, 'interrupted')];
  // A start that a settlement took while work was stopped began no interval.
  if (isStopped && !over && !isInterrupted) return [];
  const to = has(values, 'interruptionStands') ? interruptedAt : earlier;
  const from = has(values, 'resumptionStands') ? resumedAt : earlier;
  const first = { from: earlier, to };
  const last = { from, to: over ? earlier : isStopped ? to : null };
  const isResumed = isInterrupted && (!isStopped || over || from !== earlier);
  if (isResumed) return [first, last];
  return [isStopped || over ? first : last];
}

type Owed = Readonly<{ fact: Fact; clause: ClauseId; about?: Debt['about'] }>;

/** The facts that stand for the debts of each kind. */
const owed: Readonly<Record<DebtKind, readonly Owed[]>> = {
  'reassign-provider': [{ fact: 'reassignmentOwed', clause: '1.2-12' }],
  'give-instruction': [
    { fact: 'absenceUnanswered', clause: '1.1-10', about: 'client-absence' },
    { fact: 'identityUnanswered', clause: '1.1-10', about: 'identity' },
  ],
  'notify-delay': [{ fact: 'delayNoticeOwed', clause: '1.2-10' }],
  'notify-provider-change': [{ fact: 'changeNoticeOwed', clause: '1.2-13' }],
  'document-photos': [{ fact: 'photosUndocumented', clause: '1.1-22' }],
  'document-start': [{ fact: 'startUndocumented', clause: '1.1-27' }],
  'take-up-escalation': [{ fact: 'escalationOpen', clause: '2.2-08' }],
  'coordinate-materials': [{ fact: 'coordinationOwed', clause: '1.1-39' }],
  'supply-materials': [{ fact: 'supplyOwed', clause: '1.1-32' }],
  'settle-discrepancy': [{ fact: 'settlementOwed', clause: '1.1-10', about: discrepancyId }],
};

const debtKinds = Object.keys(owed) as readonly DebtKind[];

/** The debts of some kinds. */
function listDebts(kinds: readonly DebtKind[], values: Values): Debt[] {
  const visit: { debts: Debt[] } = { debts: [] };
  for (const kind of kinds) {
    for (const { fact, clause, about } of owed[kind]) {
      if (has(values, fact)) openDebt(visit, kind, clause, earlier, about);
    }
  }
  return visit.debts;
}

const lasting = debtKinds.filter((kind) => !lapsing.includes(kind));

/** The discrepancy of one act or two, and the one of which a settlement takes an act. */
function discrepancies(values: Values): Discrepancy[] {
  const found: Discrepancy[] = [];
  if (has(values, 'firstReported')) {
    const [first, second] = discrepancyActs;
    const acts = [{ type: first, taken: has(values, 'firstTaken') }];
    const others = has(values, 'secondReported') ? [{ type: second, taken: has(values, 'secondTaken') }] : [];
    found.push({ discrepancyId, acts: [...acts, ...others] });
  }
  if (has(values, 'actsReported')) {
    const acts = takeable.map(({ type }, position) => ({ type, taken: position === 0 && has(values, 'actTaken') }));
    found.push({ discrepancyId: takenId, acts });
  }
  return found;
}

const caseNumber = 'EXP-1';

const sections = {
  transit: makeReaders('transit', {}),
  arrival: makeReaders('arrival', { absenceReportedAt: instant('absenceReported') }),
  identity: makeReaders('identity', { person: choice('identityValid', [null, 'client']) }),
  inspection: makeReaders('inspection', {}),
  photos: {
    byId: photographs,
    sent: count('photosSent'),
    unsent: count('photosUnsent'),
    undocumented: count('photosUndocumented'),
  },
  materials: makeReaders('materials', {
    status: materialsStatus,
    requested: (values) => (isRequested(values) ? [{ item: 'material', quantity: 1 }] : []),
    supplied: (values) => (has(values, 'suppliedShort') ? [] : null),
    suppliedAt: instant('materialsSupplied'),
    acceptedAt: (values) => (materialsStatus(values) === 'accepted' ? earlier : null),
  }),
  work: makeReaders('work', {
    tools: (values) => (has(values, 'toolsShown') ? ['herramienta'] : []),
    intervals,
  }),
  closing: makeReaders('closing', {
    tests: choice('tests', [null, 'passed', 'failed']),
    testedAt: choice('tests', [null, earlier, earlier]),
    belongingsShownAt: choice('belongings', [null, earlier, earlier]),
    belongingsConfirmed: choice('belongings', [false, true, false]),
    caseNumberNamed: choice('completionReported', [null, caseNumber]),
    farewellGivenAt: () => null,
    outcome: () => null,
    lapsed: (values) => (isOver(values) ? listDebts(lapsing, values) : []),
  }),
} satisfies { readonly [S in keyof VisitState]?: Readers<VisitState[S]> };

const top: Readers<Omit<VisitState, keyof typeof sections>> = {
  stateVersion: () => stateVersion,
  phase: () => 'unassigned',
  visitId: whenAssigned('visita-1'),
  caseNumber: whenAssigned(caseNumber),
  edition: whenAssigned('edition'),
  policyId: () => null,
  client: whenAssigned({ name: 'Cliente' }),
  provider: whenAssigned({ id: 'proveedor-1', name: 'Proveedor' }),
  formerProviders: () => [],
  service: whenAssigned('servicio'),
  instructions: () => null,
  place: whenAssigned('lugar'),
  arriveBy: whenAssigned(earlier),
  requiredShots: (values) => (has(values, 'shotRequired') ? [requiredShot] : []),
  instruction: choice('instruction', [null, ...standingInstructions]),
  debts: (values) => listDebts(isOver(values) ? lasting : debtKinds, values),
  waivers: (values) =>
    waivableRules.filter((rule) => has(values, `waived ${rule}`)).map((rule) => ({ rule, at: earlier })),
  discrepancies,
  attestations: () => [],
};

/** A field of the state or of one of its sections. */
export type Field = Readonly<{ section: string | null; name: string; path: string; read: Read<unknown> }>;

const fieldsIn = (section: string | null, readers: object): Field[] =>
  Object.entries(readers).map(([name, read]) => ({
    section,
    name,
    path: section === null ? name : `${section}.${name}`,
    read,
  }));

/** Every field of the state. */
export const fields: readonly Field[] = [
  ...fieldsIn(null, top),
  ...Object.entries(sections).flatMap(([section, readers]) => fieldsIn(section, readers)),
];

/** The object that has a field: the state, or a section of it. */
export const partOf = (state: VisitDraft, { section }: Field): Record<string, unknown> =>
  section === null ? state : state[section as keyof typeof sections];

/** The state that stands for all those with these values: a fresh object, which may be edited. */
export function decodeState(values: Values): VisitDraft {
  const state = blankVisit();
  for (const field of fields) partOf(state, field)[field.name] = field.read(values);
  return state;
}
