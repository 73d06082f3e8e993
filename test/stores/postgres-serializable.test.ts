import { describe } from 'vitest';
import { patientStore } from './patient-store.ts';
import { freshSchema } from './postgres-host.ts';
import { hostPool, serverOfFile } from './postgres-server.ts';
import { conforms } from './suite.ts';

const server = serverOfFile({ fsync: 'off' });

describe('the Postgres store in a pool of the host whose transactions are serializable', () => {
  conforms({
    capabilities: ['expectations', 'conflicts', 'racing', 'idempotency', 'feed', 'rows', 'consumers', 'effects'],
    open: () => {
      const options = '-c default_transaction_isolation=serializable';
      const store = patientStore({ pool: hostPool(server(), { options }), schema: freshSchema() });
      return { store, close: store.close };
    },
  });
});
