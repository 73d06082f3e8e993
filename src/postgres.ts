/** Event store and key store in PostgreSQL: `auxilio/postgres`. Many processes may share the database. Needs pg. */

export * from './stores/exports.ts';
export type { ActiveKey, KeyStore, StoredKey } from './stores/key-store.ts';
export type { PostgresTransaction } from './stores/postgres/consumer-state.ts';
export { postgresHardening } from './stores/postgres/hardening.ts';
export type { PostgresHost } from './stores/postgres/hosts.ts';
export { type PostgresKeyStore, postgresKeyMigrations, postgresKeyStore } from './stores/postgres/key-store.ts';
export type { PostgresStoreOptions } from './stores/postgres/options.ts';
export type { PostgresAnswer, PostgresClient, PostgresConnection, PostgresPool } from './stores/postgres/pool.ts';
export type { PostgresMigration } from './stores/postgres/schema.ts';
export { postgresMigrations } from './stores/postgres/schema.ts';
export { type PostgresStore, postgresStore } from './stores/postgres/store.ts';
