import { mustKnowKeys } from '../../kernel/known.ts';
import { isCheckpointConflict, isStoreError } from '../../stores/errors.ts';
import type { ConsumerState, GlobalStream, ParkedStream, RowChange } from '../../stores/event-store.ts';
import { type CatchUpResult, catchUp } from '../subscription/subscription.ts';
import { RebuildFailedError } from '../subscription/subscription-errors.ts';
import type { SubscribableStore, SubscriptionOptions } from '../subscription/subscription-options.ts';
import { pause } from '../subscription/time-limits.ts';
import { checkProjection, checkStore, type ProjectionOptions, projector, type VisitProjection } from './projection.ts';

/** Options of {@link rebuild}. @since 0.5.0 */
export type RebuildOptions = ProjectionOptions &
  Pick<
    SubscriptionOptions,
    'batchSize' | 'signal' | 'observe' | 'pauseMs' | 'random' | 'sleep' | 'now' | 'handlerTimeoutMs'
  > &
  Readonly<{
    /** The number of tries of a visit before the rebuild ends with {@link RebuildFailedError}; 3 by default. */
    attempts?: number;
    /** The pause while a transaction holds back the global stream, in milliseconds; 500 by default. */
    pollMs?: number;
  }>;

export const knownOptions: Readonly<Record<keyof RebuildOptions, 0>> = {
  namespace: 0,
  codec: 0,
  streams: 0,
  batchSize: 0,
  signal: 0,
  observe: 0,
  attempts: 0,
  pauseMs: 0,
  pollMs: 0,
  handlerTimeoutMs: 0,
  now: 0,
  random: 0,
  sleep: 0,
};

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
  rebuildOptions: RebuildOptions = {},
): Promise<CatchUpResult> {
  checkStore('rebuild', store, 'startGeneration');
  mustKnowKeys('rebuild', rebuildOptions, knownOptions);
  checkProjection(projection);
  const { namespace, codec, streams, ...options } = rebuildOptions;
  const live = projector(store, projection, {
    ...(namespace && { namespace }),
    ...(codec && { codec }),
    ...(streams && { streams }),
  });
  return rebuildRows(store, live, (streamName) => streamName, options);
}

type RowsSubscription = Pick<SubscriptionOptions, 'store' | 'consumer' | 'handle' | 'codec' | 'streams'>;

/** Rebuilds the rows that a consumer keeps under its name; `keyOf` is the key of the row that says all of a stream. */
export async function rebuildRows(
  store: RebuiltStore,
  live: RowsSubscription,
  keyOf: (streamName: string) => string,
  { attempts = 3, pollMs = 500, ...options }: Omit<RebuildOptions, keyof ProjectionOptions>,
): Promise<CatchUpResult> {
  const name = live.consumer;
  const builder = `${name}\u001fbuilding`;
  const inNewGeneration = (rows: readonly RowChange[] = []) =>
    rows.map((row) => ({ ...row, generation: 'building' as const }));
  const handle: SubscriptionOptions['handle'] = async (delivery, context) => {
    const handled = await live.handle(delivery, context);
    return { rows: inNewGeneration(handled?.rows) };
  };
  await store.startGeneration(name, builder);
  let events = 0;
  for (;;) {
    const done = await catchUp({ ...options, ...live, handle, attempts, consumer: builder });
    events += done.events;
    options.signal?.throwIfAborted();
    if (done.retrying.length > 0) throw new RebuildFailedError(name, done.retrying);
    await copyUnreadableRows(store, live, builder, done.parked, keyOf);
    const swapped = await swapIn(store, name, builder);
    if (swapped === 'done') return { ...done, events, held: null };
    // Another rebuild at the same time has swapped it in, or dropped it.
    if (swapped === 'gone') await store.startGeneration(name, builder);
    if (swapped === 'held') await pause(pollMs, options.signal);
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
  for (const { streamName } of parked) {
    const row = await store.readRow(name, keyOf(streamName));
    if (row !== null) rows.push({ projection: name, ...row, generation: 'building' });
  }
  if (rows.length === 0) return;
  const { revision: expected, cursor } = await store.readCheckpoint(builder);
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
  if ((built ?? '') < (live ?? '')) return 'behind';
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
