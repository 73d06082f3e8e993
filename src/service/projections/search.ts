import { mustBe, mustKnowKeys } from '../../kernel/known.ts';
import type { Id, Instant, NonEmptyText, Provider } from '../../messages/index.ts';
import type { CheckpointUpdate, ConsumerState, RowChange } from '../../stores/event-store.ts';
import { compareTexts } from '../../util/equality.ts';
import type { Phase } from '../../visit/index.ts';
import { mustBePageSize } from '../shared/option-validation.ts';
import type { CatchUpResult } from '../subscription/subscription.ts';
import type { SubscribableStore } from '../subscription/subscription-options.ts';
import {
  checkStore,
  type ProjectedVisit,
  type ProjectionOptions,
  projectionOptions,
  qualifyNames,
  type RowsSubscription,
  replaceRows,
  rowsOfVisits,
} from './projection.ts';
import { type RebuildOptions, type RebuiltStore, rebuildOptions, rebuildRows } from './rebuild.ts';

const SEARCH = 'auxilio-search-1';

/** A visit that was found. @since 0.5.0 */
export type FoundVisit = {
  readonly visitId: Id;
  readonly caseNumber: NonEmptyText | null;
  readonly phase: Phase;
  readonly provider: Provider | null;
  /** The name of the client; null if names of clients are not kept. */
  readonly client: NonEmptyText | null;
  readonly service: NonEmptyText | null;
  /** The time of the last act of its log. */
  readonly lastActAt: Instant | null;
};

/** Options of {@link searchProjector}. @since 0.5.0 */
export type SearchOptions = ProjectionOptions &
  Readonly<{
    /**
     * Keeps the names of clients in the rows, so that visits are found by them; true by default. With a codec that encrypts them,
     * false, or they stand in the rows in clear text, and stay there after an erasure until {@link rebuildSearch}.
     */
    clientNames?: boolean;
  }>;

/** The visits that were found. @since 0.5.0 */
export type SearchResult = Readonly<{
  /** The one with the latest act first. */
  visits: readonly FoundVisit[];
  /** True if there may be more: type on. */
  more: boolean;
}>;

/** The row of a visit: what is shown of it, and the terms by which it is found. */
type VisitRow = Readonly<{ found: FoundVisit; terms: readonly string[] }>;

type SearchedStore = SubscribableStore & Pick<ConsumerState, 'readRow'>;

// No term is empty: the rows of the visits stand before those of the terms.
const visitKey = (streamName: string) => ` ${streamName}`;
const termKey = (term: string, streamName: string) => `${term} ${streamName}`;

/**
 * Creates the options of {@link subscribe} and {@link catchUp} that keep what {@link searchVisits} reads:
 * `subscribe({ ...searchProjector(store), signal })`. A visit is found by its case number, by the names and ids of all who were
 * assigned to it, and by the client's name.
 *
 * @throws TypeError for a store that lacks a method, or an unknown option
 * @since 0.5.0
 */
export function searchProjector(store: SearchedStore, options: SearchOptions = {}): RowsSubscription {
  checkStore('searchProjector', store, 'readRow');
  mustKnowKeys('searchProjector', options, { ...projectionOptions, clientNames: 0 });
  const { clientNames = true, namespace } = options;
  const { name } = qualifyNames({ name: SEARCH }, namespace);
  const built = new Map<string, Set<string>>();
  return rowsOfVisits(
    replaceRows(store, ({ rows = [] }) => termRows(store, name, rows, built)),
    name,
    options,
    (visit) => ({
      projection: name,
      key: visitKey(visit.streamName),
      body: visitRow(visit, clientNames),
    }),
  );
}

function visitRow({ state, events }: ProjectedVisit, clientNames: boolean): VisitRow | null {
  const { visitId, caseNumber, phase, provider, service } = state;
  if (visitId === null) return null;
  const client = clientNames ? (state.client?.name ?? null) : null;
  const lastActAt = events.at(-1)?.data.at ?? null;
  const assigned = events.flatMap(({ type, data }) =>
    type === 'VisitAssigned' || type === 'ProviderReassigned' ? [data.provider.name, data.provider.id] : [],
  );
  const found = { visitId, caseNumber, phase, provider, client, service, lastActAt };
  return { found, terms: searchTerms([caseNumber ?? '', client ?? '', ...assigned, visitId]) };
}

/** Adds to the rows of visits those of their terms, and removes those of the terms that they no longer have. */
async function termRows(
  store: Pick<ConsumerState, 'readRow'>,
  projection: string,
  rows: NonNullable<CheckpointUpdate['rows']>,
  built: Map<string, Set<string>>,
): Promise<RowChange[]> {
  const changes: RowChange[] = [];
  // Of several rows of a visit the last one stands.
  for (const row of new Map(rows.map((each) => [each.key, each])).values()) {
    const streamName = row.key.slice(1);
    const before = new Set(readTerms(await store.readRow(projection, row.key)));
    const after = new Set(readTerms(row));
    // The rows of a generation that is built cannot be read: what was written to it is remembered.
    if (row.generation !== undefined) {
      for (const term of built.get(streamName) ?? []) before.add(term);
      built.set(streamName, new Set([...before, ...after]));
    }
    const termRow = (term: string, body: object | null) => ({ ...row, key: termKey(term, streamName), body });
    for (const term of before) if (!after.has(term)) changes.push(termRow(term, null));
    for (const term of after) changes.push(termRow(term, {}));
    changes.push(row);
  }
  return changes;
}

const readTerms = (row: Pick<RowChange, 'body'> | null): readonly string[] =>
  (row?.body as VisitRow | null | undefined)?.terms ?? [];

/** The visits to search for. @since 0.5.0 */
export type SearchVisitsOptions = Pick<ProjectionOptions, 'namespace'> &
  Readonly<{
    /** The largest number of visits, from 1 to 100; 20 by default. */
    maxCount?: number;
  }>;

/** The most rows that are looked through for one visit that is answered. */
const ROWS_PER_VISIT = 20;

/**
 * Finds visits by the beginnings of words: of the case number and its parts, of names of client and providers, of ids. Accents and
 * case do not matter; each word of the text must be found. An empty text finds nothing.
 *
 * @throws TypeError for an invalid text, or an option that is not known
 * @throws RangeError when `maxCount` is out of its range
 * @since 0.5.0
 */
export async function searchVisits(
  store: Pick<ConsumerState, 'readRow' | 'readRows'>,
  text: string,
  options: SearchVisitsOptions = {},
): Promise<SearchResult> {
  checkStore('searchVisits', store, 'readRows');
  mustBe(typeof text === 'string', 'searchVisits takes a text', text);
  mustKnowKeys('searchVisits', options, { namespace: 0, maxCount: 0 });
  const { maxCount = 20, namespace } = options;
  mustBePageSize(maxCount, 100);
  const { name } = qualifyNames({ name: SEARCH }, namespace);
  const terms = queryTerms(text.slice(0, 1000));
  const [longest] = terms;
  if (longest === undefined) return { visits: [], more: false };
  const most = maxCount * ROWS_PER_VISIT;
  const rows = await store.readRows(name, { after: longest, maxCount: most });
  const within = rows.filter(({ key }) => key.startsWith(longest));
  const found: FoundVisit[] = [];
  for (const streamName of new Set(within.map(({ key }) => key.slice(key.indexOf(' ') + 1)))) {
    // A row of a term may remain after a rebuild: the row of the visit decides.
    const row = (await store.readRow(name, visitKey(streamName)))?.body as VisitRow | undefined;
    if (row !== undefined && hasAll(row, terms)) found.push(row.found);
  }
  found.sort(latestFirst);
  return { visits: found.slice(0, maxCount), more: found.length > maxCount || within.length === most };
}

const hasAll = (row: VisitRow, beginnings: readonly string[]) =>
  beginnings.every((beginning) => row.terms.some((term) => term.startsWith(beginning)));

const latestFirst = (one: FoundVisit, other: FoundVisit) =>
  compareTexts(other.lastActAt ?? '', one.lastActAt ?? '') || compareTexts(one.visitId, other.visitId);

/**
 * Rebuilds the rows of {@link searchProjector} from the first event on, as {@link rebuild} does those of a projection.
 *
 * @throws TypeError for an unknown option
 * @throws RebuildFailedError when a visit cannot be handled
 * @since 0.5.0
 */
export function rebuildSearch(
  store: RebuiltStore,
  options: RebuildOptions & Pick<SearchOptions, 'clientNames'> = {},
): Promise<CatchUpResult> {
  checkStore('rebuildSearch', store, 'startGeneration');
  mustKnowKeys('rebuildSearch', options, { ...rebuildOptions, clientNames: 0 });
  const { batchSize: _, signal: __, ...kept } = options;
  return rebuildRows(store, searchProjector(store, kept), visitKey, options);
}

/** The most terms of one visit, of a query, and the most characters of one. */
const MAX_TERMS = 64;
const MAX_WORDS = 8;
const MAX_LENGTH = 64;

/**
 * The terms by which a text is found: lower case, without accents, letters and digits alone. A word of several parts, such as a case
 * number, is found from each of its parts on: `EXP-2026-004512` by `exp2026004512`, `2026004512`, `004512` and `4512`.
 */
export function searchTerms(texts: readonly string[]): readonly string[] {
  const terms = texts.flatMap(splitWords).flatMap((parts) =>
    parts.flatMap((_, index) => {
      const term = parts.slice(index).join('');
      return [term, term.replace(/^0+(?=.)/, '')].map(shortened);
    }),
  );
  return [...new Set(terms)].slice(0, MAX_TERMS);
}

/** The terms of what a person types, the longest first: each is the beginning of a term of the visit. */
export function queryTerms(text: string): readonly string[] {
  const words = splitWords(text).map((parts) => shortened(parts.join('')));
  return [...new Set(words)].slice(0, MAX_WORDS).sort((one, other) => other.length - one.length);
}

/** The words of a text, each as its parts of letters and digits. */
const splitWords = (text: string): string[][] =>
  folded(text)
    .split(/\s/)
    .map((word) => word.split(/[^\p{L}\p{N}]/u).filter((part) => part !== ''))
    .filter((parts) => parts.length > 0);

/** Folds case and accents: `Ñ` is found by `n`. */
const folded = (text: string) =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '');

// By characters, not by halves of them.
const shortened = (term: string) => [...term].slice(0, MAX_LENGTH).join('');
