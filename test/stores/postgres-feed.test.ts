import pg from 'pg';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { FeedEvent, PostgresStore } from '../../src/postgres.ts';
import { event, events } from './cases.ts';
import { storeError } from './files.ts';
import { beside, freshSchema, holdAppend } from './postgres-host.ts';
import { openedPostgres, serverOfFile } from './postgres-server.ts';

const server = serverOfFile({ fsync: 'off' });

async function fresh(): Promise<{ schema: string; store: PostgresStore }> {
  const schema = freshSchema();
  const store = openedPostgres({ connectionString: server().connectionString, schema });
  await store.migrate();
  return { schema, store };
}

const shown = (fed: readonly FeedEvent[]) => fed.map(({ messageId }) => messageId);

const after = async (store: PostgresStore, fed: readonly FeedEvent[], maxCount = 500) =>
  store.readFeed({ after: fed.at(-1)?.cursor ?? null, maxCount });

/** A foreign transaction that stays open until the test ends or releases it. */
async function somebody(sql: string, database = server().database) {
  const { host, port, user, password } = server();
  const client = new pg.Client({ host, port, user, password, database });
  await client.connect();
  await client.query('BEGIN');
  await client.query(sql);
  const end = () => client.end();
  onTestFinished(end);
  return { end };
}

describe('the feed', () => {
  it('passes over nothing that is committed late, which whoever reads by position never sees', async () => {
    const { schema, store } = await fresh();
    const naive: string[] = [];
    let position = '0';
    const readByPosition = () =>
      beside(server(), async (client) => {
        const { rows } = await client.query(
          `SELECT position, event_id FROM ${schema}.auxilio_events WHERE position > $1 ORDER BY position`,
          [position],
        );
        position = rows.at(-1)?.position ?? position;
        naive.push(...rows.map(({ event_id }) => event_id));
      });

    const slow = await holdAppend(server(), schema, 'slow', events(1));
    const undone = await holdAppend(server(), schema, 'undone', events(2));
    await store.appendToStream('quick', events(3));
    const fed = await store.readFeed();
    await readByPosition();
    expect([shown(fed), naive]).toEqual([[], ['event-3']]);
    await undone.rollback();
    await slow.commit();
    await store.appendToStream('quick', events(4));
    fed.push(...(await after(store, fed)));
    await readByPosition();
    expect(shown(fed)).toEqual(['event-1', 'event-3', 'event-4']);
    expect(naive).toEqual(['event-3', 'event-4']);
  });

  it('shows what is acknowledged as soon as what began before it has ended, and not what began after it', async () => {
    const { schema, store } = await fresh();
    await store.appendToStream('a', events(1));
    expect(shown(await store.readFeed())).toEqual(['event-1']);
    const before = await holdAppend(server(), schema, 'b', events(2));
    await store.appendToStream('a', events(3));
    const later = await holdAppend(server(), schema, 'c', events(4));
    expect(shown(await store.readFeed())).toEqual(['event-1']);
    await before.commit();
    expect(shown(await store.readFeed())).toEqual(['event-1', 'event-2', 'event-3']);
    await later.rollback();
    expect(shown(await store.readFeed())).toEqual(['event-1', 'event-2', 'event-3']);
  });

  it('waits for whoever wrote anything on the server, in another database too, and for nobody who only reads', async () => {
    const { store } = await fresh();
    await beside(server(), (client) => client.query('CREATE DATABASE elsewhere'));
    await store.appendToStream('a', events(1));
    await somebody('SELECT count(*) FROM pg_class');
    expect(shown(await store.readFeed())).toEqual(['event-1']);
    const writers = [
      await somebody('CREATE TABLE held (x int)'),
      await somebody('CREATE TABLE held (x int)', 'elsewhere'),
    ];
    await store.appendToStream('a', events(2));
    for (const writer of writers) {
      expect(shown(await store.readFeed())).toEqual(['event-1']);
      await writer.end();
    }
    await expect.poll(async () => shown(await store.readFeed())).toEqual(['event-1', 'event-2']);
  });

  it('shows a batch in its order, and a stream in the order of its versions', async () => {
    const { store } = await fresh();
    const numbers = Array.from({ length: 300 }, (_, n) => n);
    await store.appendToStream(
      'a',
      numbers.map((n) => event(n)),
    );
    await store.appendToStream('a', events(1000));
    const fed: FeedEvent[] = [];
    for (let page = await after(store, fed, 7); page.length > 0; page = await after(store, fed, 7)) fed.push(...page);
    expect(fed.map(({ streamPosition }) => streamPosition)).toEqual([...numbers, 300].map((n) => BigInt(n + 1)));
  });

  it('is complete for subscriptions, while slow, undone and quick appends end in any order', async () => {
    const { schema, store } = await fresh();
    const other = openedPostgres({ connectionString: server().connectionString, schema });
    const committed = new Set<string>();
    const dice = random(20261125);
    let next = 1;
    let writing = true;
    const writer = async (n: number) => {
      for (let round = 0; round < 12; round++) {
        const id = next++;
        if (dice() < 0.4) {
          const held = await holdAppend(server(), schema, `held-${n}-${round}`, events(id));
          await turns(dice() * 20);
          if (dice() < 0.3) await held.rollback();
          else {
            committed.add(`event-${id}`);
            await held.commit();
          }
        } else {
          await [store, other][n % 2]!.appendToStream(dice() < 0.5 ? 'shared' : `own-${n}`, events(id));
          committed.add(`event-${id}`);
        }
      }
    };
    const subscription = async (source: PostgresStore, maxCount: number) => {
      const fed: FeedEvent[] = [];
      for (let last = false; !last; ) {
        last = !writing;
        for (
          let page = await after(source, fed, maxCount);
          page.length > 0;
          page = await after(source, fed, maxCount)
        ) {
          fed.push(...page);
        }
        await turns(2);
      }
      return fed;
    };
    const following = [subscription(store, 3), subscription(other, 500)];
    await Promise.all([0, 1, 2, 3, 4, 5].map(writer));
    writing = false;
    const all = await store.readFeed({ maxCount: 10_000 });
    expect(shown(all).sort()).toEqual([...committed].sort());
    for (const fed of await Promise.all(following)) expect(fed).toEqual(all);
    for (const stream of new Set(all.map(({ streamName }) => streamName))) {
      const versions = all.filter(({ streamName }) => streamName === stream).map((one) => one.streamPosition);
      expect(versions).toEqual(versions.map((_, n) => BigInt(n + 1)));
    }
  });

  it('can be read where the server is a standby or may only be read', async () => {
    const { schema, store } = await fresh();
    await store.appendToStream('a', events(1));
    const connection = { connectionString: server().connectionString, options: '-c default_transaction_read_only=on' };
    const reader = openedPostgres({ connection, schema });
    expect(await reader.readFeed()).toEqual(await store.readFeed());
  });

  it('of another store has other places, which are refused', async () => {
    const { store } = await fresh();
    await expect(store.readFeed({ after: '0000000000000000001' })).rejects.toEqual(storeError('invalid'));
  });

  it('is not shown in the order of its versions if an append did not begin its transaction: that is refused', async () => {
    const { schema } = await fresh();
    const append = beside(server(), async (client) => {
      await client.query('BEGIN; SELECT pg_current_xact_id()');
      await client.query(`SELECT ${schema}.auxilio_add('a', NULL, NULL, '{x}', '{"{}"}', '{}', '{}', '{}', '5000')`);
    });
    await expect(append).rejects.toThrow('an append begins its transaction');
  });
});

/** Numbers from 0 up to 1 that are the same in each run (mulberry32). */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const turns = (durationMs: number) => new Promise((resolve) => setTimeout(resolve, durationMs));
