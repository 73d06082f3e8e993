import type { EventType, SuppliedItem } from '../../messages/index.ts';
import { deepEqual } from '../../util/equality.ts';
import type { MaterialsStatus } from '../state.ts';
import { all, always, foldHistory, whenever } from './history.ts';
import { type ActTable, type Invariant, invariant, waived } from './invariant.ts';
import { running } from './model-state.ts';

/** The acts of this chapter: author, place, and the instant of the visit that they make. */
export const acts = {
  MaterialsSupplied: { by: 'K', where: 'on site' },
  MaterialsAccepted: { by: 'P', where: 'on site' },
  MaterialsRejected: { by: 'P', where: 'on site' },
  MaterialsChangeRefused: { by: 'P+', where: 'on site' },
  MaterialsCoordinated: { by: 'C' },
  ExtraMaterialsRequested: { by: 'P', where: 'on site' },
} satisfies ActTable;

const byTable: Readonly<Partial<Record<EventType, readonly MaterialsStatus[]>>> = {
  MaterialsSupplied: ['requested', 'supplied', 'rejected', 'in-dispute', 'coordinated'],
  MaterialsAccepted: ['supplied'],
  MaterialsRejected: ['supplied'],
  MaterialsChangeRefused: ['requested', 'rejected', 'coordinated'],
  MaterialsCoordinated: ['in-dispute', 'coordinated'],
  WorkExplained: ['unknown', 'not-needed', 'requested', 'accepted', 'coordinated'],
};

/** Thousandths of each item, by its name without regard to case and by its unit. */
function thousandths(items: readonly SuppliedItem[]): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const { item, unit, quantity } of items) {
    const key = JSON.stringify([item.normalize('NFC').trim().toLowerCase(), unit ?? null]);
    sums.set(key, (sums.get(key) ?? 0) + Math.round(quantity * 1000));
  }
  return sums;
}

/**
 * Each step of a round of materials finds them where the table of the protocol has them. Clause 1.1-33.
 * @since 0.1.0
 */
export const materialsByTheTable = invariant(
  'materials-by-the-table',
  '1.1-33',
  'Each step of a round of materials finds them where the table of the protocol has them.',
  (_state, history) =>
    always(history, ({ type }, before) => {
      return !Object.hasOwn(byTable, type) || (byTable[type] ?? []).includes(before.materials);
    }),
);

/** Materials stand in the visit where the table of the protocol puts them. Clause 1.1-33. @since 0.1.0 */
export const materialsAsTheyStand = invariant(
  'materials-as-they-stand',
  '1.1-33',
  'Materials stand in the visit where the table of the protocol puts them.',
  ({ materials }, history) => materials.status === foldHistory(history).materials,
);

/**
 * While a round is under way the latest request and, once supplied, the latest supply count alone. Clause 1.1-33.
 * @since 0.1.0
 */
export const latestListsCount = invariant(
  'latest-lists-count',
  '1.1-33',
  'While a round is under way the latest request and, once supplied, the latest supply count alone.',
  ({ materials }, history) => {
    const { materials: status, request, supply } = foldHistory(history);
    const settled = status === 'unknown' || status === 'not-needed' || status === 'accepted';
    return (
      (settled || deepEqual(materials.requested, request)) &&
      (status !== 'supplied' || deepEqual(materials.supplied, supply))
    );
  },
);

/** After the start an explanation asks for nothing more. Clause 1.1-25. @since 0.1.0 */
export const listOnlyBeforeStart = invariant(
  'list-only-before-start',
  '1.1-25',
  'After the start an explanation asks for nothing more.',
  (_state, history) =>
    whenever(
      history,
      ['WorkExplained'],
      ({ data }, before) => !before.stands.has('WorkStarted') || data.materials.length === 0,
    ),
);

/** More materials, at least one, are asked for only while work is running. Clause 1.1-29. @since 0.1.0 */
export const extraWhileRunning = invariant(
  'extra-while-running',
  '1.1-29',
  'More materials, at least one, are asked for only while work is running.',
  (_state, history) =>
    whenever(history, ['ExtraMaterialsRequested'], ({ data }, before) => running(before) && data.materials.length > 0),
);

/**
 * The client supplies the materials, or the provider where the allow-list names their purchase. Clause 1.1-31.
 * @since 0.1.0
 */
export const suppliedByClient = invariant(
  'supplied-by-client',
  '1.1-31',
  'The client supplies the materials, or the provider where the allow-list names their purchase.',
  (_state, history, policy) =>
    all(history, 'MaterialsSupplied').every(({ data: { suppliedBy } }) => {
      const allowed = (policy.allow ?? []).includes('material-purchase');
      return suppliedBy === 'client' || (suppliedBy === 'provider' && allowed);
    }),
);

/**
 * Materials supplied with a list are accepted only if nothing of the request is short, or that is waived. Clause
 * 1.1-35.
 * @since 0.1.0
 */
export const nothingShortAccepted = invariant(
  'nothing-short-accepted',
  '1.1-35',
  'Materials supplied with a list are accepted only if nothing of the request is short, or that is waived.',
  (_state, history, policy) =>
    whenever(history, ['MaterialsAccepted'], (_event, before) => {
      const there = thousandths(before.supply ?? []);
      const enough = [...thousandths(before.request)].every(([key, wanted]) => (there.get(key) ?? 0) >= wanted);
      return before.supply === null || enough || waived('enough-supplied', before, policy);
    }),
);

/**
 * Materials are rejected for quantity, kind or quality, said of each that does not match. Clause 1.1-35.
 * @since 0.1.0
 */
export const rejectedWithReasons = invariant(
  'rejected-with-reasons',
  '1.1-35',
  'Materials are rejected for quantity, kind or quality, said of each that does not match.',
  (_state, history) =>
    all(history, 'MaterialsRejected').every(({ data: { mismatches = [] } }) => {
      const reasoned = mismatches.every(({ reasons = [] }) => {
        return reasons.length > 0 && reasons.every((reason) => ['quantity', 'kind', 'quality'].includes(reason));
      });
      return mismatches.length > 0 && reasoned;
    }),
);

/** The invariants of this chapter. */
export const invariants: readonly Invariant[] = [
  materialsByTheTable,
  materialsAsTheyStand,
  latestListsCount,
  listOnlyBeforeStart,
  extraWhileRunning,
  suppliedByClient,
  nothingShortAccepted,
  rejectedWithReasons,
];
