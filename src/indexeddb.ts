/** Event store and store of a replica in IndexedDB: `auxilio/indexeddb`. For browsers; several tabs may share a database. */

export * from './stores/exports.ts';
export type { DeviceKey } from './stores/indexeddb/device-key.ts';
export type { IndexedDbTransaction } from './stores/indexeddb/driver.ts';
export { type JournalWorker, runJournalWorker } from './stores/indexeddb/journal.ts';
export {
  type IndexedDbOptions,
  type IndexedDbReplicaStoreOptions,
  type IndexedDbStore,
  indexedDbDeviceKey,
  indexedDbReplicaStore,
  indexedDbStore,
} from './stores/indexeddb/store.ts';
