import type { Id } from 'auxilio';
import type { Checkpoint, EventStore } from 'auxilio/memory';
import {
  type Board,
  type BoardRow,
  boardOf,
  boardProjection,
  catchUp,
  projector,
  readProjection,
  type SubscribableStore,
  subscribe,
  type VisitProjection,
} from 'auxilio/service';
import type { Caller } from './access.ts';
import type { App, Asked } from './app.ts';
import { type Claims, json, type Reply } from './call.ts';
import { eventStream } from './event-stream.ts';
import { accepted } from './negotiate.ts';
import { Problem } from './problem.ts';

/** The part of a store that the board needs. */
export type BoardStore = SubscribableStore & Pick<EventStore, 'readRow' | 'readRows'>;

const codecOf = ({ codec }: App) => (codec === undefined ? {} : { codec });

/** A row without the numbers of events, which each of them changes. */
const textOf = ({ version: _, integrity, ...shown }: BoardRow): string => JSON.stringify([shown, integrity?.status]);

/** `GET /board`: as JSON, or as a stream of the board and each change of it. */
export async function board(app: App, { call, caller }: Asked): Promise<Reply> {
  if (caller.actor.role !== 'contact-center') throw new Problem('not-yours');
  const offers = call.gone === undefined ? (['application/json'] as const) : (['application/json', sse] as const);
  const type = accepted(call.header('accept'), offers);
  if (type === null) throw new Problem('not-acceptable');
  // Reading the board triggers catch-up; of several concurrent readers one makes progress.
  await catchUp({ ...projector(app.store, boardProjection, codecOf(app)), attempts: 1 });
  const { cursor } = await app.store.readCheckpoint(boardProjection.name);
  const rows = await readProjection(app.store, boardProjection);
  const shown: Board = boardOf(rows, app.now());
  if (type !== sse) return json(shown);
  const headers = { 'content-type': sse, 'cache-control': 'no-store', 'x-accel-buffering': 'no' };
  if (call.method === 'HEAD') return { status: 200, headers, body: null };
  const release = reserveStream(app, caller);
  const ends = [call.gone, app.closing, runsOut(caller.claims, app.now())].filter((signal) => signal !== undefined);
  const { heartbeatMs, onFailure } = app;
  const body = eventStream(
    { call, ends, heartbeatMs, onFailure },
    async (say, signal) => {
      await say('board', shown);
      const known = new Map(rows.map((row) => [row.visitId, textOf(row)]));
      const tell = async ({ visitId, row }: Change) => {
        const text = row === null ? undefined : textOf(row);
        if (known.get(visitId) === text) return;
        if (text === undefined) known.delete(visitId);
        else known.set(visitId, text);
        await (row === null ? say('gone', { visitId }) : say('visit', row));
      };
      await subscribe({
        ...projector(tail(app.store, cursor, tell), changes, codecOf(app)),
        pollMs: app.pollMs,
        signal,
      });
    },
    release,
  );
  return { status: 200, headers, body };
}

const openStreams = new WeakMap<App, Map<string, number>>();

/** Counts a stream of a caller, who may have so many at once; answers how to count it no more. */
function reserveStream(app: App, { actor }: Caller): () => void {
  const open = openStreams.get(app) ?? new Map<string, number>();
  openStreams.set(app, open);
  const key = `${actor.role} ${actor.id}`;
  const count = open.get(key) ?? 0;
  if (count >= app.maxStreams) throw new Problem('too-many-streams', { headers: { 'retry-after': '5' } });
  open.set(key, count + 1);
  return () => {
    const left = (open.get(key) ?? 1) - 1;
    if (left > 0) open.set(key, left);
    else open.delete(key);
  };
}

const sse = 'text/event-stream';

/** Aborted when the token runs out, if it says when. */
function runsOut({ exp }: Claims, now: string): AbortSignal | undefined {
  if (typeof exp !== 'number') return undefined;
  const leftMs = Math.ceil(exp * 1000 - Date.parse(now));
  return AbortSignal.timeout(Math.min(Math.max(leftMs, 0), 2 ** 31 - 1));
}

/** A visit's row, or its removal. */
type Change = Readonly<{ visitId: Id; row: BoardRow | null }>;

const changes: VisitProjection<Change> = {
  name: boardProjection.name,
  row: (visit) =>
    visit.state.visitId === null ? null : { visitId: visit.state.visitId, row: boardProjection.row(visit) },
};

/** A store for a reader that starts at a position: its checkpoint is kept in memory, and its rows are reported, not written. */
function tail(store: BoardStore, from: string | null, tell: (change: Change) => Promise<void>): BoardStore {
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
      for (const { body } of rows) if (body !== null) await tell(body as Change);
    },
  };
}
