import { describe } from 'vitest';
import { postgresHost } from './postgres-host.ts';
import { serverOfFile } from './postgres-server.ts';
import { allBut, conforms } from './suite.ts';

const server = serverOfFile({ fsync: 'off' });

describe('the Postgres store', () => {
  conforms({ ...postgresHost(server), capabilities: allBut('copies') }); // postgres-copies.test.ts has those
});
