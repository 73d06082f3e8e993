import { describe } from 'vitest';
import { postgresStore } from '../../src/stores/postgres/index.ts';
import { freshSchema, postgresHost } from './postgres-host.ts';
import { hostPool, serverOfFile } from './postgres-server.ts';
import { conforms } from './suite.ts';

const server = serverOfFile({ fsync: 'off' });

describe('the Postgres store', () => {
  conforms(postgresHost(server));
});

describe('in a pool of the host whose transactions are serializable', () => {
  conforms({
    capabilities: ['expectations', 'conflicts', 'racing', 'idempotency', 'feed', 'rows', 'consumers', 'effects'],
    open: () => {
      const options = '-c default_transaction_isolation=serializable';
      const store = postgresStore({ pool: hostPool(server(), { options }), schema: freshSchema() });
      return { store, close: store.close };
    },
  });
});
