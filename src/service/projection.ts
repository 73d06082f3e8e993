import type { VisitEvent } from '../messages/index.ts';
import type { EventStore, RowChange } from '../stores/port.ts';
import type { VisitState } from '../visit/index.ts';
import { type CaughtUp, catchUp, type FollowedStore, type FollowOptions } from './follow.ts';
import { asWritten, type Codec, readVisit, stateOf } from './stream.ts';

/** A visit as a projection sees it: its events as they were handled, and the state after them. @since 0.4.0 */
export type ProjectedVisit = Readonly<{ streamName: string; state: VisitState; events: readonly VisitEvent[] }>;

/**
 * A read model of visits, a row each: a function of the visit alone. So a row that is written twice, or from the beginning, is
 * the same row.
 *
 * @since 0.4.0
 */
export type VisitProjection<Body extends object = object> = Readonly<{
  /** The name of its rows, and of the consumer that keeps them. When they get another shape they get another name. */
  name: string;
  /** The row of a visit, plain JSON, kept under its stream's name; null for none. */
  row: (visit: ProjectedVisit) => Body | null;
}>;

export function rowChange(projection: VisitProjection, visit: ProjectedVisit): RowChange {
  return { projection: projection.name, key: visit.streamName, body: projection.row(visit) };
}

const PAGE = 1000;

/**
 * All rows of a projection, in the store's order of their keys.
 *
 * @since 0.4.0
 */
export async function readProjection<Body extends object>(
  store: Pick<EventStore, 'readRows'>,
  { name }: VisitProjection<Body>,
): Promise<Body[]> {
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
 * What {@link follow} and {@link catchUp} need to keep the rows of a projection: `follow({ ...keeping(store, board), signal })`.
 * Rows are kept either so, a little later, or by the service with each append (`projections`), not both.
 *
 * @since 0.4.0
 */
export function keeping(
  store: FollowedStore & Pick<EventStore, 'readRows'>,
  projection: VisitProjection,
  { codec }: { codec?: Codec } = {},
): Pick<FollowOptions, 'store' | 'consumer' | 'handle' | 'codec'> {
  return {
    store,
    consumer: projection.name,
    ...(codec && { codec }),
    async handle({ streamName }) {
      const stream = await readVisit(store, streamName, codec);
      const visit = { streamName, state: stateOf(stream), events: stream.events.map(asWritten) };
      return { rows: [rowChange(projection, visit)] };
    },
  };
}

/**
 * Makes the rows of a projection anew, from the first event on. Meanwhile there are fewer of them.
 *
 * It goes as far as the feed. That of Postgres shows nothing behind a transaction that is still open, whosesoever it is: of a
 * projection that the service keeps, call `catchUp(keeping(store, projection))` once those of that time have ended.
 *
 * @since 0.4.0
 */
export async function rebuild(
  store: FollowedStore & Pick<EventStore, 'readRows' | 'reset'>,
  projection: VisitProjection,
  options: { codec?: Codec } = {},
): Promise<CaughtUp> {
  await store.reset(projection.name);
  return catchUp(keeping(store, projection, options));
}
