import type { Id } from 'auxilio';
import type { Checkpoint } from 'auxilio/memory';
import {
  type BoardRow,
  boardProjection,
  catchUp,
  projector,
  readProjection,
  subscribe,
  type VisitProjection,
} from 'auxilio/service';
import { onAbort } from './aborts.ts';
import type { App } from './app.ts';
import type { BoardStore } from './board.ts';

/** The rows of the board, for one reader, who is woken when they change. */
export type BoardReader = Readonly<{
  rows: ReadonlyMap<Id, BoardRow>;
  /** The visits whose rows have changed since the last call, as soon as there are any; none once the signal is aborted. */
  changed(signal: AbortSignal): Promise<ReadonlySet<Id>>;
  leave(): void;
}>;

type Tail = Readonly<{
  rows: Map<Id, BoardRow>;
  readers: Set<(visitIds: readonly Id[]) => void>;
  /** Resolves once the rows have been read, and with it the end of the subscription. */
  started: Promise<Readonly<{ ended: Promise<void> }>>;
  leaving: AbortController;
}>;

const tails = new WeakMap<App, Tail>();

/** Joins the one subscription that keeps the rows of the board for all readers of this process, and begins it for the first of them. */
export async function joinBoard(app: App): Promise<BoardReader> {
  const tail = tails.get(app) ?? beginTail(app);
  let waiting = new Set<Id>();
  let wake = () => {};
  const reader = (visitIds: readonly Id[]) => {
    for (const visitId of visitIds) waiting.add(visitId);
    wake();
  };
  tail.readers.add(reader);
  const leave = () => {
    tail.readers.delete(reader);
    if (tail.readers.size === 0) endTail(app, tail);
  };
  try {
    const { ended } = await tail.started;
    return { rows: tail.rows, leave, changed };

    async function changed(signal: AbortSignal): Promise<ReadonlySet<Id>> {
      await new Promise<void>((resolve) => {
        const forget = onAbort(signal, () => wake());
        wake = () => {
          forget();
          resolve();
        };
        if (waiting.size > 0 || signal.aborted || tail.leaving.signal.aborted) wake();
      });
      if (tail.leaving.signal.aborted) await ended;
      const found = waiting;
      waiting = new Set();
      return found;
    }
  } catch (error) {
    leave();
    throw error;
  }
}

function beginTail(app: App): Tail {
  const leaving = new AbortController();
  const [rows, readers] = [new Map<Id, BoardRow>(), new Set<(visitIds: readonly Id[]) => void>()];
  const tail: Tail = { rows, readers, leaving, started: start() };
  tails.set(app, tail);
  return tail;

  async function start() {
    const { store } = app;
    // Of several processes that catch up at once, one makes progress.
    await catchUp({ ...projector(store, boardProjection, codecOf(app)), attempts: 1 });
    const { cursor } = await store.readCheckpoint(boardProjection.name);
    for (const row of await readProjection(store, boardProjection)) rows.set(row.visitId, row);
    const ended = subscribe({
      ...projector(fromHere(store, cursor, take), changes, codecOf(app)),
      pollMs: app.pollMs,
      signal: leaving.signal,
    }).finally(() => endTail(app, tail));
    ended.catch(() => undefined); // each reader gets the error
    return { ended };
  }

  function take(found: readonly Change[]): void {
    for (const { visitId, row } of found) {
      if (row === null) rows.delete(visitId);
      else rows.set(visitId, row);
    }
    for (const reader of readers) reader(found.map(({ visitId }) => visitId));
  }
}

/** Ends the subscription, of which its readers hear; the next reader begins another. */
function endTail(app: App, { leaving, readers }: Tail): void {
  leaving.abort();
  if (tails.get(app)?.leaving === leaving) tails.delete(app);
  for (const reader of readers) reader([]);
}

export const codecOf = ({ codec }: App) => (codec === undefined ? {} : { codec });

/** A visit's row, or its removal. */
type Change = Readonly<{ visitId: Id; row: BoardRow | null }>;

const changes: VisitProjection<Change> = {
  name: boardProjection.name,
  row: (visit) =>
    visit.state.visitId === null ? null : { visitId: visit.state.visitId, row: boardProjection.row(visit) },
};

/** A store for a reader that starts at a position: its checkpoint is kept in memory, and its rows are reported, not written. */
function fromHere(store: BoardStore, from: string | null, take: (changes: readonly Change[]) => void): BoardStore {
  let standing = { cursor: from, revision: 0, parked: [], retrying: [], handled: 0 } as Checkpoint;
  return {
    readStream: (streamName, options) => store.readStream(streamName, options),
    readFeed: (range) => store.readFeed(range),
    ...(store.listen && { listen: store.listen }),
    readRow: (projection, key) => store.readRow(projection, key),
    readRows: (projection, range) => store.readRows(projection, range),
    readCheckpoint: async () => standing,
    commitCheckpoint: async (_, { cursor, rows = [], park = [], retry = [], unpark = [], handled = 0 }) => {
      const waits = ({ streamName }: { streamName: string }) => !unpark.includes(streamName);
      standing = {
        cursor,
        revision: standing.revision + 1,
        parked: [...standing.parked.filter(waits), ...park],
        retrying: [...standing.retrying.filter(waits), ...retry],
        handled: standing.handled + handled,
      };
      take(rows.flatMap(({ body }) => (body === null ? [] : [body as Change])));
    },
  };
}
