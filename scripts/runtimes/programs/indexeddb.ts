/** `auxilio/indexeddb`: the suite of the store of a replica, and events that are stored and read again. */
import { indexedDbReplicaStore, indexedDbStore } from 'auxilio/indexeddb';
import { createService } from 'auxilio/service';
import { replicaStoreConformance, simulate } from 'auxilio/testing';
import { ensureEqual, runCases } from './support.ts';

export async function check(): Promise<string> {
  let names = 0;
  const open = (name = `replica-${++names}`) => ({ name, store: indexedDbReplicaStore({ name }) });
  const suite = replicaStoreConformance({ open: () => open(), again: ({ name }) => open(name).store });
  const cases = await runCases(suite.cases);
  const store = indexedDbStore({ name: 'events' });
  const service = createService({ store });
  for (const { commands } of simulate({ visits: 5, seed: 38 }))
    for (const command of commands) await service.handle(command);
  await store.close();
  const again = indexedDbStore({ name: 'events' });
  const other = createService({ store: again });
  let events = 0;
  for (const { visitId, state } of simulate({ visits: 5, seed: 38 })) {
    const loaded = await other.load(visitId);
    ensureEqual(loaded.state.phase, state.phase, 'the phase of a visit that was stored');
    events += loaded.events.length;
  }
  await again.close();
  return `${cases} cases of a replica, ${events} events`;
}
