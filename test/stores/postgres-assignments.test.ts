import { describe, it } from 'vitest';
import { knowsAll } from '../service/assigned-visits.ts';
import { freshSchema } from './postgres-host.ts';
import { openedPostgres, serverOfFile } from './postgres-server.ts';

const server = serverOfFile({ fsync: 'off' });
const opened = () => openedPostgres({ connectionString: server().connectionString, schema: freshSchema() });

describe('the visits of each provider, on Postgres', () => {
  it('are all known to a phone at rest, as they stand for it', async () => {
    await knowsAll(opened as never, 8);
  });
});
