import { describe, expect, it } from 'vitest';
import { type PostgresMigration, postgresMigrations, postgresStore } from '../../src/postgres.ts';
import { placeOf } from '../../src/stores/cursor.ts';
import { createDatabase } from '../../src/stores/postgres/database.ts';
import { prepareTables } from '../../src/stores/postgres/migrate.ts';
import { ownPool } from '../../src/stores/postgres/pool.ts';
import { quoteSchema } from '../../src/stores/postgres/schema.ts';
import { createSql } from '../../src/stores/postgres/sql.ts';
import { limits } from '../support/limits.ts';
import { event, events, idsOf } from './cases.ts';
import { storeError } from './files.ts';
import { beside, freshSchema } from './postgres-host.ts';
import { hostPool, openedPostgres, serverOfFile, storesOn } from './postgres-server.ts';

const server = serverOfFile({ fsync: 'off', wal_writer_delay: '10s' });

const { opened } = storesOn(server);

const run = (sql: string) => beside(server(), async (client) => (await client.query(sql)).rows);

const idOf = ({ messageId }: { readonly messageId: string }) => messageId;

/** The version of this release, and the one after it. */
const latest = '5';
const later = '6';

const versionsOf = (schema: string) => run(`SELECT value FROM ${schema}.auxilio_meta WHERE name = 'schema-version'`);

const setVersion = (schema: string, value: string) => run(`UPDATE ${schema}.auxilio_meta SET value = '${value}'`);

/** A step that the test makes. */
const planted = (schema: string, version: number, sql: string) => ({
  version,
  sql: `${sql}; UPDATE ${schema}.auxilio_meta SET value = '${version}' WHERE name = 'schema-version'`,
});

/** Prepares the tables of a schema as a store does that has those steps. */
async function upgraded(schema: string, steps: readonly PostgresMigration[], migrating = true) {
  const timeouts = { connect: limits.waitMs, lock: limits.waitMs, statement: limits.waitMs, answer: limits.waitMs };
  const source = ownPool({ connectionString: server().connectionString }, timeouts);
  try {
    const database = createDatabase(source, timeouts);
    await prepareTables(database, createSql(quoteSchema(schema)), { schema, steps }, migrating);
  } finally {
    await source.close();
  }
}

describe('the tables', () => {
  it('are made once by eight stores that start at once, each with connections of its own', async () => {
    for (let round = 0; round < 5; round++) {
      const schema = freshSchema();
      const stores = Array.from({ length: 8 }, () => opened(schema));
      await Promise.all(
        stores.map((store, n) => (n % 2 === 0 ? store.migrate() : store.appendToStream('a', [event(n)]))),
      );
      expect(await versionsOf(schema)).toEqual([{ value: latest }]);
      expect(await idsOf(stores[0]!, 'a')).toHaveLength(4);
      await Promise.all(stores.map((store) => store.close()));
    }
  });

  it('are made in the schema auxilio unless another is named, and two schemas are two stores', async () => {
    const store = openedPostgres({ connectionString: server().connectionString });
    await store.appendToStream('a', events(1));
    expect(await versionsOf('auxilio')).toEqual([{ value: latest }]);
    const other = opened('Other');
    await other.appendToStream('a', [event(1, { other: true })]);
    expect((await store.readFeed()).map(({ text }) => text)).not.toEqual(
      (await other.readFeed()).map(({ text }) => text),
    );
  });

  it('of a schema that holds tables of the host are made beside them', async () => {
    const schema = freshSchema();
    await run(`CREATE SCHEMA ${schema}; CREATE TABLE ${schema}.events (x int); CREATE TABLE ${schema}.meta (x int)`);
    await opened(schema).appendToStream('a', events(1));
  });

  it('are made by the host who runs the statements', async () => {
    const schema = freshSchema();
    for (const { sql } of postgresMigrations({ schema })) await run(sql);
    const store = opened(schema, { migrate: false });
    await store.appendToStream('a', events(1));
    await store.migrate();
    expect(await idsOf(store, 'a')).toEqual(['event-1']);
    expect(postgresMigrations().map(({ version }) => version)).toEqual([4, 5]);
    expect(() => postgresMigrations({ schema: '"; DROP' })).toThrowError(storeError('invalid'));
  });

  it('are asked for where the host makes them and has not', async () => {
    const schema = freshSchema();
    const store = opened(schema, { migrate: false });
    for (const call of [store.readStream('a'), store.appendToStream('a', events(1)), store.readFeed()]) {
      await expect(call).rejects.toEqual(storeError('unavailable'));
      await expect(call).rejects.toThrow(`no tables in the schema ${schema}`);
    }
    await store.migrate();
    await store.appendToStream('a', events(1));
  });

  it.each(['1', '2', '3'])(
    'of version %s, which was never published, are refused with what to do, and lose nothing',
    async (old) => {
      const schema = freshSchema();
      await opened(schema).appendToStream('a', events(1));
      await setVersion(schema, old);
      for (const migrate of [true, false]) {
        const refused = opened(schema, { migrate }).readStream('a');
        await expect(refused).rejects.toEqual(storeError('unavailable'));
        await expect(refused).rejects.toThrow('export the events with the version that wrote them, and import them');
      }
      await setVersion(schema, latest);
      expect(await idsOf(opened(schema), 'a')).toEqual(['event-1']);
    },
  );

  it('of version 4 are upgraded under a release that goes on with its functions, whose checkpoints stay good', async () => {
    const schema = freshSchema();
    const [first] = postgresMigrations({ schema });
    await run(first!.sql);
    const append = (n: number) =>
      run(
        `SELECT outcome FROM ${schema}.auxilio_append('a', NULL, NULL, '{event-${n}}', '{"{}"}', '{}', '{}', '{}', '5000')`,
      );
    const move = (expected: number, cursor: string) =>
      run(
        `SELECT moved FROM ${schema}.auxilio_move('c', ${expected}, '${cursor}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', 1, '5000')`,
      );
    const places = () =>
      run(`SELECT lpad(xid::text, 19, '0') || '-' || lpad(position::text, 19, '0') AS place
      FROM ${schema}.auxilio_events ORDER BY xid`) as Promise<{ place: string }[]>;
    for (const n of [1, 2]) await append(n);
    await move(0, (await places())[0]!.place);
    const store = opened(schema);
    expect((await store.readFeed({ after: (await store.readCheckpoint('c')).cursor })).map(idOf)).toEqual(['event-2']);
    await append(3);
    const [, second, third] = await store.readFeed();
    await store.commitCheckpoint('c', { expected: 1, cursor: second!.cursor });
    expect(await move(2, (await places())[2]!.place)).toEqual([{ moved: true }]);
    const { cursor, revision } = await store.readCheckpoint('c');
    expect([placeOf(cursor), revision]).toEqual([placeOf(third!.cursor), 3]);
    await append(4);
    expect((await store.readFeed({ after: cursor })).map(idOf)).toEqual(['event-4']);
    expect((await store.readFeed({ after: (await places())[2]!.place })).map(idOf)).toEqual(['event-4']);
  });

  it('take each pending step once and in order, also when several stores begin at once', async () => {
    const schema = freshSchema();
    await opened(schema).appendToStream('a', events(1));
    const steps = [
      ...postgresMigrations({ schema }),
      planted(schema, 6, `CREATE TABLE ${schema}.auxilio_later (n int)`),
      planted(schema, 7, `INSERT INTO ${schema}.auxilio_later VALUES (6)`),
    ];
    await upgraded(schema, steps.slice(0, 3));
    expect(await versionsOf(schema)).toEqual([{ value: '6' }]);
    await Promise.all(Array.from({ length: 4 }, () => upgraded(schema, steps)));
    expect(await versionsOf(schema)).toEqual([{ value: '7' }]);
    expect(await run(`SELECT n FROM ${schema}.auxilio_later`)).toEqual([{ n: 6 }]);
    await expect(opened(schema).readStream('a')).rejects.toEqual(storeError('newer-schema'));
    await expect(upgraded(schema, [...steps, planted(schema, 8, '')], false)).rejects.toThrow(
      'The tables have version 7',
    );
  });

  it('are as they were where a step was interrupted, which is repeated as a whole', async () => {
    const schema = freshSchema();
    await opened(schema).appendToStream('a', events(1));
    const create = `CREATE TABLE ${schema}.auxilio_later (n int)`;
    const steps = (sql: string) => [...postgresMigrations({ schema }), planted(schema, 6, sql)];
    await expect(upgraded(schema, steps(`${create}; SELECT 1 / 0`))).rejects.toThrow('division by zero');
    expect(await versionsOf(schema)).toEqual([{ value: latest }]);
    expect(await idsOf(opened(schema), 'a')).toEqual(['event-1']);
    await upgraded(schema, steps(create));
    expect(await versionsOf(schema)).toEqual([{ value: '6' }]);
  });

  it('that are gone are unavailable, and are not made anew behind the back of a store', async () => {
    const schema = freshSchema();
    const store = opened(schema);
    await store.appendToStream('a', events(1));
    await run(`DROP SCHEMA ${schema} CASCADE`);
    await expect(store.readStream('a')).rejects.toEqual(storeError('unavailable'));
    await expect(store.appendToStream('a', events(2))).rejects.toEqual(storeError('unavailable'));
  });

  it('of a later release are left as they are', async () => {
    const schema = freshSchema();
    await opened(schema).migrate();
    await setVersion(schema, later);
    for (const migrate of [true, false]) {
      await expect(opened(schema, { migrate }).readStream('a')).rejects.toEqual(storeError('newer-schema'));
    }
    await expect(opened(schema).migrate()).rejects.toEqual(storeError('newer-schema'));
    expect(await versionsOf(schema)).toEqual([{ value: later }]);
  });

  it.each(['', 'x', '0', '1.5'])('whose version is %j are corrupt', async (value) => {
    const schema = freshSchema();
    await opened(schema).migrate();
    await setVersion(schema, value);
    await expect(opened(schema).readStream('a')).rejects.toEqual(storeError('corrupt'));
  });

  it('that could not be made are made when the next call can', async () => {
    const schema = freshSchema();
    await run(`CREATE ROLE ${schema} LOGIN PASSWORD 'x'`);
    const { host, port, database } = server();
    const store = openedPostgres({ connection: { host, port, database, user: schema, password: 'x' }, schema });
    await expect(store.appendToStream('a', events(1))).rejects.toEqual(storeError('unavailable'));
    await run(`CREATE SCHEMA ${schema} AUTHORIZATION ${schema}`);
    await store.appendToStream('a', events(1));
  });

  it('are used by a role that may do no more than it needs', async () => {
    const schema = freshSchema();
    await opened(schema).appendToStream('a', events(1));
    await run(`CREATE ROLE ${schema} LOGIN PASSWORD 'x'; GRANT USAGE ON SCHEMA ${schema} TO ${schema};
      GRANT SELECT ON ALL TABLES IN SCHEMA ${schema} TO ${schema};
      GRANT INSERT ON ${schema}.auxilio_events, ${schema}.auxilio_names TO ${schema};
      GRANT INSERT, UPDATE, DELETE ON ${schema}.auxilio_rows, ${schema}.auxilio_checkpoints, ${schema}.auxilio_parked,
        ${schema}.auxilio_generations TO ${schema}`);
    const { host, port, database } = server();
    const store = openedPostgres({ connection: { host, port, database, user: schema, password: 'x' }, schema });
    const rows = [{ projection: 'p', key: 'k', body: {} }];
    await store.appendToStream('ñ'.repeat(1000), events(2), { rows });
    const park = [{ streamName: 'a', from: 1n, reason: '' }];
    await store.commitCheckpoint('p', { expected: 0, cursor: null, rows, park });
    await store.reset('p');
    expect(await store.readFeed()).toHaveLength(2);
  });

  it('are read by looking up, not by reading all of them, also in a session that began when they were small', async () => {
    const schema = freshSchema();
    const pool = hostPool(server(), { max: 1 });
    const store = openedPostgres({ pool, schema });
    const rows = [
      { projection: 'p', key: 'k', body: {} },
      { projection: 'p', key: 'l', body: null },
    ];
    for (let n = 0; n < 20; n++) await store.appendToStream(`s-${n}`, [event(3 * n), event(3 * n + 1)], { rows });
    const scans = async () => {
      await pool.query('SELECT pg_stat_force_next_flush()');
      const { rows: found } = await pool.query(
        `SELECT sum(seq_scan)::int AS scans FROM pg_stat_user_tables WHERE schemaname = $1 AND relname NOT IN ('auxilio_meta', 'auxilio_epochs')`,
        [schema],
      );
      return found[0].scans as number;
    };
    const before = await scans();
    for (let n = 20; n < 60; n++) await store.appendToStream(`s-${n}`, [event(3 * n), event(3 * n + 1)], { rows });
    expect(await scans()).toBe(before);
  });
});

describe('a database', () => {
  it.each(['LATIN1', 'SQL_ASCII'])('of encoding %s is refused', async (encoding) => {
    const name = encoding.toLowerCase();
    await run(`CREATE DATABASE ${name} ENCODING '${encoding}' TEMPLATE template0 LOCALE 'C'`);
    const { host, port, user, password } = server();
    const store = openedPostgres({ connection: { host, port, user, password, database: name } });
    await expect(store.readStream('a')).rejects.toEqual(storeError('unavailable'));
    await expect(store.readStream('a')).rejects.toThrow(`The encoding of the database is ${encoding}`);
  });

  it('keeps what was acknowledged though it is told not to wait for its disk', async () => {
    const lags = async (synchronous: boolean) => {
      const schema = freshSchema();
      const pool = hostPool(server(), { max: 1, options: '-c synchronous_commit=off' });
      const store = openedPostgres({ pool, schema });
      await store.appendToStream('a', events(1));
      if (synchronous) await store.appendToStream('a', events(2));
      else await pool.query(`INSERT INTO ${schema}.auxilio_meta VALUES ('host', 'not waiting')`);
      const { rows } = await pool.query(
        'SELECT (pg_current_wal_insert_lsn() - pg_current_wal_flush_lsn())::int AS lag',
      );
      return rows[0].lag as number;
    };
    // Where all is flushed to the end of a page, the next record comes after the header of a page, 40 bytes at most.
    expect(await lags(true)).toBeLessThanOrEqual(40);
    expect(await lags(false)).toBeGreaterThan(40);
  });
});

describe('events that are ahead of their server, as after a restore from a dump', () => {
  /** Makes the events of the schema seem to come from a server that was at a later transaction. */
  const moveAhead = (schema: string) =>
    run(`ALTER TABLE ${schema}.auxilio_events DISABLE TRIGGER auxilio_events_kept;
      UPDATE ${schema}.auxilio_events SET xid = xid + 5000000000;
      ALTER TABLE ${schema}.auxilio_events ENABLE ALWAYS TRIGGER auxilio_events_kept;
      UPDATE ${schema}.auxilio_checkpoints SET cursor = lpad((split_part(cursor, '-', 1)::bigint + 5000000000)::text, 19, '0')
        || '-' || split_part(cursor, '-', 2)`);

  it('are refused, with what to do; after it the feed goes on where each consumer was', async () => {
    const schema = freshSchema();
    const before = opened(schema);
    for (const n of [1, 2, 3]) await before.appendToStream(`s-${n}`, events(n));
    const [, second] = await before.readFeed();
    await before.commitCheckpoint('c', { expected: 0, cursor: second!.cursor });
    await before.close();
    await moveAhead(schema);

    const store = opened(schema);
    for (const call of [store.readFeed(), store.appendToStream('s-1', events(4)), store.readStream('s-1')]) {
      await expect(call).rejects.toEqual(storeError('corrupt'));
      await expect(call).rejects.toThrow(`SELECT "${schema}".auxilio_realign()`);
    }
    for (const _ of [1, 2]) await run(`SELECT "${schema}".auxilio_realign()`);

    for (const n of [4, 5]) await store.appendToStream(`s-${n - 3}`, events(n));
    const fed = await store.readFeed();
    expect(fed.map(({ messageId }) => messageId)).toEqual([1, 2, 3, 4, 5].map((n) => `event-${n}`));
    expect(fed.map(({ cursor }) => cursor)).toEqual(fed.map(({ cursor }) => cursor).sort());
    const { cursor } = await store.readCheckpoint('c');
    expect((await store.readFeed({ after: cursor })).map(({ messageId }) => messageId)).toEqual([
      'event-3',
      'event-4',
      'event-5',
    ]);
  });

  it('are noticed by the next append of a store that was open before they came', async () => {
    const schema = freshSchema();
    const store = opened(schema);
    for (const n of [1, 2]) await store.appendToStream('a', events(n));
    await moveAhead(schema);
    for (const stream of ['a', 'b']) {
      await expect(store.appendToStream(stream, events(3))).rejects.toEqual(storeError('corrupt'));
      await expect(store.appendToStream(stream, events(3))).rejects.toThrow(`SELECT "${schema}".auxilio_realign()`);
    }
    await run(`SELECT "${schema}".auxilio_realign()`);
    await store.appendToStream('a', events(3));
    const fed = await store.readFeed();
    expect(fed.map(({ streamPosition }) => streamPosition)).toEqual([1n, 2n, 3n]);
  });

  it('are those of no store that was never elsewhere, whoever writes at that moment', async () => {
    const schema = freshSchema();
    const writer = opened(schema);
    await writer.migrate();
    let done = false;
    const writing = (async () => {
      for (let n = 0; n < 60; n++) await writer.appendToStream(`s-${n}`, [event(n)]);
      done = true;
    })();
    while (!done) {
      const store = postgresStore({ connectionString: server().connectionString, schema });
      await store.readFeed();
      await store.close();
    }
    await writing;
  });
});
