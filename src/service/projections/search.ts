import { mustBe, mustKnowKeys } from '../../kernel/known.ts';
import type { ConsumerState } from '../../stores/event-store.ts';
import { compareTexts } from '../../util/equality.ts';
import { mustBePageSize } from '../shared/option-validation.ts';
import type { PrivacyOfSearch } from '../shared/privacy.ts';
import type { CatchUpResult } from '../subscription/subscription.ts';
import type { SubscribableStore } from '../subscription/subscription-options.ts';
import {
  checkStore,
  type ProjectedVisit,
  type ProjectionOptions,
  projectionOptions,
  type RowsSubscription,
  replaceRows,
  rowsOfVisits,
} from './projection.ts';
import { type RebuildOptions, type RebuiltStore, rebuildOptions, rebuildRows } from './rebuild.ts';
import { type FoundVisit, nameSearch, termRows, type VisitRow, visitKey } from './search-rows.ts';
import { queryTerms, searchTerms } from './search-terms.ts';

/** The privacy of a search. */
type KeyedSearch = Readonly<{
  /**
   * The `privacy` of the service: visits are then found by whole words, and by the whole case number or its last four digits. Rows have
   * keyed hashes of these, and tokens. Give `copies` of `createPrivacy` a `searchCopy`. @since 0.12.0
   */
  privacy?: PrivacyOfSearch;
}>;

/** Options of {@link searchProjector}. @since 0.5.0 */
export type SearchOptions = ProjectionOptions &
  KeyedSearch &
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

type SearchedStore = SubscribableStore & Pick<ConsumerState, 'readRow'>;

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
  mustKnowKeys('searchProjector', options, { ...projectionOptions, clientNames: 0, privacy: 0 });
  const { clientNames = true, privacy, namespace } = options;
  const name = nameSearch(privacy !== undefined, namespace);
  const built = new Map<string, Set<string>>();
  return rowsOfVisits(
    replaceRows(store, async ({ rows = [] }) =>
      termRows(store, name, privacy === undefined ? rows : await privacy.search.keyRows(rows), built),
    ),
    name,
    options,
    (visit) => ({
      projection: name,
      key: visitKey(visit.streamName),
      body: visitRow(visit, clientNames, privacy !== undefined),
    }),
  );
}

function visitRow(visit: ProjectedVisit, clientNames: boolean, isKeyed: boolean): VisitRow | null {
  const { visitId, caseNumber, phase, provider, service } = visit.state;
  if (visitId === null) return null;
  const client = clientNames ? (visit.state.client?.name ?? null) : null;
  const lastActAt = visit.events.at(-1)?.data.at ?? null;
  const found = { visitId, caseNumber, phase, provider, client, service, lastActAt };
  const assigned = visit.events.flatMap(({ type, data }) =>
    type === 'VisitAssigned' || type === 'ProviderReassigned' ? [data.provider] : [],
  );
  if (isKeyed) return { found, terms: [], assigned };
  const names = assigned.flatMap(({ name, id }) => [name, id]);
  return { found, terms: searchTerms([caseNumber ?? '', client ?? '', ...names, visitId]) };
}

/** The visits to search for. @since 0.5.0 */
export type SearchVisitsOptions = Pick<ProjectionOptions, 'namespace'> &
  KeyedSearch &
  Readonly<{
    /** The largest number of visits, from 1 to 100; 20 by default. */
    maxCount?: number;
  }>;

/** The most rows that are looked through for one visit that is answered. */
const ROWS_PER_VISIT = 20;

/**
 * Finds visits by the beginnings of words: of the case number and its parts, of names of client and providers, of ids. Accents and
 * case do not matter; each word of the text must be found. An empty text finds nothing. With `privacy` words are found whole, and what is
 * answered is opened: a name of an erased client is a token, and does not find the visit.
 *
 * @throws TypeError for an invalid text, or an option that is not known
 * @throws RangeError when `maxCount` is out of its range
 * @throws KeysUnavailableError when the keys of `privacy` cannot be read
 * @since 0.5.0
 */
export async function searchVisits(
  store: Pick<ConsumerState, 'readRow' | 'readRows'>,
  text: string,
  options: SearchVisitsOptions = {},
): Promise<SearchResult> {
  checkStore('searchVisits', store, 'readRows');
  mustBe(typeof text === 'string', 'searchVisits takes a text', text);
  mustKnowKeys('searchVisits', options, { namespace: 0, maxCount: 0, privacy: 0 });
  const { maxCount = 20, namespace, privacy } = options;
  mustBePageSize(maxCount, 100);
  const name = nameSearch(privacy !== undefined, namespace);
  const words = queryTerms(text.slice(0, 1000));
  if (words.length === 0) return { visits: [], more: false };
  const terms = privacy === undefined ? words : await privacy.search.hashWords(words);
  const [longest = ''] = terms;
  const most = maxCount * ROWS_PER_VISIT;
  const rows = await store.readRows(name, { after: longest, maxCount: most });
  const within = rows.filter(({ key }) => key.startsWith(longest));
  const found: VisitRow[] = [];
  for (const streamName of new Set(within.map(({ key }) => key.slice(key.indexOf(' ') + 1)))) {
    // A row of a term may remain after a rebuild: the row of the visit decides.
    const row = (await store.readRow(name, visitKey(streamName)))?.body as VisitRow | undefined;
    if (row !== undefined && hasAll(row, terms)) found.push(row);
  }
  const first = found.sort(latestFirst).slice(0, maxCount);
  const shown = privacy === undefined ? first : await privacy.search.openVisits(first);
  return {
    visits: shown.filter((row) => hasAll(row, terms)).map((row) => row.found),
    more: found.length > maxCount || within.length === most,
  };
}

const hasAll = (row: VisitRow, beginnings: readonly string[]) =>
  beginnings.every((beginning) => row.terms.some((term) => term.startsWith(beginning)));

const latestFirst = ({ found: one }: VisitRow, { found: other }: VisitRow) =>
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
  options: RebuildOptions & Pick<SearchOptions, 'clientNames' | 'privacy'> = {},
): Promise<CatchUpResult> {
  checkStore('rebuildSearch', store, 'startGeneration');
  mustKnowKeys('rebuildSearch', options, { ...rebuildOptions, clientNames: 0, privacy: 0 });
  const { batchSize: _, signal: __, ...kept } = options;
  return rebuildRows(store, searchProjector(store, kept), visitKey, options);
}
