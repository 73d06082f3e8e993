/**
 * A process of four writers appends to a PostgreSQL server, and is killed with SIGKILL at any moment; another one goes on
 * with the batches whose fate is unknown. In the end nothing acknowledged may be lost, moved or doubled, and nothing else be
 * there.
 */
import { postgresStore } from 'auxilio/postgres';
import { startPostgres } from '../../test/support/postgres.ts';
import type { Campaign } from './campaign.ts';
import { killedWriters } from './killed-writers.ts';
import { untilQuiet } from './postgres-work.ts';
import { bundled, streamsOf } from './support.ts';

export const killPostgres: Campaign = {
  name: 'kill-postgres',
  says: 'SIGKILL while a process appends to PostgreSQL',
  short: 30,
  long: 300,
  async run({ rounds, random }) {
    const server = await startPostgres();
    const { connectionString } = server;
    const store = postgresStore({ connectionString });
    try {
      const script = await bundled('writer-postgres.ts');
      const kills = {
        rounds,
        afterMs: () => 100 * random(),
        streams: () => untilQuiet(server).then(() => streamsOf(store)),
      };
      return await killedWriters(script, connectionString, kills);
    } finally {
      await store.close();
      await server.stop();
    }
  },
};
