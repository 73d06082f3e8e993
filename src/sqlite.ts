/** Event store, store of a replica and key store in a SQLite file each: `auxilio/sqlite`. Several processes may share the file. */

export * from './stores/exports.ts';
export type { ActiveKey, KeyStore, StoredKey } from './stores/key-store.ts';
export type { SqliteDatabase, SqliteHostDatabase, SqliteStatement } from './stores/sqlite/adapters.ts';
export { backupSqliteStore, type SqliteBackup } from './stores/sqlite/backup.ts';
export type { SqliteSource } from './stores/sqlite/connection.ts';
export type { SqliteDriver } from './stores/sqlite/driver.ts';
export { type SqliteKeyStoreOptions, sqliteKeyStore } from './stores/sqlite/key-store.ts';
export {
  type SqliteReplicaStoreOptions,
  type SqliteStore,
  type SqliteStoreOptions,
  sqliteReplicaStore,
  sqliteStore,
} from './stores/sqlite/store.ts';
