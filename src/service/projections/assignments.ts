import { mustBe, mustKnowKeys } from '../../kernel/known.ts';
import type { Id } from '../../messages/index.ts';
import { epochOf, sortableNumber } from '../../stores/cursor.ts';
import type { CheckpointUpdate, ConsumerState, RowChange } from '../../stores/event-store.ts';
import type { VisitState } from '../../visit/index.ts';
import { mustBePageSize } from '../shared/option-validation.ts';
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
import { providerView } from './provider-view.ts';

const ASSIGNMENTS = 'auxilio-assignments-1';

/**
 * A visit that is or was assigned to a provider, and the number of its events that they may see: for a former provider those of
 * their view, and the later ones about their own acts.
 *
 * @since 0.5.0
 */
export type AssignedVisit = Readonly<{ visitId: Id; version: number }>;

/** A page of the visits of a provider, in the order of their last change. @since 0.5.0 */
export type AssignmentPage = Readonly<{
  visits: readonly AssignedVisit[];
  /** The place after the last of them (`after`), and the history in which it was read; of an empty page the one that was given. */
  cursor: string;
  /** True if there are more. */
  more: boolean;
}>;

/** The visits of a provider to read. @since 0.5.0 */
export type AssignmentPageOptions = Pick<ProjectionOptions, 'namespace'> &
  Readonly<{
    /**
     * The `cursor` of a page that was read before; the beginning by default. One that was read in another history, as before a backup
     * was restored, lists all from the beginning.
     */
    after?: string;
    /** The largest number of visits, from 1 to 1,000; 100 by default. */
    maxCount?: number;
  }>;

/** The number of events of a visit that a provider may see. */
type Seen = Readonly<{ providerId: Id; version: number }>;

/** The same with the place of its last change. */
type Placed = Seen & Readonly<{ place: string }>;

/** The row of a visit: its providers. */
type VisitRow<Provider extends Seen = Placed> = Readonly<{ visitId: Id; providers: readonly Provider[] }>;

// No id begins with a space: the rows of the visits stand before the lists of the providers.
const visitKey = (streamName: string) => ` ${streamName}`;
/** The key of the row that names the history in which the places were given. It stands before all others. */
const HISTORY_KEY = ' ';
type HistoryRow = Readonly<{ epoch: string }>;
const listKey = (providerId: Id, place: string, streamName: string) => `${providerId} ${place} ${streamName}`;

type AssignmentStore<Transaction> = SubscribableStore<Transaction> & Pick<ConsumerState, 'readRow'>;

/**
 * Creates the options of {@link subscribe} and {@link catchUp} that list the visits of each provider in the order of their change:
 * `subscribe({ ...assignmentsProjector(store), signal })`. A visit is listed for the provider now assigned whenever it changes; for
 * a former one when they are replaced, and when something becomes of their own acts.
 *
 * @throws TypeError for a store that lacks a method, or an unknown option
 * @since 0.5.0
 */
export function assignmentsProjector<Transaction = never>(
  store: AssignmentStore<Transaction>,
  options: ProjectionOptions = {},
): RowsSubscription<Transaction> {
  checkStore('assignmentsProjector', store, 'readRow');
  mustKnowKeys('assignmentsProjector', options, projectionOptions);
  const { name } = qualifyNames({ name: ASSIGNMENTS }, options.namespace);
  return rowsOfVisits(
    replaceRows(store, (update) => placeRows(store, name, update)),
    name,
    options,
    (visit) => ({
      projection: name,
      key: visitKey(visit.streamName),
      body: visitRow(visit),
    }),
  );
}

function visitRow({ state, events }: ProjectedVisit): VisitRow<Seen> | null {
  const { visitId } = state;
  if (visitId === null) return null;
  const providers = listProviders(state).flatMap((providerId): Seen[] => {
    const view = providerView(events, providerId);
    return view === null ? [] : [{ providerId, version: view.events.length + (view.own?.length ?? 0) }];
  });
  return { visitId, providers };
}

const listProviders = ({ provider, formerProviders }: VisitState): readonly Id[] => [
  ...new Set([...(provider === null ? [] : [provider.id]), ...formerProviders]),
];

/**
 * Gives the rows their places as they are committed. A place is the revision of the checkpoint, which grows with each commit, so
 * that nothing is ever listed before a place that was read.
 */
async function placeRows(
  store: Pick<ConsumerState, 'readRow'>,
  projection: string,
  { expected, cursor, rows = [] }: Pick<CheckpointUpdate, 'expected' | 'cursor' | 'rows'>,
): Promise<RowChange[]> {
  const place = sortableNumber(BigInt(expected) + 1n);
  const placed: RowChange[] = [];
  // Of several rows of a visit the last one stands.
  for (const { key, body } of new Map(rows.map((row) => [row.key, row])).values()) {
    const streamName = key.slice(1);
    const before = ((await store.readRow(projection, key))?.body as VisitRow | undefined)?.providers ?? [];
    const { visitId = '', providers = [] } = (body ?? {}) as Partial<VisitRow>;
    const after = providers.map((seen) => ({ ...seen, place: findPlace(seen, before) ?? place }));
    for (const { providerId, place: old } of before) {
      if (after.some((seen) => seen.providerId === providerId && seen.place === old)) continue;
      placed.push({ projection, key: listKey(providerId, old, streamName), body: null });
    }
    for (const { providerId, version, place: at } of after) {
      placed.push({ projection, key: listKey(providerId, at, streamName), body: { visitId, version } });
    }
    placed.push({ projection, key, body: body === null ? null : { visitId, providers: after } });
  }
  const epoch = epochOf(cursor ?? null);
  if (epoch === undefined || placed.every(({ body }) => body === null)) return placed;
  const named = (await store.readRow(projection, HISTORY_KEY))?.body as HistoryRow | undefined;
  if (named?.epoch !== epoch) placed.push({ projection, key: HISTORY_KEY, body: { epoch } });
  return placed;
}

/** The place that a visit keeps in the list of a provider, for whom nothing has changed. */
function findPlace({ providerId, version }: Seen, before: readonly Placed[]): string | undefined {
  const same = before.find((seen) => seen.providerId === providerId);
  return same?.version === version ? same.place : undefined;
}

const CURSOR = /^(?:([0-9a-f]+)~)?(\d{19} [^\p{Cc}]+)$/u;

/** The history of the places in a list; empty where none is named. */
async function readHistory(store: Pick<ConsumerState, 'readRows'>, name: string): Promise<string> {
  const [first] = await store.readRows(name, { maxCount: 1 });
  return first?.key === HISTORY_KEY ? (first.body as HistoryRow).epoch : '';
}

/**
 * Reads one page of the visits that are or were assigned to a provider and changed after a place. A visit that has changed several
 * times since comes once.
 *
 * @throws TypeError for an option that is not known
 * @throws RangeError when `after` is no cursor, or `maxCount` out of its range
 * @since 0.5.0
 */
export async function readAssignments(
  store: Pick<ConsumerState, 'readRows'>,
  providerId: Id,
  options: AssignmentPageOptions = {},
): Promise<AssignmentPage> {
  checkStore('readAssignments', store, 'readRows');
  mustBe(typeof providerId === 'string', 'readAssignments takes the id of a provider', providerId);
  mustKnowKeys('readAssignments', options, { namespace: 0, after: 0, maxCount: 0 });
  const { after = '', maxCount = 100, namespace } = options;
  const [, readIn, place = ''] = CURSOR.exec(after) ?? [];
  if (after !== '' && place === '') throw new RangeError('after is the cursor of a page that was read before');
  mustBePageSize(maxCount, 1000);
  const { name } = qualifyNames({ name: ASSIGNMENTS }, namespace);
  const prefix = `${providerId} `;
  // Read before the rows: a page of a later history may bear the name of an earlier one, and then its cursor lists all again.
  const epoch = await readHistory(store, name);
  const isOther = readIn !== undefined && readIn !== epoch;
  const found = await store.readRows(name, { after: prefix + (isOther ? '' : place), maxCount: maxCount + 1 });
  const rows = found.filter(({ key }) => key.startsWith(prefix));
  const page = rows.slice(0, maxCount);
  const last = page.at(-1)?.key.slice(prefix.length);
  const given = isOther ? '' : after;
  const cursor = last === undefined ? given : epoch === '' ? last : `${epoch}~${last}`;
  return { visits: page.map(({ body }) => body as AssignedVisit), cursor, more: rows.length > maxCount };
}
