import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { mapDriverError } from '../../src/stores/sqlite/database.ts';
import { events } from './cases.ts';
import { opened, temporaryFile } from './files.ts';

/** The error that a call of SQLite becomes. */
function mapped(error: unknown): unknown {
  try {
    return mapDriverError(() => {
      throw error;
    });
  } catch (thrown) {
    return thrown;
  }
}

const failed = (code: unknown, message = 'why') => Object.assign(new Error(message), { code });

describe('an error of SQLite', () => {
  it.each([
    ['SQLITE_BUSY_SNAPSHOT', 'busy'],
    ['SQLITE_LOCKED_SHAREDCACHE', 'busy'],
    ['SQLITE_PROTOCOL', 'busy'],
    ['SQLITE_FULL', 'full'],
    ['SQLITE_READONLY_DBMOVED', 'read-only'],
    ['SQLITE_CANTOPEN', 'unavailable'],
    ['SQLITE_PERM', 'unavailable'],
    ['SQLITE_AUTH', 'unavailable'],
    ['SQLITE_IOERR_WRITE', 'io'],
    ['SQLITE_TOOBIG', 'invalid'],
    ['SQLITE_NOTADB', 'corrupt'],
    ['SQLITE_CORRUPT_INDEX', 'corrupt'],
    ['SQLITE_ERROR', 'corrupt'],
    ['SQLITE_CONSTRAINT_UNIQUE', 'corrupt'],
    ['SQLITE_MISMATCH', 'corrupt'],
    ['SQLITE_SCHEMA', 'corrupt'],
  ])('%s is %s, and says why', (code, kind) => {
    const cause = failed(code);
    expect(mapped(cause)).toMatchObject({ name: 'StoreError', kind, message: 'SQLite: why', cause });
  });

  it('of a trigger is corrupt where the store made it, and passes where the host did', () => {
    const own = failed('SQLITE_CONSTRAINT_TRIGGER', 'auxilio: events are never changed');
    expect(mapped(own)).toMatchObject({ kind: 'corrupt', cause: own });
    const ofHost = failed('SQLITE_CONSTRAINT_TRIGGER', 'no visits on Sundays, says auxilio: none');
    expect(mapped(ofHost)).toBe(ofHost);
  });

  it.each([
    failed('ENOENT'),
    failed('ENOENT', 'auxilio: none'),
    failed('X_SQLITE_BUSY'),
    failed(7),
    new TypeError('x'),
    'text',
  ])('is none, and passes: %s', (error) => {
    expect(mapped(error)).toBe(error);
  });
});

describe('the rows of a generation', () => {
  it('that was abandoned, or whose projection was reset, are no longer in the file', async () => {
    const file = temporaryFile();
    const store = opened({ file });
    await store.appendToStream('a', events(1));
    const [first] = await store.readFeed();
    const reader = new Database(file);
    const names = () => reader.prepare('SELECT projection FROM auxilio_rows ORDER BY projection').pluck().all();
    const build = async () => {
      await store.startGeneration('p', 'builder');
      const { revision: expected } = await store.readCheckpoint('builder');
      const rows = [{ projection: 'p', key: 'k', body: { name: 'Ana' }, generation: 'building' as const }];
      await store.commitCheckpoint('builder', { expected, cursor: first!.cursor, rows });
    };
    await build();
    expect(names()).toEqual(['\\g1:p']);
    await build();
    expect(names()).toEqual(['\\g2:p']);
    await store.reset('p');
    expect(names()).toEqual([]);
    reader.close();
  });
});
