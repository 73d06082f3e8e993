import { setTimeout as pause } from 'node:timers/promises';
import { postgresStore } from 'auxilio/postgres';
import { type PostgresServer, startPostgres } from '../../test/support/postgres.ts';
import type { Campaign } from './campaign.ts';
import { asked, workUnder } from './postgres-work.ts';

/** The server is stopped, stopped at once, or loses one of its processes, in the middle of transactions. */
export const restartPostgres: Campaign = {
  name: 'restart-postgres',
  says: 'PostgreSQL is stopped, stopped at once and crashes while four append and one follows',
  short: 9,
  long: 150,
  async run({ rounds, random }) {
    const server = await startPostgres();
    const store = postgresStore({ connectionString: server.connectionString });
    try {
      return await workUnder(server, store, rounds, async (n) => {
        await pause(50 + 200 * random());
        await strikes[n % strikes.length]?.(server);
      });
    } finally {
      await store.close();
      await server.stop();
    }
  },
};

const restarted = (how: 'fast' | 'immediate') => async (server: PostgresServer) => {
  await server.down(how);
  await server.up();
};

/** Kills a process of the server that works for the store: the server drops all others and recovers. */
async function crashed(server: PostgresServer): Promise<void> {
  const [one] = await asked(server, `SELECT pid FROM pg_stat_activity WHERE application_name = 'auxilio' LIMIT 1`);
  if (one !== undefined) process.kill(Number(one.pid), 'SIGKILL');
}

const strikes = [restarted('immediate'), restarted('fast'), crashed];
