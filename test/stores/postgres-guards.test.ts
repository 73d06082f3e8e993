import type { StoreCapability } from 'auxilio/testing';
import { describe, expect, it } from 'vitest';
import { postgresHardening, postgresMigrations, postgresStore } from '../../src/postgres.ts';
import { event, events, idsOf } from './cases.ts';
import { storeError } from './files.ts';
import { beside, freshSchema, postgresHost } from './postgres-host.ts';
import { openedPostgres, serverOfFile, storesOn } from './postgres-server.ts';
import { conforms } from './suite.ts';

const server = serverOfFile({ fsync: 'off' });
const { opened } = storesOn(server);

const run = (sql: string) => beside(server(), async (client) => (await client.query(sql)).rows);

/** As a role that can log in with the password `x`. */
const runAs = (user: string, sql: string) =>
  beside({ ...server(), connectionString: connectionAs(user) }, (client) => client.query(sql));

function connectionAs(user: string): string {
  const url = new URL(server().connectionString);
  url.username = user;
  url.password = 'x';
  return String(url);
}

const roleNamed = (name: string) => run(`CREATE ROLE "${name}" LOGIN PASSWORD 'x'`);

/** Functions that fit the calls of the stored functions more closely than those of the catalog. */
const PLANTED = [
  'cardinality(a text[]) RETURNS integer',
  'cardinality(a bigint[]) RETURNS integer',
  'hashtextextended(a text, b integer) RETURNS bigint',
  'set_config(a text, b text, c text) RETURNS text',
  'format(a text, b bigint) RETURNS text',
  'format(a text, b text) RETURNS text',
  'greatest(a bigint, b bigint) RETURNS bigint',
  'pg_advisory_xact_lock(a integer) RETURNS void',
  'unnest(a text[]) RETURNS text',
  'starts_with(a name, b text) RETURNS boolean',
  'currval(a text) RETURNS bigint',
];

const planted = PLANTED.map(
  (signature) => `CREATE OR REPLACE FUNCTION public.${signature} LANGUAGE plpgsql AS $$ BEGIN
    RAISE EXCEPTION 'planted: ran as % (%)', current_user, 'public.${signature.split(' ')[0]}'; END $$`,
).join(';');

/** Operators that fit operands which those of the catalog fit only after a cast. */
const operators = `DO $$ DECLARE
  o text; l text; r text; n int := 0;
BEGIN
  FOREACH o IN ARRAY '{*,+,-,&,=,<,>,>=,||}'::text[] LOOP
    FOREACH l IN ARRAY '{numeric,bigint,integer,double precision,text,name,xid,interval}'::text[] LOOP
      FOREACH r IN ARRAY '{numeric,bigint,integer,double precision,text,name,xid}'::text[] LOOP
        n := n + 1;
        CONTINUE WHEN EXISTS (SELECT FROM pg_operator WHERE oprname = o AND oprnamespace = 'pg_catalog'::regnamespace
          AND oprleft = l::regtype AND oprright = r::regtype);
        EXECUTE format('CREATE FUNCTION public.operator_%s(a %s, b %s) RETURNS %s LANGUAGE plpgsql AS %L', n, l, r,
          CASE WHEN o IN ('=', '<', '>', '>=') THEN 'boolean' ELSE l END,
          format('BEGIN RAISE EXCEPTION ''planted: %s %s %s''; END', l, o, r));
        EXECUTE format('CREATE OPERATOR public.%s (LEFTARG = %s, RIGHTARG = %s, FUNCTION = public.operator_%s)', o, l, r, n);
      END LOOP;
    END LOOP;
  END LOOP;
END $$`;

describe('functions that a role planted in a schema of the search path', () => {
  const rows = [{ projection: 'p', key: 'ñ'.repeat(1000), body: {} }];

  it('never run: the store and its owner look for names in the catalog alone', async () => {
    const schema = freshSchema();
    await roleNamed(`planter_${schema}`);
    await run(`GRANT CREATE ON SCHEMA public TO planter_${schema}`);
    await runAs(`planter_${schema}`, planted);
    await expect(run(`SELECT cardinality('{a}'::text[])`)).rejects.toThrow('planted: ran as');

    const store = opened(schema);
    await store.appendToStream('a', events(1, 2), { rows });
    await store.appendToStream('a', events(3), { expectedStreamVersion: 2n, expectedLastEventId: 'event-2' });
    const park = [{ streamName: 'a', from: 1n, reason: '' }];
    await store.commitCheckpoint('p', { expected: 0, cursor: null, rows, park, unpark: ['b'] });
    await store.reset('p');
    expect(await store.readFeed()).toHaveLength(3);
    expect(await idsOf(store, 'a')).toHaveLength(3);
    await run(`SELECT ${schema}.auxilio_realign()`);
    const later = freshSchema();
    await opened(later).migrate();
    await run(postgresHardening({ schema, role: `planter_${schema}` }));
    await run(`DROP OWNED BY planter_${schema}`);
  });

  it('never run as operators either, whatever is asked of the store', async () => {
    const schema = freshSchema();
    await roleNamed(`planter_${schema}`);
    await run(`GRANT CREATE ON SCHEMA public TO planter_${schema}`);
    await runAs(`planter_${schema}`, operators);
    await expect(run('SELECT 1.5 * 2::integer')).rejects.toThrow('planted: numeric * integer');

    const store = opened(schema);
    await store.appendToStream('a', events(1, 2), { rows });
    const held = await beside(server(), async (client) => {
      await client.query('BEGIN; SELECT pg_current_xact_id()');
      await store.appendToStream('a', events(3), { expectedStreamVersion: 2n, expectedLastEventId: 'event-2' });
      return store.readLag(null);
    });
    expect(held).toMatchObject({ events: 3, held: { events: 1, ageMs: expect.any(Number) } });
    await store.readStream('a', { from: 2n, maxCount: 1n });
    const [first] = await store.readFeed({ streamName: 'a', fromVersion: 2n });
    await store.startGeneration('p', 'building');
    await store.commitCheckpoint('building', { expected: 1, cursor: first!.cursor, rows });
    await store.promoteGeneration('p', { builder: 'building', expected: 2, current: 0 });
    expect(await store.readRows('p')).toHaveLength(1);
    await run(`SELECT ${schema}.auxilio_realign()`);
    await opened(freshSchema()).migrate();
    await run(postgresHardening({ schema, role: `planter_${schema}` }));
    await run(`DROP OWNED BY planter_${schema}`);
  });

  it('are not looked for: each function of the tables has a search path of its own, also after a realignment', async () => {
    const schema = freshSchema();
    await opened(schema).appendToStream('a', events(1));
    await run(`SELECT ${schema}.auxilio_realign()`);
    const open = await run(`SELECT p.oid::regprocedure::text AS name FROM pg_proc p
      WHERE p.pronamespace = '${schema}'::regnamespace
        AND NOT coalesce(p.proconfig @> '{"search_path=pg_catalog, pg_temp"}', false)`);
    expect(open).toEqual([]);
    expect(await run(`SELECT FROM pg_proc WHERE pronamespace = '${schema}'::regnamespace`)).not.toHaveLength(0);
  });
});

describe('an event that is inserted by hand', () => {
  const xid = (s: string) => `pg_current_xact_id()::text::bigint + ${s}.auxilio_xid_offset()`;
  const insert = (s: string, own: { xid?: string; version?: number; position?: string }) =>
    `INSERT INTO ${s}.auxilio_events (xid, stream, version, event_id, body${own.position ? ', position' : ''})
      ${own.position ? 'OVERRIDING SYSTEM VALUE' : ''}
      VALUES (${own.xid ?? xid(s)}, 'a', ${own.version ?? 3}, 'by-hand', '{}'${own.position ? `, ${own.position}` : ''})`;

  it('leaves no gap, and carries its own transaction and the next position', async () => {
    const schema = freshSchema();
    const store = opened(schema);
    await store.appendToStream('a', events(1, 2));
    const refused = [
      { version: 4 },
      { version: 2 },
      { version: 1 },
      { version: 2 ** 40 },
      { xid: '5000000000' },
      { xid: '1' },
      { xid: 'NULL' },
      { position: '9000000000' },
      { position: '-5' },
    ];
    for (const own of refused) await expect(run(insert(schema, own)), JSON.stringify(own)).rejects.toThrow();
    await run(insert(schema, {}));
    await store.appendToStream('a', events(4), { expectedStreamVersion: 3n, expectedLastEventId: 'by-hand' });
    expect((await store.readFeed()).map(({ streamPosition }) => streamPosition)).toEqual([1n, 2n, 3n, 4n]);
  });

  it('is of no earlier transaction than the event before it, which the global stream would show after it', async () => {
    const schema = freshSchema();
    await opened(schema).appendToStream('a', events(1, 2));
    await beside(server(), async (client) => {
      await client.query('BEGIN; SELECT pg_current_xact_id()');
      await run(insert(schema, {}));
      const later = insert(schema, { version: 4 }).replace('by-hand', 'of-an-earlier-transaction');
      await expect(client.query(later)).rejects.toThrow('one after the other');
    });
  });

  it('is refused with a gap to the role of the docs, too', async () => {
    const schema = freshSchema();
    await opened(schema).appendToStream('a', events(1, 2));
    await roleNamed(schema);
    await run(`GRANT USAGE ON SCHEMA ${schema} TO ${schema}; GRANT INSERT ON ${schema}.auxilio_events TO ${schema}`);
    await expect(runAs(schema, insert(schema, { version: 9 }))).rejects.toThrow('one after the other');
    await expect(runAs(schema, insert(schema, { xid: '5000000000' }))).rejects.toThrow('its own transaction');
    await runAs(schema, insert(schema, {})); // and needs to read nothing for it
  });
});

describe('a hardened store', () => {
  const role = `auxilio's "app" \\ ñ`;
  const direct = (s: string) => [
    `INSERT INTO ${s}.auxilio_events (xid, stream, version, event_id, body) VALUES (1, 'a', 4, 'new', '{}')`,
    `INSERT INTO ${s}.auxilio_events (xid, stream, version, event_id, body)
      VALUES (pg_current_xact_id()::text::bigint, 'a', 4, 'new', '{}')`,
    `UPDATE ${s}.auxilio_events SET body = '{}'`,
    `DELETE FROM ${s}.auxilio_events`,
    `TRUNCATE ${s}.auxilio_events`,
    `ALTER TABLE ${s}.auxilio_events DISABLE TRIGGER auxilio_events_kept`,
    `INSERT INTO ${s}.auxilio_names VALUES ('x', 'y')`,
    `UPDATE ${s}.auxilio_meta SET value = '9'`,
    `INSERT INTO ${s}.auxilio_rows VALUES ('p', 'k', '{}')`,
    `DELETE FROM ${s}.auxilio_checkpoints`,
    `CREATE TABLE ${s}.mine (x int)`,
    `CREATE FUNCTION ${s}.auxilio_mine() RETURNS int LANGUAGE sql AS 'SELECT 1'`,
    `SELECT ${s}.auxilio_realign()`,
    `SELECT ${s}.auxilio_write_rows('{p}', '{k}', '{null}')`,
  ];
  let made: Promise<unknown> | undefined;

  /** Tables of the owner, and a store that connects as the role. */
  async function hardened(schema = freshSchema(), isNew = true) {
    made ??= run(`CREATE ROLE "${role.replaceAll('"', '""')}" LOGIN PASSWORD 'x'`);
    await made;
    if (isNew) {
      const owner = postgresStore({ connectionString: server().connectionString, schema });
      await owner.migrate();
      await owner.close();
      await run(postgresHardening({ schema, role }));
    }
    const store = postgresStore({ connectionString: connectionAs(role), schema, migrate: false });
    return { schema, store, close: store.close };
  }

  const host = postgresHost(server);
  const capabilities: StoreCapability[] = [
    ...(['expectations', 'conflicts', 'lastEventId', 'names', 'refusals', 'idempotency', 'stored'] as const),
    ...(['feed', 'held', 'rows', 'consumers', 'effects', 'handles', 'reopen', 'immutability'] as const),
  ];

  conforms({
    capabilities,
    open: () => hardened(),
    second: ({ schema }) => hardened(schema, false),
    reopen: ({ schema }) => hardened(schema, false),
    hold: host.hold,
    tamper: ({ schema }) => Object.fromEntries(direct(schema).map((sql) => [sql, () => runAs(role, sql)])),
  });

  it('refuses each direct write for want of a right, and an effect still writes to tables of its own', async () => {
    const { schema, store, close } = await hardened();
    await store.appendToStream('a', events(1, 2, 3));
    for (const sql of direct(schema)) {
      await expect(runAs(role, sql), sql).rejects.toMatchObject({ code: '42501' });
    }
    await run(`CREATE TABLE public.notes_${schema} (x int); GRANT INSERT ON public.notes_${schema} TO PUBLIC`);
    const effect = (transaction: { query(text: string): Promise<unknown> }) =>
      transaction.query(`INSERT INTO public.notes_${schema} VALUES (1)`);
    await store.commitCheckpoint('c', { expected: 0, cursor: null, effect });
    expect(await run(`SELECT x FROM public.notes_${schema}`)).toEqual([{ x: 1 }]);
    await close();
  });

  it('is made again after an upgrade, and refuses a role that may do all', async () => {
    const { schema, store, close } = await hardened();
    await run(postgresHardening({ schema, role }));
    await store.appendToStream('a', [event(1)]);
    const { user } = server();
    await expect(run(postgresHardening({ schema, role: user }))).rejects.toThrow('may do all that the owner');
    await close();
  });

  const ways: [string, (schema: string, role: string, group: string) => string][] = [
    ['a group that it is in', (s, _, group) => `GRANT INSERT ON ${s}.auxilio_events TO ${group}`],
    ['a group, for a column', (s, _, group) => `GRANT UPDATE (body) ON ${s}.auxilio_rows TO ${group}`],
    ['a group, for the schema', (s, _, group) => `GRANT CREATE ON SCHEMA ${s} TO ${group}`],
    [
      'a group whose rights it has after SET ROLE alone',
      (s, of, group) => `ALTER ROLE ${of} NOINHERIT; GRANT DELETE ON ${s}.auxilio_parked TO ${group}`,
    ],
    [
      'another who may grant it',
      (s, of, group) => `REVOKE ${group} FROM ${of}; GRANT USAGE ON SCHEMA ${s} TO ${group};
        GRANT INSERT ON ${s}.auxilio_events TO ${group} WITH GRANT OPTION;
        SET ROLE ${group}; GRANT INSERT ON ${s}.auxilio_events TO ${of}; RESET ROLE`,
    ],
    ['the role of those who write all', (_, of) => `GRANT pg_write_all_data TO ${of}`],
  ];

  it.each(ways)('is not made for a role that has a right to write from %s', async (_, given) => {
    const schema = freshSchema();
    const [app, group] = [`app_${schema}`, `group_${schema}`];
    await opened(schema).migrate();
    await run(`CREATE ROLE ${app} LOGIN PASSWORD 'x'; CREATE ROLE ${group}; GRANT ${group} TO ${app}`);
    await run(postgresHardening({ schema, role: app }));
    await run(given(schema, app, group));
    await expect(run(postgresHardening({ schema, role: app }))).rejects.toThrow(`the role ${app} may still`);
  });

  it.each(['', 'a\0b', '$auxilio$', 7 as never])('is not made for the role %j', (name) => {
    expect(() => postgresHardening({ role: name })).toThrowError(storeError('invalid'));
  });
});

describe('a schema that Postgres keeps for itself', () => {
  it.each(['pg_evil', 'pg_catalog', 'pg_'])('is refused at once: %s', (schema) => {
    expect(() => openedPostgres({ connectionString: server().connectionString, schema })).toThrowError(
      storeError('invalid'),
    );
    expect(() => postgresMigrations({ schema })).toThrowError(storeError('invalid'));
  });
});
