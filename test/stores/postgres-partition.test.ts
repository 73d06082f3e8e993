import { expect, it, onTestFinished } from 'vitest';
import { postgresStore } from '../../src/postgres.ts';
import { startPostgres } from '../support/postgres.ts';
import { proxyTo } from './postgres-proxy.ts';

it('an effect that loses its connection writes nothing, and says so as the port does, whatever it throws', async () => {
  const server = await startPostgres();
  onTestFinished(() => server.stop());
  const proxy = await proxyTo(server);
  const store = postgresStore({ connectionString: proxy.connectionString, responseTimeoutMs: 5_000 });
  onTestFinished(() => store.close());
  await store.readCheckpoint('reader');
  const move = store.commitCheckpoint('reader', {
    expected: 0,
    cursor: null,
    effect: async ({ query }) => {
      proxy.freeze();
      await query('SELECT 1').catch(() => {
        throw new Error('no ink');
      });
    },
  });
  await expect(move).rejects.toMatchObject({ code: 'store-unavailable', cause: { message: 'no ink' } });
  const direct = postgresStore({ connectionString: server.connectionString });
  onTestFinished(() => direct.close());
  expect((await direct.readCheckpoint('reader')).revision).toBe(0);
});
