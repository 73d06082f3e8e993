import { describe, expect, it } from 'vitest';
import { type PostgresStoreOptions, postgresStore } from '../../src/postgres.ts';
import { storeError } from './files.ts';
import { freshSchema } from './postgres-host.ts';
import { openedPostgres, serverOfFile, storesOn } from './postgres-server.ts';

const server = serverOfFile({ fsync: 'off' });

const { opened, schemaOfOne } = storesOn(server);

describe('hostile names', () => {
  const long = (n: number) =>
    Array.from({ length: n }, (_, k) => ((k * 2_654_435_761) % 2 ** 32).toString(36)).join('ñ');

  it.each([
    ["'; DROP TABLE auxilio_events; --", '\u0000', '\ud800', '\\#', '$auxilio$'],
    [long(100), long(1000), `${long(1000)}x`, long(20_000), `\\#${'0'.repeat(64)}`],
  ])('are streams, ids, consumers, projections and keys of their own: %#', async (...names) => {
    const store = openedPostgres({ connectionString: server().connectionString, schema: freshSchema() });
    for (const [n, name] of names.entries()) {
      const batch = [{ type: 'T', data: { n }, metadata: { eventId: name } }];
      const rows = names.map((key) => ({ projection: name, key, body: { n, key } }));
      expect(await store.appendToStream(name, batch, { rows })).toMatchObject({ repeated: false });
      expect(await store.appendToStream(name, batch)).toMatchObject({ repeated: true });
    }
    const feed = await store.readFeed();
    expect(feed.map(({ streamName, messageId }) => [streamName, messageId])).toEqual(names.map((name) => [name, name]));
    for (const name of names) {
      const rows = await store.readRows(name);
      expect(rows.map(({ key }) => key).sort()).toEqual([...names].sort());
      for (const { key, body } of rows) expect(body).toMatchObject({ key });
      const [first] = rows;
      expect(await store.readRows(name, { after: first!.key })).toEqual(rows.slice(1));
      const reasonOf = (name: string) => name.slice(0, 4096);
      const park = names.map((streamName) => ({ streamName, from: 1n, reason: reasonOf(streamName) }));
      await store.commitCheckpoint(name, { expected: 0, cursor: feed[0]!.cursor, park });
      const { parked } = await store.readCheckpoint(name);
      expect(parked.map(({ streamName, reason }) => [streamName, reason]).sort()).toEqual(
        names.map((one) => [one, reasonOf(one)]).sort(),
      );
      await store.commitCheckpoint(name, { expected: 1, cursor: feed[0]!.cursor, unpark: names });
      expect((await store.readCheckpoint(name)).parked).toEqual([]);
      await store.reset(name);
      expect(await store.readRows(name)).toEqual([]);
    }
  });

  it('a version that no column holds is refused', async () => {
    const store = opened(await schemaOfOne());
    const park = [{ streamName: 'a', from: 2n ** 63n, reason: '' }];
    await expect(store.commitCheckpoint('c', { expected: 0, cursor: null, park })).rejects.toEqual(
      storeError('invalid'),
    );
    await expect(store.readFeed({ after: '9999999999999999999-0000000000000000001' })).rejects.toEqual(
      storeError('invalid'),
    );
  });
});

describe('the options', () => {
  it.each([
    undefined,
    null,
    {},
    { connectionString: 7 },
    { pool: {} },
    { connection: null },
    ...['', 'a b', 'a"b', "a'b", '1a', 'x'.repeat(64), 7].map((schema) => ({ connection: {}, schema })),
    ...[-1, 1.5, Number.NaN, '50', 2 ** 31].flatMap((value) =>
      ['connectTimeoutMs', 'lockTimeoutMs', 'statementTimeoutMs', 'responseTimeoutMs'].map((name) => ({
        connection: {},
        [name]: value,
      })),
    ),
    { connection: {}, connectTimeoutMs: 0 },
    { connection: {}, responseTimeoutMs: 0 },
  ])('that are none are refused: %j', (options) => {
    expect(() => postgresStore(options as unknown as PostgresStoreOptions)).toThrowError(storeError('invalid'));
  });
});
