import { describe, expect, it } from 'vitest';
import { events, idsOf } from './cases.ts';
import { storeError } from './files.ts';
import { beside, freshSchema, holdAppend } from './postgres-host.ts';
import { hostPool, openedPostgres, serverOfFile, storesOn } from './postgres-server.ts';

const server = serverOfFile({ fsync: 'off' });

const { opened, schemaOfOne } = storesOn(server);

describe('a database that takes no more', () => {
  it('where a transaction may only read, can be read and refuses to be written', async () => {
    const schema = await schemaOfOne();
    const pool = hostPool(server(), { options: '-c default_transaction_read_only=on' });
    const store = openedPostgres({ pool, schema });
    expect(await idsOf(store, 'a')).toEqual(['event-1']);
    expect(await store.readFeed()).toHaveLength(1);
    const move = { expected: 0, cursor: null };
    await expect(store.appendToStream('a', events(2))).rejects.toEqual(storeError('read-only'));
    await expect(store.commitCheckpoint('c', move)).rejects.toEqual(storeError('read-only'));
    await expect(store.commitCheckpoint('c', { ...move, effect: () => {} })).rejects.toEqual(storeError('read-only'));
    await expect(store.reset('c')).rejects.toEqual(storeError('read-only'));
    expect(await store.appendToStream('a', events(1))).toMatchObject({ repeated: true });
    await expect(openedPostgres({ pool, schema: freshSchema() }).readStream('a')).rejects.toEqual(
      storeError('read-only'),
    );
  });

  it('that refuses an event in the middle of a batch keeps none of the batch', async () => {
    const schema = await schemaOfOne();
    await refuse(schema, 'P0001', `NEW.event_id = 'event-3'`);
    const store = opened(schema);
    await expect(store.appendToStream('a', events(2, 3, 4))).rejects.toThrow('the host refuses');
    expect(await idsOf(store, 'a')).toEqual(['event-1']);
    await store.appendToStream('a', events(2), { expectedStreamVersion: 1n });
  });

  it.each([
    ['53100', 'full'],
    ['53200', 'unavailable'],
    ['42501', 'unavailable'],
    ['57014', 'busy'],
    ['55P03', 'busy'],
    ['25006', 'read-only'],
    ['22003', 'invalid'],
    ['54000', 'invalid'],
    ['XX001', 'corrupt'],
    ['57P01', 'io'],
    ['08006', 'io'],
  ])('speaks of SQLSTATE %s as %s', async (code, kind) => {
    const schema = await schemaOfOne();
    await refuse(schema, code);
    const store = opened(schema);
    await expect(store.appendToStream('a', events(2))).rejects.toEqual(storeError(kind));
    expect(await idsOf(store, 'a')).toEqual(['event-1']);
  });

  it('where the role may not do it is unavailable', async () => {
    const schema = await schemaOfOne();
    await beside(server(), (client) =>
      client.query(`CREATE ROLE reads_only LOGIN PASSWORD 'x'; GRANT USAGE ON SCHEMA ${schema} TO reads_only;
        GRANT SELECT ON ALL TABLES IN SCHEMA ${schema} TO reads_only`),
    );
    const { host, port, database } = server();
    const connection = { host, port, database, user: 'reads_only', password: 'x' };
    const store = openedPostgres({ connection, schema });
    expect(await idsOf(store, 'a')).toEqual(['event-1']);
    await expect(store.appendToStream('a', events(2))).rejects.toEqual(storeError('unavailable'));
    const other = openedPostgres({ connection, schema: freshSchema() });
    await expect(other.readStream('a')).rejects.toEqual(storeError('unavailable'));
  });

  /** A trigger of the host that refuses new events. */
  async function refuse(schema: string, code: string, when = 'true'): Promise<void> {
    await beside(server(), (client) =>
      client.query(`CREATE FUNCTION ${schema}.refuse() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'the host refuses' USING ERRCODE = '${code}'; END $$;
        CREATE TRIGGER refuse BEFORE INSERT ON ${schema}.auxilio_events FOR EACH ROW WHEN (${when})
        EXECUTE FUNCTION ${schema}.refuse()`),
    );
  }
});

describe('another who writes', () => {
  it('to the same stream is waited for until the time is up; nothing was written', async () => {
    const schema = await schemaOfOne();
    const store = opened(schema, { lockTimeoutMs: 50 });
    const held = await holdAppend(server(), schema, 'a', events(9));
    await expect(store.appendToStream('a', events(2))).rejects.toMatchObject({
      kind: 'busy',
      cause: { code: '55P03' },
    });
    await store.appendToStream('b', events(3));
    await held.commit();
    expect(await idsOf(store, 'a')).toEqual(['event-1', 'event-9']);
    await store.appendToStream('a', events(2), { expectedStreamVersion: 2n });
  });

  it('is waited for and then seen', async () => {
    const schema = await schemaOfOne();
    const store = opened(schema);
    const held = await holdAppend(server(), schema, 'a', events(9));
    // Awaited before it fails: a failure while the commit is pending would be an unhandled rejection.
    const late = expect(store.appendToStream('a', events(2), { expectedStreamVersion: 1n })).rejects.toMatchObject({
      code: 'version-conflict',
      expected: 1n,
    });
    const patient = store.appendToStream('a', events(3));
    await held.commit();
    await late;
    expect((await patient).nextExpectedStreamVersion).toBe(3n);
  });

  it('of the same consumer is waited for until the time is up', async () => {
    const schema = await schemaOfOne();
    const store = opened(schema, { lockTimeoutMs: 50 });
    let go = () => {};
    const gate = new Promise<void>((resolve) => {
      go = resolve;
    });
    let begun = () => {};
    const inEffect = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const effect = () => {
      begun();
      return gate;
    };
    const first = store.commitCheckpoint('c', { expected: 0, cursor: null, effect });
    await inEffect;
    const late = { kind: 'busy', cause: { code: '55P03' } };
    await expect(store.commitCheckpoint('c', { expected: 0, cursor: null })).rejects.toMatchObject(late);
    await expect(store.reset('c')).rejects.toMatchObject(late);
    go();
    await first;
    expect((await store.readCheckpoint('c')).revision).toBe(1);
  });

  it('for longer than a statement may take: busy too', async () => {
    const schema = await schemaOfOne();
    const store = opened(schema, { lockTimeoutMs: 0, statementTimeoutMs: 2_000 });
    const held = await holdAppend(server(), schema, 'a', events(9));
    await expect(store.appendToStream('a', events(2))).rejects.toEqual(storeError('busy'));
    await held.rollback();
    expect(await idsOf(store, 'a')).toEqual(['event-1']);
  });

  it('for longer than an answer may take: in doubt, and the same again is there once', async () => {
    const schema = await schemaOfOne();
    const connection = { connectionString: server().connectionString, max: 1 };
    const patience = { lockTimeoutMs: 0, statementTimeoutMs: 0, responseTimeoutMs: 5_000 };
    const store = openedPostgres({ connection, schema, ...patience });
    const held = await holdAppend(server(), schema, 'a', events(9));
    await expect(store.appendToStream('a', events(2))).rejects.toEqual(storeError('io'));
    expect(await idsOf(store, 'a')).toEqual(['event-1']); // the connection that still waits is given up
    await held.commit();
    await opened(schema).appendToStream('a', events(2));
    expect(await idsOf(store, 'a')).toEqual(['event-1', 'event-9', 'event-2']);
  });

  it('a read is busy when the tables stay locked until the time is up', async () => {
    const schema = await schemaOfOne();
    const store = opened(schema, { statementTimeoutMs: 2_000 });
    await beside(server(), async (client) => {
      await client.query(`BEGIN; LOCK TABLE ${schema}.auxilio_events IN ACCESS EXCLUSIVE MODE`);
      await expect(store.readStream('a')).rejects.toEqual(storeError('busy'));
      await client.query('ROLLBACK');
    });
    expect(await idsOf(store, 'a')).toEqual(['event-1']);
  });
});
