import { mustBe, mustKnowKeys } from '../../kernel/known.ts';
import type { VisitEvent } from '../../messages/index.ts';
import type { Integrity } from '../../reading/integrity.ts';
import type { CheckpointUpdate, ConsumerState, RowChange } from '../../stores/event-store.ts';
import type { VisitState } from '../../visit/index.ts';
import type { Codec } from '../shared/codec.ts';
import { foldLog, readVisit } from '../shared/stream.ts';
import { compareWithRow, integrityInSlices } from '../shared/verification.ts';
import type { SubscribableStore, SubscriptionOptions } from '../subscription/subscription-options.ts';

/** A visit as a projection sees it: its events as they were handled, and the state after them. @since 0.4.0 */
export type ProjectedVisit = Readonly<{
  streamName: string;
  state: VisitState;
  events: readonly VisitEvent[];
  /**
   * The integrity of its stream as it is stored; the seals are verified each time that a row is made. If the row before has an
   * `integrity`, and seals that were verified then are gone, it is broken: `unsealed`. @since 0.5.0
   */
  integrity: Integrity;
}>;

/**
 * A read model with one row for each visit: a pure function of the visit. So a row is the same, written once or twice, by a
 * subscription or by a rebuild.
 *
 * @since 0.4.0
 */
export type VisitProjection<Body extends object = object> = Readonly<{
  /** The name of its rows, and of the consumer that keeps them. Give rows of another shape another name. */
  name: string;
  /** The row of a visit, plain JSON, stored under its stream's name; null for none. */
  row: (visit: ProjectedVisit) => Body | null;
  /**
   * The name of rows with which the application settles a visit for good, under the same key, as {@link markPaid} does. A visit
   * with such a row has no row here. @since 0.5.0
   */
  settledBy?: string;
}>;

type SettlementStore = Partial<Pick<ConsumerState, 'readRow'>>;

/** Makes the change of a visit's row; a settled visit gets none. If the old row had verified seals that are gone, the log is broken. */
export async function rowChange(
  store: SettlementStore,
  { name, row, settledBy }: VisitProjection,
  visit: ProjectedVisit,
): Promise<RowChange> {
  const { streamName } = visit;
  const isWhole = visit.integrity.status === 'verified' && visit.integrity.from === 0;
  const before = isWhole ? null : await store.readRow?.(name, streamName);
  const integrity = compareWithRow((before?.body as Partial<ProjectedVisit> | undefined)?.integrity, visit.integrity);
  const change = { projection: name, key: streamName, body: row({ ...visit, integrity }) };
  if (change.body === null || settledBy === undefined || store.readRow === undefined) return change;
  const settled = await store.readRow(settledBy, change.key);
  return settled === null ? change : { ...change, body: null };
}

/** The namespace and the streams of a projection's rows. @since 0.5.0 */
export type ProjectionOptions = Readonly<{
  /**
   * Keeps the rows, and the consumer, apart from those of the same projection in other namespaces of the store: 1 to 64
   * letters, digits and `. _ -`, beginning with a letter or digit. Without one they are those of 0.4.
   */
  namespace?: string;
  /** The codec of the service. */
  codec?: Codec;
  /** Selects the streams that have a row; all by default. For two services with different stream names on one store. */
  streams?: (streamName: string) => boolean;
}>;

export const projectionOptions: Readonly<Record<keyof ProjectionOptions, 0>> = { namespace: 0, codec: 0, streams: 0 };

/** The options of a subscription that writes rows. */
export type RowsSubscription<Transaction = never> = Pick<
  SubscriptionOptions<Transaction>,
  'store' | 'consumer' | 'handle' | 'codec' | 'streams'
>;

const NAMESPACE = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
/** A character that no namespace has, so that no two pairs of namespace and name are equal. */
const SEPARATOR = '\u001f';

/** Refuses an invalid namespace. */
export function checkNamespace(namespace: string | undefined): void {
  if (namespace === undefined || (typeof namespace === 'string' && NAMESPACE.test(namespace))) return;
  throw new TypeError('namespace is 1 to 64 letters, digits and . _ -, beginning with a letter or digit');
}

/** Refuses a store that lacks a method. */
export function checkStore<Store extends object>(what: string, store: Store, method: keyof Store & string): void {
  mustBe(typeof store?.[method] === 'function', `${what} takes a store with ${method}`, store);
}

/** Wraps a store so that `rowsFor` replaces the rows that are committed with a checkpoint. */
export function replaceRows<Transaction>(
  store: SubscribableStore<Transaction>,
  rowsFor: (update: CheckpointUpdate<Transaction>) => Promise<RowChange[]>,
): SubscribableStore<Transaction> {
  const { readLag, listen } = store;
  return {
    readStream: (streamName, range) => store.readStream(streamName, range),
    readFeed: (range) => store.readFeed(range),
    readCheckpoint: (consumer) => store.readCheckpoint(consumer),
    commitCheckpoint: async (consumer, update) =>
      store.commitCheckpoint(consumer, { ...update, rows: await rowsFor(update) }),
    ...(readLag && { readLag: (after) => readLag.call(store, after) }),
    ...(listen && { listen: (wake, pollMs) => listen.call(store, wake, pollMs) }),
  };
}

/** Refuses an invalid projection. */
export function checkProjection(projection: VisitProjection): void {
  const isOne = typeof projection?.name === 'string' && typeof projection.row === 'function';
  mustBe(isOne, 'A projection is { name, row }', projection);
  mustKnowKeys('a projection', projection, { name: 0, row: 0, settledBy: 0 });
}

/** The projection with the names of its rows in a namespace. */
export function qualifyNames<Projection extends { readonly name: string; readonly settledBy?: string }>(
  projection: Projection,
  namespace: string | undefined,
): Projection {
  checkNamespace(namespace);
  if (namespace === undefined) return projection;
  const inside = (name: string) => `${namespace}${SEPARATOR}${name}`;
  const { name, settledBy } = projection;
  return { ...projection, name: inside(name), ...(settledBy !== undefined && { settledBy: inside(settledBy) }) };
}

/** Names the consumer that rebuilds the rows of a projection. */
export const nameBuilder = (projection: string): string => `${projection}\u001fbuilding`;

const PAGE = 1000;

/**
 * Reads all rows of a projection, in the store's order of their keys.
 *
 * @throws TypeError for an invalid projection or an unknown option
 * @since 0.4.0
 */
export async function readProjection<Body extends object>(
  store: Pick<ConsumerState, 'readRows'>,
  projection: VisitProjection<Body>,
  options: Pick<ProjectionOptions, 'namespace'> = {},
): Promise<Body[]> {
  checkStore('readProjection', store, 'readRows');
  mustKnowKeys('readProjection', options, { namespace: 0 });
  checkProjection(projection);
  const { name } = qualifyNames(projection, options.namespace);
  const bodies: Body[] = [];
  for (let after = ''; ; ) {
    const rows = await store.readRows(name, { after, maxCount: PAGE });
    for (const { body } of rows) bodies.push(body as Body);
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE) return bodies;
    after = last.key;
  }
}

/**
 * Creates the options of {@link subscribe} and {@link catchUp} that keep the rows of a projection:
 * `subscribe({ ...projector(store, board), signal })`. Rows are written either so, with a short delay, or by the service with
 * each append (`projections`), not both.
 *
 * @throws TypeError for an invalid projection or an unknown option
 * @since 0.4.0
 */
export function projector(
  store: SubscribableStore & Pick<ConsumerState, 'readRows'> & SettlementStore,
  projection: VisitProjection,
  options: ProjectionOptions = {},
): RowsSubscription {
  checkStore('projector', store, 'readStream');
  mustKnowKeys('projector', options, projectionOptions);
  checkProjection(projection);
  const kept = qualifyNames(projection, options.namespace);
  return rowsOfVisits(store, kept.name, options, (visit) => rowChange(store, kept, visit));
}

/** Creates the options of a subscription that writes the row of each visit whose events it gets. */
export function rowsOfVisits<Transaction>(
  store: SubscribableStore<Transaction>,
  consumer: string,
  { codec, streams }: ProjectionOptions,
  changeOf: (visit: ProjectedVisit) => RowChange | Promise<RowChange>,
): RowsSubscription<Transaction> {
  return {
    store,
    consumer,
    ...(codec && { codec }),
    ...(streams && { streams }),
    async handle({ streamName }, { signal }) {
      const stream = await readVisit(store, streamName, codec);
      const log = await foldLog(stream, signal);
      const integrity = await integrityInSlices(stream.stored, signal);
      return { rows: [await changeOf({ streamName, ...log, integrity })] };
    },
  };
}
