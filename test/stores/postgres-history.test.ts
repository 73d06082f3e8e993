/** The epochs of the Postgres store, and the plans of the statements that ask for them. */
import { describe, expect, it } from 'vitest';
import { event, events } from './cases.ts';
import { freshSchema } from './postgres-host.ts';
import { hostPool, openedPostgres, serverOfFile } from './postgres-server.ts';

const server = serverOfFile();

describe('an epoch', () => {
  it('begins with the first event that is appended on another timeline, after the last event before it, and once', async () => {
    const schema = freshSchema();
    const pool = hostPool(server(), { max: 1 });
    const store = openedPostgres({ pool, schema });
    await store.appendToStream('a', events(1, 2));
    const [, second] = await store.readFeed();
    await pool.query(`UPDATE ${schema}.auxilio_epochs SET timeline = 'another'`);
    await store.appendToStream('a', events(3, 4));
    await store.appendToStream('b', events(5));
    const { rows } = await pool.query(
      `SELECT n.number::int, (SELECT e.event_id FROM ${schema}.auxilio_events e
        WHERE e.xid = n.cut_xid AND e.position = n.cut_position) AS cut FROM ${schema}.auxilio_epochs n ORDER BY 1`,
    );
    expect(rows).toEqual([
      { number: 1, cut: null },
      { number: 2, cut: 'event-2' },
    ]);
    const after = await store.readFeed({ after: second!.cursor });
    expect(after.map(({ messageId }) => messageId)).toEqual(['event-3', 'event-4', 'event-5']);
    const refused = store.commitCheckpoint('c', { expected: 0, cursor: second!.cursor });
    await expect(refused).rejects.toMatchObject({ code: 'store-other-history', repeatFrom: null });
    await store.commitCheckpoint('c', { expected: 0, cursor: after.at(-1)!.cursor });
  });
});

describe('consumers', () => {
  it('look events up, also in a session that planned it while the tables were small', async () => {
    const schema = freshSchema();
    const pool = hostPool(server(), { max: 1 });
    const store = openedPostgres({ pool, schema });
    await store.appendToStream('a', [event(1), event(2)]);
    await store.commitCheckpoint('c', { expected: 0, cursor: null });
    await pool.query(`ANALYZE ${schema}.auxilio_events, ${schema}.auxilio_checkpoints, ${schema}.auxilio_parked`);
    const [first] = await store.readFeed({ maxCount: 1 });
    const scans = async () => {
      await pool.query('SELECT pg_stat_force_next_flush()');
      const { rows } = await pool.query(
        'SELECT sum(seq_scan)::int AS scans FROM pg_stat_user_tables WHERE schemaname = $1',
        [schema],
      );
      return rows[0].scans as number;
    };
    const before = await scans();
    for (let n = 0; n < 10; n++) {
      await store.readFeed({ after: first!.cursor, maxCount: 1 });
      await store.readFeed({ streamName: 'a', fromVersion: 1n, maxCount: 1 });
      const { revision } = await store.readCheckpoint('c');
      await store.commitCheckpoint('c', { expected: revision, cursor: first!.cursor });
    }
    expect(await scans()).toBe(before);
  });
});
