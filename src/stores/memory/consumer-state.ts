import {
  assertUnmoved,
  type CheckpointPosition,
  checkPromotion,
  initialCheckpoint,
  type PreparedRow,
  runSyncEffect,
  toCheckpoint,
  toPromoted,
  type WaitingStream,
} from '../checkpoint.ts';
import type { ConsumerStorage, StoredRow } from '../create-event-store.ts';
import { type History, placeOf, positionIn, storedCursor } from '../cursor.ts';

/** The rows of a projection by key: those that are read, and those of the generation that is being built. */
type Generations = { live: Map<string, string>; building: Map<string, string> | undefined };

type Consumer = CheckpointPosition & { waiting: Map<string, WaitingStream> };

const newConsumer = (): Consumer => ({ ...initialCheckpoint, waiting: new Map() });

/** The state of the consumers and projections of a store. */
export type Consumers = Readonly<{ tables: Map<string, Generations>; consumers: Map<string, Consumer> }>;

export const emptyConsumers = (): Consumers => ({ tables: new Map(), consumers: new Map() });

/** Creates the storage of consumers and projections. */
export function createConsumerStorage(
  { tables, consumers }: Consumers,
  history: History,
): ConsumerStorage & { writeRows: (rows: readonly PreparedRow[]) => void } {
  const findConsumer = (name: string) => consumers.get(name) ?? newConsumer();

  function findTable(projection: string): Generations {
    const table = tables.get(projection) ?? { live: new Map<string, string>(), building: undefined };
    tables.set(projection, table);
    return table;
  }

  function writeRows(rows: readonly PreparedRow[]): void {
    for (const { projection, key, text, building: alone } of rows) {
      const { live, building } = findTable(projection);
      for (const table of alone ? [building] : [live, building]) {
        if (text === null) table?.delete(key);
        else table?.set(key, text);
      }
    }
  }

  function row(projection: string, key: string): StoredRow | undefined {
    const text = tables.get(projection)?.live.get(key);
    return text === undefined ? undefined : { key, text };
  }

  return {
    writeRows,
    row,
    checkpoint(name) {
      const { waiting, ...position } = findConsumer(name);
      return toCheckpoint({ ...position, cursor: storedCursor(history, position.cursor) }, [...waiting.values()]);
    },
    commit(name, update) {
      positionIn(history, update.cursor);
      const before = findConsumer(name);
      assertUnmoved(name, update, before);
      runSyncEffect(update.effect, undefined as never);
      const waiting = new Map(before.waiting);
      for (const stream of update.unpark) waiting.delete(stream);
      for (const one of update.wait) if (!waiting.has(one.streamName)) waiting.set(one.streamName, { ...one });
      writeRows(update.rows);
      const handled = before.handled + update.handled;
      const cursor = update.cursor && placeOf(update.cursor);
      consumers.set(name, { cursor, revision: before.revision + 1, handled, waiting });
    },
    rows(projection, after, maxCount) {
      const keys = [...(tables.get(projection)?.live.keys() ?? [])].filter((key) => key > after).sort();
      return keys.slice(0, maxCount).flatMap((key) => row(projection, key) ?? []);
    },
    reset(name) {
      tables.delete(name);
      consumers.set(name, { ...newConsumer(), revision: findConsumer(name).revision + 1 });
    },
    startGeneration(projection, builder) {
      findTable(projection).building = new Map();
      consumers.set(builder, { ...newConsumer(), revision: findConsumer(builder).revision + 1 });
    },
    promoteGeneration(projection, promotion) {
      const [built, replaced] = [findConsumer(promotion.builder), findConsumer(projection)];
      const live = checkPromotion(projection, promotion, findTable(projection).building, built, replaced);
      tables.set(projection, { live, building: undefined });
      consumers.set(projection, { ...toPromoted(built, replaced), waiting: built.waiting });
      consumers.set(promotion.builder, { ...newConsumer(), revision: built.revision + 1 });
    },
  };
}
