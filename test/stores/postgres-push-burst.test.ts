/** Many commits and many subscriptions on one Postgres: each process gets a message, and looks once for all. */
import { expect, it } from 'vitest';
import { memoryStore } from '../../src/memory.ts';
import type { PostgresStore } from '../../src/postgres.ts';
import { assign, serviceOn } from '../service/fixture.ts';
import { limits } from '../support/limits.ts';
import { freshSchema } from './postgres-host.ts';
import { following, NEVER_MS, pushOn, wait } from './postgres-push-host.ts';
import { hostPool, openedPostgres, serverOfFile } from './postgres-server.ts';

const server = serverOfFile({ fsync: 'off' });
const { opened, untilListening } = pushOn(server);

const COMMITS = 5000;
const WRITERS = 20;

it('a burst of 5,000 commits of two processes is handled in both, each event once, though none polls', {
  timeout: 4 * limits.testMs,
}, async () => {
  const schema = freshSchema();
  const stores = [opened(schema), opened(schema)];
  const readers = stores.map((store, n) => following(store, { pollMs: NEVER_MS, consumer: `reader-${n}` }));
  await untilListening(2);
  const like = memoryStore();
  await serviceOn(like).handle(assign);
  const [stored] = await like.readStored('visit-visit-1');
  const { type, data } = JSON.parse(stored?.text ?? '');
  const write = async (store: PostgresStore, name: string) => {
    for (let n = 0; n < COMMITS / WRITERS; n++) await store.appendToStream(name, [{ type, data }]);
  };
  const writers = Array.from({ length: WRITERS }, (_, n) => write(stores[n % 2] as PostgresStore, `visit-${n}`));
  await Promise.all(writers);
  for (const { got } of readers) {
    await expect.poll(() => got.length, wait).toBe(COMMITS);
    expect(new Set(got).size).toBe(COMMITS);
  }
});

it('fifty subscriptions with nothing to do share one look at the global stream', async () => {
  const schema = freshSchema();
  const texts: string[] = [];
  const pool = hostPool(server());
  pool.on('connect', (client) => {
    const { query } = client;
    client.query = ((...given: never[]) => {
      texts.push((given[0] as unknown as { text?: string }).text ?? '');
      return (query as (...given: never[]) => unknown).apply(client, given);
    }) as never;
  });
  const store = openedPostgres({ pool, schema });
  await serviceOn(store).handle(assign);
  const handled = Array.from({ length: 50 }, (_, n) => following(store, { pollMs: 10, consumer: `board-${n}` }));
  await expect.poll(() => handled.every(({ got }) => got.length === 1), wait).toBe(true);
  const isLook = (text: string) => text.includes('AS is_held');
  // Each has read that there is no more.
  do {
    texts.length = 0;
    await expect.poll(() => texts.some(isLook), wait).toBe(true);
  } while (!texts.every(isLook));
  await expect.poll(() => texts.length, wait).toBeGreaterThan(2);
  expect(texts.every(isLook)).toBe(true);
});
