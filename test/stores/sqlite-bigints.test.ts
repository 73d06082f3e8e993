import { describe } from 'vitest';
import { databaseHost } from './sqlite-host.ts';
import { conforms } from './suite.ts';

describe('the SQLite store in a database of the host that reads integers as bigints', () => {
  conforms(databaseHost({ safeIntegers: true }));
});
