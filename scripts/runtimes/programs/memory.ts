/** `auxilio/memory`: the suites of both stores. */
import { memoryReplicaStore, memoryStore } from 'auxilio/memory';
import { replicaStoreConformance, storeCapabilities, storeConformance } from 'auxilio/testing';
import { runCases } from './support.ts';

const others = ['held', 'transactions', 'handles', 'reopen', 'crash', 'processes', 'immutability'];

export async function check(): Promise<string> {
  const capabilities = storeCapabilities.filter((one) => !others.includes(one));
  const events = await runCases(storeConformance({ capabilities, open: () => ({ store: memoryStore() }) }).cases);
  const replicas = await runCases(replicaStoreConformance({ open: () => ({ store: memoryReplicaStore() }) }).cases);
  return `${events} cases of events, ${replicas} of a replica`;
}
