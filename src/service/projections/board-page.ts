import { mustBe, mustKnowKeys } from '../../kernel/known.ts';
import type { Id, Instant } from '../../messages/index.ts';
import type { ClauseId } from '../../protocol/index.ts';
import type { PassedPurpose, WaitGroup } from '../../reading/debt-groups.ts';
import { type MeasureName, measureOfDebt, readThreshold } from '../../reading/judging/measures.ts';
import type { ConsumerState } from '../../stores/event-store.ts';
import { compareTexts } from '../../util/equality.ts';
import { type DebtKind, defaultPolicy, type Policy } from '../../visit/index.ts';
import { mustBePolicy } from '../../visit/policy-check.ts';
import { mustBePageSize } from '../shared/option-validation.ts';
import { type BoardRow, boardProjection, parseNow } from './board.ts';
import { type ProjectionOptions, readProjection } from './projection.ts';

/**
 * Something that a visit waits for: a provider who has not arrived by the agreed time, photographs that are not sent, or an open
 * debt.
 *
 * @since 0.5.0
 */
export type BoardWait = {
  readonly for: 'arrival' | 'photos' | DebtKind;
  readonly of: 'provider' | 'contact-center' | 'client';
  readonly clause: ClauseId;
  /** Its place among what waits for the contact center; null for what others owe. @since 0.6.0 */
  readonly group: WaitGroup | null;
  /** The topic of a debt. */
  readonly about?: Id;
  /** Why it is of no use any more, of one in the group `passed`. @since 0.6.0 */
  readonly passed?: PassedPurpose;
  readonly since: Instant;
  /** The time waited so far, never less than 0. */
  readonly ageMs: number;
  /** The threshold of its measure (PROTOCOL §7); null for a debt that is not measured, and for one whose purpose has passed. */
  readonly limitMs: number | null;
  /** True if it has waited for longer than its threshold. */
  readonly overdue: boolean;
};

/** A visit of the board with what it waits for at a given time, the longest first. @since 0.5.0 */
export type WaitingVisit = BoardRow & { readonly waits: readonly BoardWait[]; readonly overdue: boolean };

/** A part of the board: those first that have waited longest. @since 0.5.0 */
export type BoardPage<Row extends BoardRow = BoardRow> = Readonly<{
  visits: readonly (Row & WaitingVisit)[];
  /** The number of visits on the whole board, and of those with something overdue. */
  total: number;
  overdue: number;
  /** The place where the next page begins (`after`); `null` after the last one. */
  next: string | null;
}>;

/** The page of a board to make. @since 0.5.0 */
export type BoardPageOfOptions = Readonly<{
  /** The time at which the ages are computed. */
  now: Instant;
  /** Its thresholds judge what is overdue; those of `defaultPolicy` by default. */
  policy?: Policy;
  /** The `next` of the page before; the beginning by default. */
  after?: string;
  /** The largest number of visits, from 1 to 10,000; 100 by default. */
  maxCount?: number;
}>;

/** The part of the board to read. @since 0.5.0 */
export type BoardPageOptions = Pick<ProjectionOptions, 'namespace'> & BoardPageOfOptions;

/**
 * Adds to a row of the board what its visit waits for at a given time.
 *
 * @throws RangeError for an invalid `now`
 * @throws TypeError for an invalid policy
 * @since 0.5.0
 */
export function waitingVisit<Row extends BoardRow>(
  row: Row,
  now: Instant,
  policy: Policy = defaultPolicy,
): Row & WaitingVisit {
  mustBe(Array.isArray(row?.debts), 'waitingVisit takes a row of the board', row);
  mustBePolicy(policy);
  return waitingAt(row, parseNow(now), policy);
}

/** As {@link waitingVisit}, for a time and a policy that were checked. */
export function waitingAt<Row extends BoardRow>(row: Row, now: number, policy: Policy): Row & WaitingVisit {
  const found = listWaits(row).map((awaited) => waitAt(awaited, now, policy));
  // A provider who still has time to arrive keeps nobody waiting.
  const waits = found.filter((wait) => wait.for !== 'arrival' || wait.ageMs > 0).sort(longestFirst);
  return { ...row, waits, overdue: waits.some(({ overdue }) => overdue) };
}

/** Makes a wait at a given time. A spread of its fields would make the pages of a large board several times as slow. */
function waitAt(awaited: Awaited, now: number, policy: Policy): BoardWait {
  const { for: what, of, clause, group, about, passed, since, from, measure } = awaited;
  const limitMs = measure === undefined || passed !== undefined ? null : readThreshold(measure, policy);
  const ageMs = Math.max(0, now - Date.parse(from));
  const overdue = limitMs !== null && ageMs > limitMs;
  const wait = { for: what, of, clause, group, since, ageMs, limitMs, overdue };
  if (about === undefined && passed === undefined) return wait;
  return { ...wait, ...(about !== undefined && { about }), ...(passed !== undefined && { passed }) };
}

/** Something that is waited for, its measure if it has one, and the time from which that counts. */
type Awaited = Pick<BoardWait, 'for' | 'of' | 'clause' | 'group' | 'since'> & {
  readonly about?: Id | undefined;
  readonly passed?: PassedPurpose | undefined;
  readonly measure: MeasureName | undefined;
  readonly from: Instant;
};

function listWaits({ phase, arriveBy, unsentSince = null, debts, reports = [] }: BoardRow): readonly Awaited[] {
  const byProvider = (what: 'arrival' | 'photos', clause: ClauseId, measure: MeasureName, since: Instant | null) =>
    since === null ? [] : [{ for: what, of: 'provider' as const, clause, group: null, since, from: since, measure }];
  const owed = debts.map(({ kind, debtor, clause, since, about, passed, group: its }): Awaited => {
    const group = debtor === 'contact-center' ? (its ?? 'owed') : null;
    const report = reports.find(({ discrepancyId }) => kind === 'settle-discrepancy' && discrepancyId === about);
    const from = report?.recordedAt ?? since;
    return { for: kind, of: debtor, clause, group, about, passed, since, from, measure: measureOfDebt[kind] };
  });
  return [
    ...byProvider('arrival', '1.1-01', 'arrival', phase === 'in-transit' ? arriveBy : null),
    ...byProvider('photos', '1.1-19', 'photo-sent', unsentSince),
    ...owed,
  ];
}

const longestFirst = (one: BoardWait, other: BoardWait) =>
  other.ageMs - one.ageMs || compareTexts(one.for, other.for) || compareTexts(one.about ?? '', other.about ?? '');

/** The place of a visit on the board: those that wait come first, the longest wait before the others. */
function formatPlace({ visitId, waits, arriveBy }: WaitingVisit, now: number): string {
  const [longest] = waits;
  if (longest === undefined) return `1 ${arriveBy ?? ''} ${visitId}`;
  return `0 ${new Date(now - longest.ageMs).toISOString()} ${visitId}`;
}

/**
 * Makes one page of the board at a given time: the visits that wait come first, the longest wait before the others; then the rest, by
 * the time by which the provider is to arrive.
 *
 * @throws TypeError for rows that are no list, an option that is not known, or an invalid policy
 * @throws RangeError for an invalid `now`, or when `maxCount` is out of its range
 * @since 0.5.0
 */
export function boardPageOf<Row extends BoardRow>(rows: readonly Row[], options: BoardPageOfOptions): BoardPage<Row> {
  mustBe(Array.isArray(rows), 'boardPageOf takes a list of rows', rows);
  mustKnowKeys('boardPageOf', options, pageOptions);
  const { now, policy = defaultPolicy, after = '', maxCount = 100 } = options;
  mustBePageSize(maxCount, 10_000);
  mustBePolicy(policy);
  const at = parseNow(now);
  const placed = rows.map((row) => {
    const visit = waitingAt(row, at, policy);
    return { visit, place: formatPlace(visit, at) };
  });
  placed.sort((one, other) => compareTexts(one.place, other.place));
  const rest = placed.filter(({ place }) => place > after);
  const page = rest.slice(0, maxCount);
  return {
    visits: page.map(({ visit }) => visit),
    total: rows.length,
    overdue: placed.filter(({ visit }) => visit.overdue).length,
    next: rest.length > maxCount ? (page.at(-1)?.place ?? null) : null,
  };
}

const pageOptions: Readonly<Record<keyof BoardPageOfOptions, 0>> = { now: 0, policy: 0, after: 0, maxCount: 0 };

/**
 * Reads the rows of the board and makes one page of them, as {@link boardPageOf} does.
 *
 * @throws TypeError for an option that is not known, or an invalid policy
 * @throws RangeError for an invalid `now`, or when `maxCount` is out of its range
 * @since 0.5.0
 */
export async function readBoardPage(
  store: Pick<ConsumerState, 'readRows'>,
  options: BoardPageOptions,
): Promise<BoardPage> {
  mustKnowKeys('readBoardPage', options, { namespace: 0, ...pageOptions });
  const { namespace, ...page } = options;
  boardPageOf([], page);
  return boardPageOf(await readProjection(store, boardProjection, namespace === undefined ? {} : { namespace }), page);
}
