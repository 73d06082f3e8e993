import 'fake-indexeddb/auto';
import { indexedDbStore } from 'auxilio/indexeddb';
import { describe, it, onTestFinished } from 'vitest';
import { findsWhatTheLogsSay, simulated } from '../service/searched-visits.ts';
import { newName } from './indexeddb-host.ts';

describe('the search, in IndexedDB', () => {
  it('finds the same by rows that are written as events come, rows that are rebuilt, and a scan of the logs', async () => {
    const store = indexedDbStore({ name: newName() });
    onTestFinished(() => store.close());
    await findsWhatTheLogsSay(store as never, simulated(3));
  });
});
