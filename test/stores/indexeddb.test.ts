import 'fake-indexeddb/auto';
import { describe } from 'vitest';
import { indexedDbHost } from './indexeddb-host.ts';
import { allBut, conforms } from './suite.ts';

describe('the store in IndexedDB', () => {
  // A crash, other processes and events that are changed are tested in Chromium. A browser restores no copy of a database.
  conforms(indexedDbHost(allBut('held', 'copies', 'crash', 'processes', 'immutability')));
});
