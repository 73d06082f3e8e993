import { mustBe } from '../../kernel/known.ts';
import type { Id, Instant, NonEmptyText, Provider, VisitEvent } from '../../messages/index.ts';
import { type GroupedDebt, groupDebts } from '../../reading/debt-groups.ts';
import type { Integrity } from '../../reading/integrity.ts';
import { compareTexts } from '../../util/equality.ts';
import { parseInstant } from '../../util/instant.ts';
import { type Debt, type Phase, phases, type VisitState } from '../../visit/index.ts';
import { hasEnded } from '../../visit/state.ts';
import type { VisitProjection } from './projection.ts';

/** A visit on the contact center's board. @since 0.4.0 */
export type BoardRow = {
  readonly visitId: Id;
  readonly caseNumber: NonEmptyText | null;
  readonly phase: Phase;
  readonly provider: Provider | null;
  readonly service: NonEmptyText | null;
  readonly arriveBy: Instant | null;
  /** The time of the last act of its log. */
  readonly lastActAt: Instant | null;
  /** Those of the contact center with their groups, which a row that 0.5 wrote lacks. */
  readonly debts: readonly GroupedDebt[];
  /** The number of events of its log. Absent, as the fields below are, from a row that 0.4 wrote. @since 0.5.0 */
  readonly version?: number;
  /** Since when a photograph is taken and not sent; null without one. @since 0.5.0 */
  readonly unsentSince?: Instant | null;
  /** The times at which the reports of its open discrepancies were recorded. @since 0.5.0 */
  readonly reports?: readonly { readonly discrepancyId: Id; readonly recordedAt: Instant }[];
  /** The integrity of its log when the row was written. @since 0.5.0 */
  readonly integrity?: Integrity;
};

/**
 * The open visits, and the ended ones with open debts.
 *
 * @since 0.4.0
 */
export const boardProjection: VisitProjection<BoardRow> = {
  name: 'auxilio-board-1',
  row: ({ state, events, integrity }) => {
    const { visitId, caseNumber, phase, provider, service, arriveBy, debts } = state;
    if (visitId === null || (debts.length === 0 && hasEnded(state))) return null;
    const lastActAt = events.at(-1)?.data.at ?? null;
    return {
      visitId,
      caseNumber,
      phase,
      provider,
      service,
      arriveBy,
      lastActAt,
      debts: groupDebts(state, events),
      version: events.length,
      unsentSince: unsentSince(state),
      reports: recordedReports(state, events),
      integrity,
    };
  },
};

function unsentSince({ photos }: VisitState): Instant | null {
  const unsent = Object.values(photos.byId).flatMap(({ takenAt, sentAt }) => (sentAt === null ? (takenAt ?? []) : []));
  return unsent.sort(compareTexts)[0] ?? null;
}

/** The times at which the open reports were recorded, from which the time to settle them is measured. */
function recordedReports({ debts }: VisitState, events: readonly VisitEvent[]): NonNullable<BoardRow['reports']> {
  const open = new Set(debts.flatMap(({ kind, about }) => (kind === 'settle-discrepancy' ? (about ?? []) : [])));
  return events.flatMap(({ type, data, metadata }) => {
    if (type !== 'DiscrepancyReported' || !open.delete(data.discrepancyId)) return [];
    const recordedAt = metadata?.recordedAt;
    return recordedAt === undefined ? [] : { discrepancyId: data.discrepancyId, recordedAt };
  });
}

/** A debt on the board: its visit and its age, never less than 0. @since 0.4.0 */
export type OwedDebt = GroupedDebt & {
  readonly visitId: Id;
  readonly caseNumber: NonEmptyText | null;
  readonly ageMs: number;
};

/** The contact center's board. @since 0.4.0 */
export type Board = {
  /** The visits of each phase, by the time by which the provider was to arrive; then by id. */
  readonly byPhase: Readonly<Record<Phase, readonly BoardRow[]>>;
  /** The debts of each debtor, the oldest first. */
  readonly debts: Readonly<Record<Debt['debtor'], readonly OwedDebt[]>>;
};

/**
 * The board at a given time; a `RangeError` for an invalid `now`.
 *
 * @since 0.4.0
 */
export function boardOf(rows: readonly BoardRow[], now: Instant): Board {
  mustBe(Array.isArray(rows), 'boardOf takes a list of rows', rows);
  const at = parseNow(now);
  const owed = rows.flatMap(({ visitId, caseNumber, debts }) =>
    debts.map((debt) => ({ ...debt, visitId, caseNumber, ageMs: Math.max(0, at - Date.parse(debt.since)) })),
  );
  const owedBy = (debtor: Debt['debtor']) => owed.filter((debt) => debt.debtor === debtor).sort(oldestFirst);
  const sorted = [...rows].sort(firstExpectedFirst);
  const inPhase = (phase: Phase) => [phase, sorted.filter((row) => row.phase === phase)] as const;
  return {
    byPhase: Object.fromEntries(phases.map(inPhase)) as Record<Phase, BoardRow[]>,
    debts: { 'contact-center': owedBy('contact-center'), client: owedBy('client') },
  };
}

function oldestFirst(one: OwedDebt, other: OwedDebt): number {
  return compareTexts(one.since, other.since) || compareTexts(one.visitId, other.visitId);
}

function firstExpectedFirst(one: BoardRow, other: BoardRow): number {
  return compareTexts(one.arriveBy ?? '', other.arriveBy ?? '') || compareTexts(one.visitId, other.visitId);
}

/** The milliseconds of `now`; a `RangeError` for what is no instant. */
export function parseNow(now: Instant): number {
  const at = Date.parse(parseInstant(now) ?? '');
  if (!Number.isNaN(at)) return at;
  throw new RangeError(`now is an instant, such as "2026-03-17T14:00:00.000Z"; got ${typeof now}`);
}
