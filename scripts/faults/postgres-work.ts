/**
 * Four writers append to a PostgreSQL server and a consumer follows its feed, writing a note for each event with its move,
 * while something is done to the server or to the way there. What is in doubt is tried again under the same ids. In the end
 * nothing acknowledged may be lost, moved or doubled, nothing that failed for certain be there, and each event have one note.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { isCheckpointConflict, isStoreError, type PostgresStore } from 'auxilio/postgres';
import { type AppendRecord, checkHistory } from 'auxilio/testing';
import pg from 'pg';
import { limits } from '../../test/support/limits.ts';
import type { Result } from './campaign.ts';
import { streamsOf } from './support.ts';

type Server = Readonly<{ connectionString: string }>;

/** Appends during each of the faults, and compares the results with the stored events. */
export async function workUnder(
  server: Server,
  store: PostgresStore,
  strikes: number,
  strike: (n: number) => Promise<void>,
): Promise<Result> {
  await asked(server, 'CREATE TABLE notes (event text PRIMARY KEY)');
  const records: AppendRecord[] = [];
  const writing = { on: true };
  const following = { on: true };
  const writers = Promise.all([0, 1, 2, 3].map((writer) => writes(store, writer, records, writing)));
  const subscription = follows(store, following);
  for (let n = 0; n < strikes; n++) await strike(n);
  await pause(200);
  writing.on = false;
  const ended = writers.then(async () => {
    await untilQuiet(server);
    following.on = false;
    return subscription;
  });
  const late = pause(limits.waitMs, undefined, { ref: false }).then(() =>
    Promise.reject(new Error('The store cannot be reached any more')),
  );
  await Promise.race([ended, late]);
  const streams = await streamsOf(store);
  const durable = streams.flatMap(({ events }) => events.map(({ id }) => id)).sort();
  const notes = (await asked(server, 'SELECT event FROM notes')).map(({ event }) => event).sort();
  const faults: unknown[] = [...checkHistory(records, streams)];
  if (JSON.stringify(notes) !== JSON.stringify(durable)) faults.push({ notes: notes.length, events: durable.length });
  const count = (type: AppendRecord['type']) => records.filter((record) => record.type === type).length;
  const figures = { acknowledged: count('ok'), failed: count('fail'), unknown: count('unknown') };
  return { faults, figures: { strikes, ...figures, durable: durable.length } };
}

/** Asks the server, for as long as it takes to be there. */
export async function asked({ connectionString }: Server, sql: string): Promise<Record<string, unknown>[]> {
  for (let tries = 0; ; tries++) {
    const client = new pg.Client({ connectionString });
    client.on('error', () => undefined);
    try {
      await client.connect();
      return (await client.query(sql)).rows;
    } catch (error) {
      if (tries * 50 > limits.waitMs) throw error;
      await pause(50);
    } finally {
      await client.end().catch(() => undefined);
    }
  }
}

/** Waits until no transaction is open on the server: until then the global stream may hold back acknowledged events. */
export async function untilQuiet(server: Server): Promise<void> {
  const open = `SELECT FROM pg_stat_activity WHERE backend_xid IS NOT NULL AND pid <> pg_backend_pid()`;
  while ((await asked(server, open)).length > 0) await pause(20);
}

type Work = { readonly on: boolean };

/**
 * Appends batch after batch. A batch in doubt is repeated; one that certainly failed is not, and must not be stored.
 */
async function writes(store: PostgresStore, writer: number, records: AppendRecord[], work: Work): Promise<void> {
  for (let n = 0; work.on; n++) {
    const stream = n % 2 === 0 ? 'shared' : `own-${writer}`;
    const ids = ['a', 'b', 'c'].map((part) => `${writer}-${n}-${part}`);
    const batch = ids.map((eventId) => ({ type: 'T', data: { n }, metadata: { eventId } }));
    const about = { op: 'append', writer: `w${writer}`, stream, ids } as const;
    for (let done = false; !done; ) {
      records.push({ ...about, type: 'invoke' });
      try {
        const { nextExpectedStreamVersion } = await store.appendToStream(stream, batch);
        records.push({ ...about, type: 'ok', version: Number(nextExpectedStreamVersion) });
        done = true;
      } catch (error) {
        if (!isStoreError(error)) throw error;
        done = error.kind !== 'io';
        records.push({ ...about, type: done ? 'fail' : 'unknown' });
        await pause(20);
      }
    }
  }
}

/**
 * Records each event of the global stream in the transaction that commits its checkpoint, until a read that began after
 * `work` ended finds no more. A duplicate record would end the campaign.
 */
async function follows(store: PostgresStore, work: Work): Promise<void> {
  for (let done = false; !done; ) {
    const ended = !work.on;
    try {
      const { cursor, revision } = await store.readCheckpoint('notes');
      const page = await store.readFeed({ after: cursor, maxCount: 50 });
      const last = page.at(-1);
      done = ended && last === undefined;
      if (last !== undefined)
        await store.commitCheckpoint('notes', { expected: revision, cursor: last.cursor, effect: noting(page) });
      else if (!done) await pause(5);
    } catch (error) {
      // A conflict is one with itself: an earlier commit, given up by the client, came through after all.
      if (!isStoreError(error) && !isCheckpointConflict(error)) throw error;
      await pause(20);
    }
  }
}

const noting =
  (page: readonly { messageId: string }[]) =>
  ({ query }: { query: (text: string, values: readonly unknown[]) => Promise<unknown> }) =>
    query('INSERT INTO notes SELECT unnest($1::text[])', [page.map(({ messageId }) => messageId)]);
