/** `auxilio/memory`: the suites of both stores. */
import { copyMemoryStore, memoryReplicaStore, memoryStore } from 'auxilio/memory';
import { replicaStoreConformance, storeCapabilities, storeConformance } from 'auxilio/testing';
import { runCases } from './support.ts';

const others = ['held', 'transactions', 'handles', 'reopen', 'crash', 'processes', 'immutability'];

export async function check(): Promise<string> {
  const capabilities = storeCapabilities.filter((one) => !others.includes(one));
  const { cases } = storeConformance({
    capabilities,
    open: () => ({ store: memoryStore() }),
    copy: ({ store }) => ({ store: copyMemoryStore(store) }),
  });
  const events = await runCases(cases);
  const replicas = await runCases(replicaStoreConformance({ open: () => ({ store: memoryReplicaStore() }) }).cases);
  return `${events} cases of events, ${replicas} of a replica`;
}
