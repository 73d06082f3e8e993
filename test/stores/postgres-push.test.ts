/** Processes on one Postgres are told of each other's appends. */
import pg from 'pg';
import { expect, it } from 'vitest';
import { subscribe } from '../../src/service.ts';
import { assign, breach, serviceOn } from '../service/fixture.ts';
import { beside, freshSchema } from './postgres-host.ts';
import { following, LISTENERS, NEVER_MS, pushOn, wait } from './postgres-push-host.ts';
import { hostPool, openedPostgres, serverOfFile } from './postgres-server.ts';

const server = serverOfFile({ fsync: 'off' });
const { opened, untilListening } = pushOn(server);

it('a subscription handles what another process appends, and what its own does, though it never polls', async () => {
  const schema = freshSchema();
  const [writer, reader] = [opened(schema), opened(schema)];
  await serviceOn(writer).handle(assign);
  const { got } = following(reader, { pollMs: NEVER_MS });
  await expect.poll(() => got, wait).toHaveLength(1);
  await untilListening();
  for (let n = 2; n < 16; n++) {
    await serviceOn(n < 12 ? writer : reader).handle(breach(n));
    await expect.poll(() => got, wait).toHaveLength(n);
  }
});

it('a connection that is lost while it listens is made again, and nothing is missed', async () => {
  const schema = freshSchema();
  const [writer, reader] = [opened(schema), opened(schema)];
  const { handle } = serviceOn(writer);
  const { got } = following(reader, { pollMs: 50 });
  await handle(assign);
  for (let n = 2; n < 6; n++) {
    await untilListening();
    await beside(server(), (client) => client.query(`SELECT pg_terminate_backend(pid) FROM (${LISTENERS}) AS one`));
    await handle(breach(n));
    await expect.poll(() => got, wait).toHaveLength(n);
  }
});

it('an event that an open transaction holds back is handled once that has ended', async () => {
  const schema = freshSchema();
  const store = opened(schema);
  const { handle } = serviceOn(store);
  await handle(assign);
  const { got } = following(store, { pollMs: 20 });
  await expect.poll(() => got, wait).toHaveLength(1);
  await beside(server(), async (client) => {
    await client.query('BEGIN');
    await client.query('SELECT pg_current_xact_id()');
    await handle(breach(1));
    await beside(server(), (other) => other.query('SELECT 1'));
    expect(got).toHaveLength(1);
    await client.query('ROLLBACK');
  });
  await expect.poll(() => got, wait).toHaveLength(2);
});

it.each(['passes on no message', 'makes no connection beside it'])('a pool that %s is polled', async (what) => {
  const schema = freshSchema();
  const writer = opened(schema);
  await writer.migrate();
  const pool = hostPool(server());
  class Deaf extends pg.Client {
    override on(event: string, listener: (...given: never[]) => void) {
      return event === 'notification' ? this : super.on(event as never, listener as never);
    }
  }
  const ofOtherMake = {
    connect: pool.connect.bind(pool) as never,
    on: pool.on.bind(pool) as never,
    off: pool.off.bind(pool) as never,
    ending: false,
    ...(what === 'passes on no message' && { Client: Deaf, options: pool.options }),
  };
  const reader = openedPostgres({ pool: ofOtherMake, schema });
  const { got } = following(reader, { pollMs: 20 });
  for (let n = 1; n < 4; n++) {
    await serviceOn(writer).handle(n === 1 ? assign : breach(n));
    await expect.poll(() => got, wait).toHaveLength(n);
  }
});

it('closing the store ends its subscriptions with an error, and its connections', async () => {
  const store = opened(freshSchema());
  await store.migrate();
  const ending = new AbortController();
  const ended = subscribe({
    ...{ store, consumer: 'reader', handle: () => undefined, pollMs: NEVER_MS },
    signal: ending.signal,
  });
  const rejected = expect(ended).rejects.toMatchObject({ code: 'store-closed' });
  await untilListening();
  await store.close();
  await rejected;
  await untilListening(0);
});

it('a store that is closed right after an append has told the others', async () => {
  const schema = freshSchema();
  const reader = opened(schema);
  await reader.migrate();
  const { got } = following(reader, { pollMs: NEVER_MS });
  await untilListening();
  const writer = opened(schema);
  await serviceOn(writer).handle(assign);
  await serviceOn(writer).handle(breach(1));
  await writer.close();
  await expect.poll(() => got, wait).toHaveLength(2);
});

it('the last listener that leaves ends the connection; a message of another schema wakes nobody', async () => {
  const [one, two] = [opened(freshSchema()), opened(freshSchema())];
  await Promise.all([one.migrate(), two.migrate()]);
  let woken = 0;
  const stop = one.listen?.(() => void woken++, NEVER_MS);
  await untilListening();
  await expect.poll(() => woken, wait).toBe(1);
  await serviceOn(two).handle(assign);
  await serviceOn(one).handle(assign);
  await expect.poll(() => woken, wait).toBe(2);
  stop?.();
  await untilListening(0);
});
