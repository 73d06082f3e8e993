import type { VisitEvent } from '../../messages/index.ts';
import { placeholder } from '../../reading/judging/log.ts';
import { discrepancies, type UnsettledAct } from '../../reconciling/discrepancies.ts';
import type { Policy } from '../../visit/index.ts';
import type { VisitView } from '../visit-view.ts';

/** A reported act: the id of its report, and its position there, from 0. */
type Reported = Pick<UnsettledAct, 'discrepancyId' | 'position' | 'type'>;

/**
 * The reason why a reported act that is not settled was refused: the acts of the log against which it stands, by their
 * indexes, the reported acts that it follows from, or neither, as far as was searched.
 */
export type Cause =
  | { readonly kind: 'against'; readonly indexes: readonly number[] }
  | { readonly kind: 'follows'; readonly acts: readonly Reported[] }
  | { readonly kind: 'refused-anyway' | 'undetermined' };

/** The cause of a reported act, by its report and position; null for a twin, and for one that is settled. */
export type CauseOf = (discrepancyId: unknown, position: number) => Cause | null;

/** Finds the causes of the reported acts of a visit that are not settled; none where nothing is open. */
export function causesIn({ log, reading }: Pick<VisitView, 'log' | 'reading'>, policy: Policy): CauseOf {
  if (!reading.state.debts.some(({ kind }) => kind === 'settle-discrepancy')) return () => null;
  const repeated = new Set(reading.findings.flatMap(({ kind, index }) => (kind === 'repeated' ? index : [])));
  const indexes = [...log.keys()].filter((index) => !repeated.has(index));
  const events = new Map(reading.entries.map(({ index, event }) => [index, event]));
  const known = indexes.map((index) => events.get(index) ?? placeholder);
  const acts = unsettledActs(known, policy);
  return (discrepancyId, position) => {
    const one = acts.find((act) => act.discrepancyId === discrepancyId && act.position === position);
    return one === undefined ? null : findCause(one, acts, indexes);
  };
}

/** The unsettled acts of a log; none if what was reported cannot be read. */
function unsettledActs(log: readonly VisitEvent[], policy: Policy): readonly UnsettledAct[] {
  try {
    return discrepancies(log, { policy }).acts;
  } catch (error) {
    if (error instanceof TypeError) return [];
    throw error;
  }
}

function findCause(one: UnsettledAct, acts: readonly UnsettledAct[], indexes: readonly number[]): Cause | null {
  if (one.kind === 'twin') return null;
  if (one.kind === 'consequence') return { kind: 'follows', acts: one.dependsOn.flatMap((place) => acts[place] ?? []) };
  const { against } = one;
  if (against.found) return { kind: 'against', indexes: against.events.flatMap((place) => indexes[place] ?? []) };
  return { kind: against.gaveUp ? 'undetermined' : 'refused-anyway' };
}
