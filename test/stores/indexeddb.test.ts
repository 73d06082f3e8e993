import 'fake-indexeddb/auto';
import { describe } from 'vitest';
import { indexedDbHost } from './indexeddb-host.ts';
import { allBut, conforms } from './suite.ts';

describe('the store in IndexedDB', () => {
  // A crash, other processes and events that are changed are tested in Chromium.
  conforms(indexedDbHost(allBut('held', 'crash', 'processes', 'immutability')));
});
