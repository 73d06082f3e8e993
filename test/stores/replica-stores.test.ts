import 'fake-indexeddb/auto';
import { indexedDbReplicaStore } from 'auxilio/indexeddb';
import { memoryReplicaStore } from 'auxilio/memory';
import { sqliteReplicaStore } from 'auxilio/sqlite';
import { describe, it } from 'vitest';
import type { ReplicaStore } from '../../src/stores/replica-store.ts';
import { temporaryFile } from './files.ts';
import { newName } from './indexeddb-host.ts';
import { onReplicaPlace, replicaStoreCases } from './replica-store-cases.ts';

/** For each place, a way to open it again and again. */
const places: Readonly<Record<string, () => () => ReplicaStore>> = {
  memory: () => memoryReplicaStore,
  'a SQLite file': () => {
    const file = temporaryFile();
    return () => sqliteReplicaStore({ file });
  },
  IndexedDB: () => {
    const name = newName();
    return () => indexedDbReplicaStore({ name });
  },
};

describe.each(Object.entries(places))('the store of a replica in %s', (kind, place) => {
  const cases = replicaStoreCases.filter(({ shared }) => kind !== 'memory' || !shared);
  it.each(cases)('$name', ({ run }) => onReplicaPlace(place(), run));
});
