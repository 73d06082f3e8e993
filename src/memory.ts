/** Event store in memory: `auxilio/memory`. For tests, examples and browsers; its data end with the process. */

export * from './stores/exports.ts';
export type { ActiveKey, KeyStore, StoredKey } from './stores/key-store.ts';
export { memoryKeyStore } from './stores/memory/key-store.ts';
export { memoryReplicaStore } from './stores/memory/replica-store.ts';
export { copyMemoryStore, type MemoryStore, memoryStore } from './stores/memory/store.ts';
