import { type PostgresStore, type PostgresStoreOptions, postgresStore } from '../../src/postgres.ts';
import { limits } from '../support/limits.ts';

/** A store that waits as long as a busy machine may need, unless a test says for how long. */
export const patientStore = (options: PostgresStoreOptions): PostgresStore =>
  postgresStore({
    ...{ connectTimeoutMs: limits.waitMs, lockTimeoutMs: limits.waitMs },
    ...{ statementTimeoutMs: limits.waitMs, responseTimeoutMs: limits.waitMs },
    ...options,
  });
