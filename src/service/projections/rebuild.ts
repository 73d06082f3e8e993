import { mustKnowKeys } from '../../kernel/known.ts';
import { placeOf } from '../../stores/cursor.ts';
import { isCheckpointConflict, isStoreError } from '../../stores/errors.ts';
import type { ConsumerState, GlobalStream, ParkedStream, RowChange } from '../../stores/event-store.ts';
import { type CatchUpResult, catchUp } from '../subscription/subscription.ts';
import { RebuildFailedError } from '../subscription/subscription-errors.ts';
import type { SubscribableStore, SubscriptionOptions } from '../subscription/subscription-options.ts';
import { pause } from '../subscription/time-limits.ts';
import {
  checkStore,
  nameBuilder,
  type ProjectionOptions,
  projectionOptions,
  projector,
  type RowsSubscription,
  type VisitProjection,
} from './projection.ts';

/** Options of {@link rebuild}. @since 0.5.0 */
export type RebuildOptions = ProjectionOptions & Pick<SubscriptionOptions, 'batchSize' | 'signal'>;

export const rebuildOptions: Readonly<Record<keyof RebuildOptions, 0>> = {
  ...projectionOptions,
  batchSize: 0,
  signal: 0,
};

/** The number of tries of a visit before the rebuild ends. */
const ATTEMPTS = 3;

/** The pause while a transaction holds back the global stream, in milliseconds. */
const HELD_PAUSE_MS = 100;

export type RebuiltStore = SubscribableStore &
  Pick<GlobalStream, 'readLag'> &
  Pick<ConsumerState, 'readRows' | 'readRow' | 'startGeneration' | 'promoteGeneration'>;

/**
 * Rebuilds the rows of a projection from the first event on, as a new generation next to the old one, and swaps it in once it
 * is complete: readers see the old rows or the new ones, never fewer. Rows that are written meanwhile are written in both. If it
 * ends early, the old rows stay in use, and the next rebuild begins again.
 *
 * A visit that cannot be read is listed in `parked`, and keeps its old row. On Postgres a transaction that stays open holds back
 * the global stream, and so the end of the rebuild: end it by `signal`.
 *
 * @throws TypeError for an invalid projection or an unknown option
 * @throws RebuildFailedError when the projection fails for a visit
 * @since 0.4.0
 */
export async function rebuild(
  store: RebuiltStore,
  projection: VisitProjection,
  options: RebuildOptions = {},
): Promise<CatchUpResult> {
  checkStore('rebuild', store, 'startGeneration');
  mustKnowKeys('rebuild', options, rebuildOptions);
  const { batchSize: _, signal: __, ...kept } = options;
  return rebuildRows(store, projector(store, projection, kept), (streamName) => streamName, options);
}

/** Rebuilds the rows that a consumer keeps under its name; `keyOf` is the key of the row that says all of a stream. */
export async function rebuildRows(
  store: RebuiltStore,
  live: RowsSubscription,
  keyOf: (streamName: string) => string,
  { batchSize, signal }: RebuildOptions,
): Promise<CatchUpResult> {
  const name = live.consumer;
  const builder = nameBuilder(name);
  const inNewGeneration = (rows: readonly RowChange[] = []) =>
    rows.map((row) => ({ ...row, generation: 'building' as const }));
  const handle: SubscriptionOptions['handle'] = async (delivery, context) => {
    const handled = await live.handle(delivery, context);
    return { rows: inNewGeneration(handled?.rows) };
  };
  const reading = { attempts: ATTEMPTS, ...(batchSize !== undefined && { batchSize }), ...(signal && { signal }) };
  await store.startGeneration(name, builder);
  let events = 0;
  for (;;) {
    const done = await catchUp({ ...live, ...reading, handle, consumer: builder });
    events += done.events;
    signal?.throwIfAborted();
    if (done.retrying.length > 0) throw new RebuildFailedError(name, done.retrying);
    await copyUnreadableRows(store, live, builder, done.parked, keyOf);
    const swapped = await swapIn(store, name, builder);
    if (swapped === 'done') return { ...done, events, held: null };
    // Another rebuild at the same time has swapped it in, or dropped it.
    if (swapped === 'gone') await store.startGeneration(name, builder);
    if (swapped === 'held') await pause(HELD_PAUSE_MS, signal);
  }
}

/** Copies the old rows of visits that cannot be read. */
async function copyUnreadableRows(
  store: RebuiltStore,
  { consumer: name, store: written }: RowsSubscription,
  builder: string,
  parked: readonly ParkedStream[],
  keyOf: (streamName: string) => string,
): Promise<void> {
  const rows: RowChange[] = [];
  // Read before the rows: if they are changed meanwhile, an erasure makes this commit fail.
  const { revision: expected, cursor } = await store.readCheckpoint(builder);
  for (const { streamName } of parked) {
    const row = await store.readRow(name, keyOf(streamName));
    if (row !== null) rows.push({ projection: name, ...row, generation: 'building' });
  }
  if (rows.length === 0) return;
  await written.commitCheckpoint(builder, { expected, cursor, rows }).catch(ignoreConflict);
}

/** Swaps in the new generation, if it holds every event that was committed before its last row. */
async function swapIn(
  store: RebuiltStore,
  name: string,
  builder: string,
): Promise<'done' | 'behind' | 'held' | 'gone'> {
  const { revision: expected, cursor: built } = await store.readCheckpoint(builder);
  const { revision: current, cursor: live } = await store.readCheckpoint(name);
  const { events, held } = await store.readLag(built);
  if (events > 0) return held === null ? 'behind' : 'held';
  if (placeOf(built) < placeOf(live)) return 'behind';
  try {
    await store.promoteGeneration(name, { builder, expected, current });
    return 'done';
  } catch (error) {
    if (isCheckpointConflict(error)) return 'behind';
    if (isStoreError(error) && error.kind === 'invalid') return 'gone';
    throw error;
  }
}

function ignoreConflict(error: unknown): void {
  if (!isCheckpointConflict(error)) throw error;
}
