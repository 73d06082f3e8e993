import type {
  Material,
  Mismatch,
  RequestExtraMaterialsData,
  SuppliedItem,
  SupplyMaterialsData,
} from '../messages/index.ts';
import type { ClauseId } from '../protocol/clause.ts';
import { act } from './act.ts';
import { callMade, onSite, running, undoClosing } from './common-rules.ts';
import { discharge, openDebt } from './debts.ts';
import { foldItem } from './fold-item.ts';
import { allowedBy, allows } from './policy.ts';
import { isDisputed } from './questions.ts';
import { type Rule, type RuleInput, rule } from './rule.ts';
import type { MaterialsStatus, VisitDraft, VisitState } from './state.ts';

/** Replaces the list that the client is asked for; an empty one asks for nothing. */
export function request({ materials }: VisitDraft, list: readonly Material[]): void {
  materials.status = list.length > 0 ? 'requested' : 'not-needed';
  materials.requested = list.map((material) => ({ ...material }));
  materials.supplied = null;
}

/** Withdraws the request during the work; accepted materials stay accepted. */
export function withdraw(visit: VisitDraft): void {
  const { status } = visit.materials;
  request(visit, []);
  if (status === 'accepted') visit.materials.status = status;
  visit.materials.awaited = false;
}

export const status = ({ materials }: VisitState) => ({ materials: materials.status });

/** Tests for one of these statuses. */
export const oneOf =
  (...statuses: readonly MaterialsStatus[]) =>
  ({ materials }: VisitState) =>
    statuses.includes(materials.status);

type StatusClauses = { readonly [S in MaterialsStatus]?: ClauseId };

/** Cites the clause of the status of the materials, or else the one by which they are reviewed. */
const byStatus = (clauses: StatusClauses) => ({
  among: [...new Set<ClauseId>(['1.1-33', ...Object.values(clauses)])],
  now: ({ materials }: VisitState) => clauses[materials.status] ?? '1.1-33',
});

/** Materials are asked for and not settled yet. */
const materialsWanted = rule(
  'materials-wanted',
  '1.1-32',
  oneOf('requested', 'supplied', 'rejected', 'in-dispute', 'coordinated'),
  { remedy: ['ExplainWork', 'RequestExtraMaterials'], facts: status },
);

/** The client supplies the materials. The provider does only if the contract lets them buy materials. */
const supplierAllowed = rule(
  'supplier-allowed',
  '1.1-31',
  (_, { data }: RuleInput<Partial<SupplyMaterialsData>>, policy) =>
    data.suppliedBy === 'client' || (data.suppliedBy === 'provider' && allows(policy, 'material-purchase')),
  { facts: (_, { data }) => ({ suppliedBy: data.suppliedBy ?? null }) },
);

/** The client supplies materials; the list is everything that is there now. */
const SupplyMaterials = act('SupplyMaterials', 'MaterialsSupplied', {
  by: 'K',
  clauses: ['1.1-31', '1.1-32'],
  unprovenClauses: ({ suppliedBy }) => (suppliedBy === 'client' ? [] : ['1.1-31']),
  deviations: ({ suppliedBy }, _, policy) => (suppliedBy === 'provider' ? allowedBy(policy, 'material-purchase') : []),
  isFulfilled: oneOf('not-needed', 'supplied', 'accepted'),
  // Not buying them needs no act; supplying them, only with a debt for a requested list (PROTOCOL §6).
  standsFor: { '1.1-31': () => true, '1.1-32': () => true },
  reads: { 'items?': [{ item: '' }] },
  needs: [...onSite, materialsWanted, supplierAllowed],
  effect: (visit, { data }) => {
    visit.materials.status = 'supplied';
    visit.materials.supplied = data.items?.map((item) => ({ ...item })) ?? null;
    visit.materials.suppliedAt = data.at;
    discharge(visit, 'supply-materials');
    discharge(visit, 'coordinate-materials');
  },
  witnesses: ({ materials }) => [
    {
      suppliedBy: 'client',
      items: materials.requested.map(({ item, quantity, unit }) => ({
        item,
        quantity,
        ...(unit === undefined ? {} : { unit }),
      })),
    },
  ],
});

/** Materials were supplied, and not judged since. */
const materialsSupplied = (clauses: StatusClauses): Rule<unknown, 'materials-supplied'> =>
  rule('materials-supplied', byStatus(clauses), oneOf('supplied'), { remedy: ['SupplyMaterials'], facts: status });

const suppliedToAccept = materialsSupplied({ rejected: '1.1-35', 'in-dispute': '1.1-37' });

const suppliedToReject = materialsSupplied({});

/** Two items are the same when name (NFC, trimmed, case ignored) and unit are. */
const formatKey = ({ item, unit = '' }: SuppliedItem) => `${foldItem(item)}\u0000${unit}`;

/** The requested materials that the supplied list lacks: summed by item, in thousandths so that sums are exact. */
function shortfall({ materials }: VisitState): { item: string; unit: string | null; missing: number }[] {
  if (materials.supplied === null) return [];
  const missing = new Map<string, { item: string; unit: string | null; thousandths: number }>();
  const add = (entry: SuppliedItem, sign: 1 | -1) => {
    const line = missing.get(formatKey(entry)) ?? { item: entry.item, unit: entry.unit ?? null, thousandths: 0 };
    line.thousandths += sign * Math.round(entry.quantity * 1000);
    missing.set(formatKey(entry), line);
  };
  for (const material of materials.requested) add(material, 1);
  for (const item of materials.supplied) add(item, -1);
  return [...missing.values()]
    .filter(({ thousandths }) => thousandths > 0)
    .map(({ item, unit, thousandths }) => ({ item, unit, missing: thousandths / 1000 }));
}

/** No item of a supplied list falls short of the request. */
const enoughSupplied = rule(
  'enough-supplied',
  '1.1-35',
  (visit) => visit.materials.status !== 'supplied' || shortfall(visit).length === 0,
  { remedy: ['SupplyMaterials', 'RejectMaterials'], facts: (visit) => ({ short: shortfall(visit) }) },
);

/** The materials are right. */
const AcceptMaterials = act('AcceptMaterials', 'MaterialsAccepted', {
  by: 'P',
  clauses: ['1.1-33', '1.1-34'],
  isFulfilled: oneOf('not-needed', 'accepted'),
  // Materials that were neither requested nor supplied need no review.
  standsFor: { '1.1-33': oneOf('unknown', 'not-needed', 'accepted') },
  needs: [...onSite, suppliedToAccept, enoughSupplied],
  effect: ({ materials }, { data }) => {
    materials.status = 'accepted';
    materials.acceptedAt = data.at;
    materials.awaited = false;
  },
  witnesses: () => [{}],
});

/** The reasons for which materials do not match. */
export const mismatchKinds: readonly string[] = ['quantity', 'kind', 'quality'];

const isReasoned = ({ reasons = [] }: Mismatch) =>
  reasons.length > 0 && reasons.every((reason) => mismatchKinds.includes(reason));

/** Materials are refused for a mismatch, each with its reasons: quantity, kind or quality. */
const mismatchReasons = rule(
  'mismatch-reasons',
  '1.1-35',
  (_, { data: { mismatches = [] } }: RuleInput<{ readonly mismatches?: readonly Mismatch[] }>) =>
    mismatches.length > 0 && mismatches.every(isReasoned),
  {
    facts: (_, { data: { mismatches = [] } }) => ({
      unreasoned: mismatches.filter((mismatch) => !isReasoned(mismatch)).map(({ item }) => item),
    }),
  },
);

/** The materials do not match the request: the client is asked for the right ones. */
const RejectMaterials = act('RejectMaterials', 'MaterialsRejected', {
  by: 'P',
  clauses: ['1.1-35', '1.1-36'],
  reads: { 'mismatches?': [{ 'reasons?': [] }] },
  needs: [...onSite, suppliedToReject, mismatchReasons],
  effect: (visit, { data }) => {
    visit.materials.status = 'rejected';
    openDebt(visit, 'supply-materials', '1.1-36', data.at);
  },
  witnesses: () => [{ mismatches: [{ item: 'texto', reasons: ['quality'] }] }],
});

/** Materials are requested, rejected or coordinated, so the client can refuse them. */
const materialsRefusable = rule('materials-refusable', '1.1-37', oneOf('requested', 'rejected', 'coordinated'), {
  remedy: ['RejectMaterials', 'ExplainWork'],
  facts: status,
});

/** The client will not change the materials: the provider calls the contact center. */
const ReportMaterialsRefusal = act('ReportMaterialsRefusal', 'MaterialsChangeRefused', {
  by: 'P+',
  clauses: ['1.1-37', '1.1-38'],
  needs: [...onSite, materialsRefusable, callMade('1.1-38')],
  effect: (visit, { data }) => {
    visit.materials.status = 'in-dispute';
    openDebt(visit, 'coordinate-materials', '1.1-39', data.at);
  },
  witnesses: (_, { at }) => [{ call: { at } }],
});

/** A dispute about the materials is open. */
const disputeOpen = rule('dispute-open', '1.1-39', isDisputed, {
  remedy: ['ReportMaterialsRefusal'],
  facts: status,
});

/** The contact center agrees with the client on the materials. */
const CoordinateMaterials = act('CoordinateMaterials', 'MaterialsCoordinated', {
  by: 'C',
  clauses: ['1.1-39'],
  needs: [disputeOpen],
  effect: (visit, { data }) => {
    visit.materials.status = 'coordinated';
    if (data.outcome !== 'client-will-supply') visit.instruction = data.outcome;
    discharge(visit, 'coordinate-materials');
  },
  witnesses: () => [{ outcome: 'client-will-supply' }],
});

/** At least one extra material is requested. */
const materialsListed = rule(
  'materials-listed',
  '1.1-29',
  (_, { data }: RuleInput<Pick<RequestExtraMaterialsData, 'materials'>>) => data.materials.length > 0,
);

/** Something is missing in the middle of the work, which waits for it. */
const RequestExtraMaterials = act('RequestExtraMaterials', 'ExtraMaterialsRequested', {
  by: 'P',
  clauses: ['1.1-29'],
  reads: { materials: [{ item: '' }] },
  needs: [running('1.1-29'), materialsListed],
  effect: (visit, { data }) => {
    request(visit, data.materials);
    visit.materials.status = 'requested';
    visit.materials.awaited = true;
    undoClosing(visit);
    openDebt(visit, 'supply-materials', '1.1-32', data.at);
  },
  witnesses: () => [{ materials: [{ item: 'texto', quantity: 1 }] }],
});

/** Materials are accepted, or none are needed. */
export const materialsSettled = rule(
  'materials-settled',
  byStatus({ rejected: '1.1-35', 'in-dispute': '1.1-38', coordinated: '1.1-38' }),
  oneOf('accepted', 'not-needed'),
  { remedy: ['ExplainWork', 'SupplyMaterials', 'AcceptMaterials'], facts: status },
);

/** Work does not wait for extra materials. */
export const notAwaitingMaterials = rule('not-awaiting-materials', '1.1-33', (visit) => !visit.materials.awaited, {
  remedy: ['SupplyMaterials', 'AcceptMaterials', 'ExplainWork'],
  facts: status,
});

/** The acts of this chapter, in the order of the protocol. */
export const acts = [
  SupplyMaterials,
  AcceptMaterials,
  RejectMaterials,
  ReportMaterialsRefusal,
  CoordinateMaterials,
  RequestExtraMaterials,
];
