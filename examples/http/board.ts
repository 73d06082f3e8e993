import type { EventStore } from 'auxilio/memory';
import {
  type BoardRow,
  boardOf,
  boardProjection,
  catchUp,
  projector,
  readProjection,
  type SubscribableStore,
} from 'auxilio/service';
import type { Caller } from './access.ts';
import type { App, Asked } from './app.ts';
import { type BoardReader, codecOf, joinBoard } from './board-tail.ts';
import { type Claims, json, type Reply } from './call.ts';
import { eventStream, type Say } from './event-stream.ts';
import { accepted } from './negotiate.ts';
import { Problem } from './problem.ts';

/** The part of a store that the board needs. */
export type BoardStore = SubscribableStore & Pick<EventStore, 'readRow' | 'readRows'>;

/** A row without the numbers of events, which each of them changes. */
const textOf = ({ version: _, integrity, ...shown }: BoardRow): string => JSON.stringify([shown, integrity?.status]);

/** `GET /board`: as JSON, or as a stream of the board and each change of it. */
export async function board(app: App, { call, caller }: Asked): Promise<Reply> {
  if (caller.actor.role !== 'contact-center') throw new Problem('not-yours');
  const offers = call.gone === undefined ? (['application/json'] as const) : (['application/json', sse] as const);
  const type = accepted(call.header('accept'), offers);
  if (type === null) throw new Problem('not-acceptable');
  if (type !== sse) {
    // Reading the board triggers catch-up; of several concurrent readers one makes progress.
    await catchUp({ ...projector(app.store, boardProjection, codecOf(app)), attempts: 1 });
    return json(boardOf(await readProjection(app.store, boardProjection), app.now()));
  }
  const headers = { 'content-type': sse, 'cache-control': 'no-store', 'x-accel-buffering': 'no' };
  if (call.method === 'HEAD') return { status: 200, headers, body: null };
  const release = reserveStream(app, caller);
  const reader = await joinBoard(app).catch((error: unknown) => {
    release();
    throw error;
  });
  const ends = [call.gone, app.closing, runsOut(caller.claims, app.now())].filter((signal) => signal !== undefined);
  const { heartbeatMs, onFailure } = app;
  const leave = () => {
    reader.leave();
    release();
  };
  const body = eventStream(
    { call, ends, heartbeatMs, onFailure },
    (say, signal) => tell(app, reader, say, signal),
    leave,
  );
  return { status: 200, headers, body };
}

/** Says the board, and then each visit whose row shows something else, or that has left. */
async function tell(app: App, { rows, changed }: BoardReader, say: Say, signal: AbortSignal): Promise<void> {
  const known = new Map([...rows].map(([visitId, row]) => [visitId, textOf(row)]));
  await say('board', boardOf([...rows.values()], app.now()));
  while (!signal.aborted) {
    for (const visitId of await changed(signal)) {
      const row = rows.get(visitId);
      const text = row && textOf(row);
      if (known.get(visitId) === text) continue;
      if (text === undefined) known.delete(visitId);
      else known.set(visitId, text);
      await (row === undefined ? say('gone', { visitId }) : say('visit', row));
    }
  }
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
