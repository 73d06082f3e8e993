import { mustKnowKeys } from '../kernel/known.ts';
import type { Actor, Id, Instant } from '../messages/index.ts';
import { disposal, type Retention } from '../reading/disposal.ts';
import { foldRead, readVisit, type VisitStream } from '../service/shared/stream.ts';
import type { EventStreams } from '../stores/event-store.ts';
import { isInstant } from '../util/instant.ts';
import { asRecord, parseJson } from '../util/json.ts';
import { currentInstant } from '../util/runtime.ts';
import type { VisitState } from '../visit/index.ts';
import { hasEnded } from '../visit/state.ts';
import type { DataSubject, Erasure } from './erasures.ts';
import { type PrivacyRefusal, PrivacyRefusedError } from './errors.ts';
import type { Privacy } from './privacy.ts';
import { parseGroup, sealedGroups } from './sealed-texts.ts';

/** A retention table of the host: its series, each with a term. @since 0.11.0 */
export type RetentionTable = readonly Retention[];

/** A fault of a retention table: its path (RFC 6901), and what it must be. @since 0.11.0 */
export type RetentionIssue = Readonly<{ path: string; expected: string }>;

/** A retention table that was parsed, or what is wrong with it. @since 0.11.0 */
export type ParsedRetentionTable =
  | Readonly<{ ok: true; table: RetentionTable }>
  | Readonly<{ ok: false; issues: readonly RetentionIssue[] }>;

/** The most series of a table. */
const MOST_SERIES = 1000;

/**
 * Parses the retention table of a host, JSON as a text or a value: a list of series with `authority`, `series`, `support` (`paper` or
 * `electronic`), `trigger` (`end`, or a time as `{ "at": … }`) and the term in whole `years`. A series that is named twice is refused.
 * The table of INS Servicios (CISED) is not part of the library: the host brings it (RET-01 to RET-04).
 *
 * @since 0.11.0
 */
export function parseRetentionTable(given: unknown): ParsedRetentionTable {
  const value = typeof given === 'string' ? parseJson(given) : given;
  if (!Array.isArray(value) || value.length === 0 || value.length > MOST_SERIES) {
    return { ok: false, issues: [{ path: '', expected: `a list of 1 to ${MOST_SERIES} series` }] };
  }
  const names = value.map((one) => asRecord(one).series);
  const issues = value.flatMap((one, index) => {
    const own = checkSeries(one).map(({ path, expected }) => ({ path: `/${index}${path}`, expected }));
    const isNew = names.indexOf(names[index] as string) === index;
    return isNew ? own : [...own, { path: `/${index}/series`, expected: 'a series that is not named before' }];
  });
  if (issues.length > 0) return { ok: false, issues };
  return { ok: true, table: value.map(copySeries) };
}

const isText = (value: unknown) => typeof value === 'string' && value.trim() !== '' && value.length <= 200;

function checkSeries(given: unknown): RetentionIssue[] {
  const { authority, series, support, trigger, years, ...others } = asRecord(given);
  const checks: readonly (readonly [boolean, string, string])[] = [
    [isText(authority), '/authority', 'a text of at most 200 characters'],
    [isText(series), '/series', 'a text of at most 200 characters'],
    [support === 'paper' || support === 'electronic', '/support', 'paper or electronic'],
    [trigger === 'end' || isInstant(asRecord(trigger).at), '/trigger', 'end, or { at } with a time in UTC'],
    [Number.isInteger(years) && Number(years) > 0 && Number(years) <= 1000, '/years', 'a whole number from 1 to 1000'],
    [Object.keys(others).length === 0, '', 'authority, series, support, trigger and years alone'],
  ];
  return checks.filter(([holds]) => !holds).map(([, path, expected]) => ({ path, expected }));
}

const copySeries = ({ authority, series, support, trigger, years }: Retention): Retention => ({
  authority,
  series,
  support,
  trigger: trigger === 'end' ? trigger : { at: trigger.at },
  years,
});

/** Options of {@link dueForDisposal} and {@link dispose}. @since 0.11.0 */
export type RetentionOptions = Readonly<{
  /** The keys that are erased, and the visits that are held. */
  privacy: Privacy;
  /** The store of the visits. */
  store: Pick<EventStreams, 'readStream'>;
  /** The retention table of the host. */
  table: RetentionTable;
  /** The series of the documents of a visit; the first of the table by default. */
  seriesOf?: (visitId: Id) => string;
  /** The name of a visit's stream; `visit-` and the id by default. */
  streamName?: (visitId: Id) => string;
  /** The time at which a term has ended; the clock of the machine by default. */
  now?: () => Instant;
}>;

/** A visit whose term has a date: when it is due, or why it stays. @since 0.11.0 */
export type DueVisit = Readonly<{
  visitId: Id;
  series: string;
  /** The end of its term; `unknown` before its start, or without a series. */
  date: Instant | 'unknown';
  /** The reason for which it is not disposed of now; null if it is due. */
  refusal: PrivacyRefusal | null;
}>;

/** The record of a disposal, as Ley 7202 asks for it: signed by the host, kept with the log. @since 0.11.0 */
export type DisposalRecord = DueVisit &
  Readonly<{
    authority: string;
    support: Retention['support'];
    years: number;
    /** The start of the term. @since 0.12.0 */
    trigger: Retention['trigger'];
    /** The time from which the term ran, as corrected, and the event that ended the visit; null for a time of the table. @since 0.13.0 */
    start?: Readonly<{ at: Instant; event: 'Completed' | 'VisitClosed' | null }>;
    disposedAt: Instant;
    /** The person who asked for it. @since 0.13.0 */
    askedBy?: Actor;
    /** The person who executed it. */
    by: Actor;
    /** The events of the log, which stays, and the hash of the last of them. */
    events: number;
    lastHash: string | null;
    erasure: Erasure;
  }>;

const optionNames: Readonly<Record<keyof RetentionOptions, 0>> = {
  privacy: 0,
  store: 0,
  table: 0,
  seriesOf: 0,
  streamName: 0,
  now: 0,
};

type Start = DisposalRecord['start'];
type Examined = DueVisit & Readonly<{ retention: Retention | undefined; stream: VisitStream; start: Start }>;

async function examine(options: RetentionOptions, visitId: Id, held: ReadonlySet<Id>): Promise<Examined> {
  const { store, table, seriesOf, streamName = (id) => `visit-${id}`, now = currentInstant } = options;
  const series = seriesOf?.(visitId) ?? table[0]?.series ?? '';
  const retention = table.find((one) => one.series === series);
  const stream = await readVisit(store, streamName(visitId));
  const state = foldRead(stream);
  const { date, allowed } = disposal(state, retention, now());
  const refusal = held.has(visitId) ? 'held' : findRefusal(state, retention, allowed);
  return { visitId, series, date, refusal, retention, stream, start: retention && findStart(state, retention) };
}

function findStart({ closing: { completedAt, closedAt } }: VisitState, { trigger }: Retention): Start {
  if (trigger !== 'end') return { at: trigger.at, event: null };
  if (completedAt !== null) return { at: completedAt, event: 'Completed' };
  return closedAt === null ? undefined : { at: closedAt, event: 'VisitClosed' };
}

function findRefusal(state: VisitState, retention: Retention | undefined, allowed: boolean): PrivacyRefusal | null {
  if (retention === undefined) return 'no-table';
  if (!hasEnded(state)) return 'not-ended';
  if (state.debts.some(({ kind }) => kind === 'settle-discrepancy')) return 'discrepancy-open';
  if (state.debts.length > 0) return 'debts-open';
  return allowed ? null : 'before-term';
}

const heldVisits = async ({ privacy }: RetentionOptions) =>
  new Set((await privacy.listHolds()).map(({ visitId }) => visitId));

/** Says of each visit when its documents are due for disposal, or why they stay. @since 0.11.0 */
export async function* dueForDisposal(
  options: RetentionOptions,
  visitIds: Iterable<Id> | AsyncIterable<Id>,
): AsyncGenerator<DueVisit> {
  mustKnowKeys('dueForDisposal', options, optionNames);
  const held = await heldVisits(options);
  for await (const visitId of visitIds) {
    const { series, date, refusal } = await examine(options, visitId, held);
    yield { visitId, series, date, refusal };
  }
}

/**
 * Disposes of the personal texts of a visit: erases the keys of all its subjects, and asks the copies to forget (bodies of photographs
 * among them). The events stay, and so do their seals and verdicts. `by` executes it; `askedBy` (0.13.0) is who asked, where that is
 * someone else.
 *
 * @throws PrivacyRefusedError when there is no series for it, before the end of its term, with an open debt or discrepancy, or when it
 *   is held (RET-01 to RET-04)
 * @since 0.11.0
 */
export async function dispose(
  options: RetentionOptions,
  visitId: Id,
  by: Actor,
  askedBy?: Actor,
): Promise<DisposalRecord> {
  mustKnowKeys('dispose', options, optionNames);
  const { retention, stream, start, ...due } = await examine(options, visitId, await heldVisits(options));
  if (due.refusal !== null || retention === undefined)
    throw new PrivacyRefusedError(due.refusal ?? 'no-table', visitId);
  const { authority, support, years, trigger, series } = retention;
  const subjects = subjectsOf(stream, visitId);
  const reason = `${authority}: ${series}`;
  const erasure = await options.privacy.erase({ subjects, by, reason });
  const disposedAt = (options.now ?? currentInstant)();
  const lastHash = stream.lastHash ?? null;
  const term = { ...due, authority, support, years, trigger, ...(start && { start }) };
  const done = { disposedAt, ...(askedBy && { askedBy }), by, events: stream.stored.length };
  return { ...term, ...done, lastHash, erasure };
}

/** The subjects of whom a visit has texts; the client in any case. */
function subjectsOf({ stored }: VisitStream, visitId: Id): DataSubject[] {
  const names = stored.flatMap((event) => sealedGroups(event)).flatMap((name) => parseGroup(name));
  return [...new Set(['client', ...names.map(({ subject }) => subject)])].map((subject) => ({ visitId, subject }));
}
