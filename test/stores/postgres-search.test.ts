import { describe, it } from 'vitest';
import { findsWhatTheLogsSay, simulated } from '../service/searched-visits.ts';
import { freshSchema } from './postgres-host.ts';
import { openedPostgres, serverOfFile } from './postgres-server.ts';

const server = serverOfFile({ fsync: 'off' });
const opened = () => openedPostgres({ connectionString: server().connectionString, schema: freshSchema() });

describe('the search, on Postgres', () => {
  it('finds the same by rows that are written as events come, rows that are rebuilt, and a scan of the logs', async () => {
    await findsWhatTheLogsSay(opened() as never, simulated(4));
  });
});
