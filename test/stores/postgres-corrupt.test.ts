import { describe, expect, it } from 'vitest';
import { events } from './cases.ts';
import { storeError } from './files.ts';
import { beside, freshSchema } from './postgres-host.ts';
import { serverOfFile, storesOn } from './postgres-server.ts';

const server = serverOfFile({ fsync: 'off' });
const { opened } = storesOn(server);

const run = (sql: string) => beside(server(), async (client) => (await client.query(sql)).rows);

/** A store over tables of which something was changed by one who may do all. */
async function damaged(sql: (s: string) => string) {
  const schema = freshSchema();
  const store = opened(schema);
  await store.appendToStream('a', events(1, 2));
  await store.appendToStream('b', events(3));
  const park = [{ streamName: 'a', from: 1n, reason: 'none' }];
  const { cursor } = (await store.readFeed())[0]!;
  await store.commitCheckpoint('c', { expected: 0, cursor, park, rows: [{ projection: 'p', key: 'k', body: {} }] });
  await run(`ALTER TABLE ${schema}.auxilio_events DISABLE TRIGGER USER;
    ALTER TABLE ${schema}.auxilio_events ALTER body DROP NOT NULL, ALTER event_id DROP NOT NULL;
    ALTER TABLE ${schema}.auxilio_rows ALTER body DROP NOT NULL; ${sql(schema)}`);
  return store;
}

describe('a row that cannot be read is corrupt, at its place, and never another error', () => {
  const readings: Record<string, readonly [(s: string) => string, RegExp]> = {
    'a body of NULL': [
      (s) => `UPDATE ${s}.auxilio_events SET body = NULL WHERE event_id = 'event-2'`,
      /at \d+, version 2/,
    ],
    'an id of NULL': [
      (s) => `UPDATE ${s}.auxilio_events SET event_id = NULL WHERE event_id = 'event-2'`,
      /cannot be read/,
    ],
    'an id that is no name': [
      (s) => `UPDATE ${s}.auxilio_events SET event_id = 'a\\q' WHERE event_id = 'event-2'`,
      /at \d+, version 2/,
    ],
    'a missing version': [
      (s) => `DELETE FROM ${s}.auxilio_events WHERE event_id = 'event-1'`,
      /Version 1 .* is missing/,
    ],
    'a long id whose name is gone': [
      (s) => `UPDATE ${s}.auxilio_events SET event_id = '\\#${'0'.repeat(64)}' WHERE event_id = 'event-2'`,
      /long name/,
    ],
  };

  it.each(Object.entries(readings))('%s', async (_, [sql, place]) => {
    const store = await damaged(sql);
    const read = store.readStream('a');
    await expect(read).rejects.toEqual(storeError('corrupt'));
    await expect(read).rejects.toThrow(place);
    await expect(store.readStored('a', { to: 2n })).rejects.toEqual(storeError('corrupt'));
    expect((await store.readStream('b')).events).toHaveLength(1);
  });

  it('of the feed, its place said', async () => {
    const store = await damaged((s) => `UPDATE ${s}.auxilio_events SET stream = 'a\\q' WHERE event_id = 'event-3'`);
    await expect(store.readFeed()).rejects.toThrow(/The event at \d+, version 1 of its stream, cannot be read/);
    expect(await store.readFeed({ maxCount: 2 })).toHaveLength(2);
  });

  it.each([`NULL`, `'{"a":'`, `'[]'`, `'null'`, `''`])('of a projection: %s', async (body) => {
    const store = await damaged((s) => `UPDATE ${s}.auxilio_rows SET body = ${body}`);
    await expect(store.readRow('p', 'k')).rejects.toEqual(storeError('corrupt'));
    await expect(store.readRows('p')).rejects.toEqual(storeError('corrupt'));
  });

  it.each([
    `auxilio_checkpoints SET cursor = 'there'`,
    `auxilio_checkpoints SET revision = -1`,
    `auxilio_parked SET stream = 'a\\q'`,
    `auxilio_parked SET version = -1`,
  ])('of a consumer: %s', async (set) => {
    const store = await damaged((s) => `UPDATE ${s}.${set}`);
    await expect(store.readCheckpoint('c')).rejects.toEqual(storeError('corrupt'));
  });

  it('that an append comes upon by its id', async () => {
    const store = await damaged((s) => `UPDATE ${s}.auxilio_events SET body = NULL WHERE event_id = 'event-2'`);
    await expect(store.appendToStream('a', events(2))).rejects.toEqual(storeError('corrupt'));
  });
});

describe('tables that are not as this store made them', () => {
  const kinds = expect.stringMatching(/^store-(corrupt|unavailable)$/);

  it.each([
    `ALTER TABLE auxilio_events RENAME COLUMN body TO text`,
    `ALTER TABLE auxilio_events ADD COLUMN x int; UPDATE auxilio_events SET x = 1; ALTER TABLE auxilio_events ALTER x SET NOT NULL`,
    `ALTER TABLE auxilio_events ALTER COLUMN xid TYPE text USING xid::text`,
  ])('are refused, and nothing is written: %s', async (sql) => {
    const store = await damaged((s) => `SET search_path = ${s}; ${sql}`);
    await expect(store.appendToStream('a', events(9))).rejects.toMatchObject({ name: 'StoreError', code: kinds });
  });

  it.each([
    'CREATE TABLE auxilio_meta (x int)',
    'CREATE TABLE auxilio_meta (name text, value text)',
    'CREATE TABLE auxilio_events (x int)',
    `CREATE TABLE auxilio_meta (name text, value text); INSERT INTO auxilio_meta VALUES ('schema-version', '2')`,
    `CREATE TABLE auxilio_meta (name text, value text); INSERT INTO auxilio_meta VALUES ('schema-version', '1')`,
    `CREATE TABLE auxilio_meta (name text, value text); INSERT INTO auxilio_meta VALUES ('schema-version', NULL)`,
    'CREATE VIEW auxilio_meta AS SELECT 1 AS x',
    'CREATE SEQUENCE auxilio_meta',
  ])('are refused when the store is opened: %s', async (sql) => {
    const schema = freshSchema();
    await run(`CREATE SCHEMA ${schema}; SET search_path = ${schema}; ${sql}`);
    await expect(opened(schema).readStream('a')).rejects.toMatchObject({ name: 'StoreError', code: kinds });
    await expect(opened(schema).appendToStream('a', events(1))).rejects.toMatchObject({ code: kinds });
  });
});
