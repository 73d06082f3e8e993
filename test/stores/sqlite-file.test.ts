import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { backupSqliteStore, type SqliteDatabase, sqliteStore } from '../../src/sqlite.ts';
import { prepareDatabase } from '../../src/stores/sqlite/database.ts';
import { EVENT_TABLES } from '../../src/stores/sqlite/schema.ts';
import { event, events, idsOf } from './cases.ts';
import { fileOfThree, opened, storeError, temporaryDirectory, temporaryFile } from './files.ts';

describe('a file that is replaced while a store has it open', () => {
  const expected = { expectedStreamVersion: 2n, expectedLastEventId: 'event-2' };
  const ways: [string, string, (file: string, copy: string) => void][] = [
    ['by a backup that takes its name', ' was replaced', (file, copy) => renameSync(copy, file)],
    ['by nothing', ' was removed', (file) => rmSync(file)],
    ['in its log alone, which is deleted', '-wal was removed', (file) => rmSync(`${file}-wal`)],
    ['by a log of another', '-wal was replaced', (file, copy) => renameSync(copy, `${file}-wal`)],
  ];

  it.each(ways)('%s, is written to no more: nobody would find it there', async (_, became, replace) => {
    const file = await fileOfThree();
    const copy = `${file}.copy`;
    await backupSqliteStore(file, copy);
    const store = opened({ file });
    const host = new Database(file);
    const ofHost = opened({ database: host });
    for (const one of [store, ofHost]) await one.commitCheckpoint(`c-${one === store}`, { expected: 0, cursor: null });
    replace(file, copy);
    const later = performance.now() + 20;
    const clock = vi.spyOn(performance, 'now').mockReturnValue(later);
    onTestFinished(() => clock.mockRestore());
    for (const one of [store, ofHost]) {
      await expect(one.appendToStream('a', [event(4)], expected)).rejects.toEqual(storeError('unavailable'));
      await expect(one.appendToStream('a', events(4, 5))).rejects.toEqual(storeError('unavailable'));
      await expect(one.commitCheckpoint('d', { expected: 0, cursor: null })).rejects.toEqual(storeError('unavailable'));
      await expect(one.reset('d')).rejects.toThrow(
        `SQLite: ${file}${became} while it was open: nothing is written, open the store again`,
      );
    }
    // A store that is opened later on that connection would write there, too.
    await expect(opened({ database: host }).reset('d')).rejects.toEqual(storeError('unavailable'));
    host.close();
  });

  it('is not taken for replaced where others open and close it, or it has a relative name', async () => {
    const file = await fileOfThree();
    const store = opened({ file: relative(process.cwd(), file) });
    const cwd = process.cwd();
    try {
      process.chdir('/');
      for (const n of [4, 5, 6]) {
        const other = sqliteStore({ file });
        await other.appendToStream('c', [event(n)]);
        await other.close();
        await store.appendToStream('a', [event(n + 10)]);
      }
    } finally {
      process.chdir(cwd);
    }
    expect(await idsOf(store, 'a')).toHaveLength(5);
  });
});

describe('the rows of events', () => {
  const insert = (verb: string, values: string) =>
    `${verb} INTO auxilio_events (position, stream, version, event_id, body) VALUES (${values})`;
  const refused = {
    'an UPDATE': `UPDATE auxilio_events SET body = '{}'`,
    'an UPDATE of one row': 'UPDATE auxilio_events SET version = 9 WHERE position = 2',
    'a DELETE': 'DELETE FROM auxilio_events',
    'a DELETE of one row': 'DELETE FROM auxilio_events WHERE position = 1',
    'a REPLACE of a position': insert('REPLACE', `1, 'a', 3, 'new', '{}'`),
    'a REPLACE of a version': insert('REPLACE', `NULL, 'a', 1, 'new', '{}'`),
    'a REPLACE of an event id': insert('REPLACE', `NULL, 'a', 3, 'event-1', '{}'`),
    'an upsert': `${insert('INSERT', `NULL, 'a', 3, 'event-1', '{}'`)} ON CONFLICT (event_id) DO UPDATE SET body = '{}'`,
    'a version that leaves a gap': insert('INSERT', `NULL, 'a', 4, 'new', '{}'`),
    'a stream that does not begin at 1': insert('INSERT', `NULL, 'c', 2, 'new', '{}'`),
    'a version that is stored': insert('INSERT', `NULL, 'a', 2, 'new', '{}'`),
    'an event id that is stored': insert('INSERT', `NULL, 'a', 3, 'event-3', '{}'`),
    'a body that is no text': insert('INSERT', `NULL, 'a', 3, 'new', NULL`),
  };

  it.each(Object.entries(refused))('refuse %s, from any connection', async (_, sql) => {
    const file = await fileOfThree();
    const database = new Database(file);
    const rows = () => database.prepare('SELECT * FROM auxilio_events ORDER BY position').all();
    const before = rows();
    expect(() => database.exec(sql)).toThrowError(/auxilio|constraint/);
    expect(rows()).toEqual(before);
    database.close();
  });

  it('hold the text of the event, and plain names as they are', async () => {
    const file = temporaryFile();
    await opened({ file }).appendToStream('visit-1', [event(1, { a: 'ñ', b: [1] })]);
    const database = new Database(file);
    expect(database.prepare('SELECT * FROM auxilio_events').all()).toEqual([
      {
        position: 1,
        stream: 'visit-1',
        version: 1,
        event_id: 'event-1',
        body: '{"type":"Counted","data":{"a":"ñ","b":[1]},"metadata":{"eventId":"event-1"}}',
      },
    ]);
    database.close();
  });

  it('positions have no gaps, though appends were refused in between', async () => {
    const store = opened({ file: temporaryFile() });
    await store.appendToStream('a', events(1));
    await expect(store.appendToStream('a', events(2), { expectedStreamVersion: 9n })).rejects.toThrow();
    await expect(store.appendToStream('a', [event(1, {})])).rejects.toThrow();
    const { lastEventGlobalPosition } = await store.appendToStream('b', events(3));
    expect(lastEventGlobalPosition).toBe(2n);
  });
});

describe('the schema version', () => {
  const setVersion = (file: string, value: string) => {
    const database = new Database(file);
    database.prepare(`UPDATE auxilio_meta SET value = ? WHERE name = 'schema-version'`).run(value);
    database.close();
  };

  const versionIn = (database: Database.Database) =>
    database.prepare(`SELECT value FROM auxilio_meta WHERE name = 'schema-version'`).pluck().get();

  it('is a row', async () => {
    const database = new Database(await fileOfThree());
    expect(database.prepare('SELECT * FROM auxilio_meta').all()).toEqual([{ name: 'schema-version', value: '5' }]);
    database.close();
  });

  it('newer than this release, is refused, and the file can be opened again once it is not', async () => {
    const file = await fileOfThree();
    setVersion(file, '6');
    expect(() => sqliteStore({ file })).toThrowError(storeError('newer-schema'));
    setVersion(file, '5');
    expect(await idsOf(opened({ file }), 'a')).toEqual(['event-1', 'event-2']);
  });

  it.each(['0', '-1', '1.5', 'two', ''])('that is %j is corrupt', async (version) => {
    const file = await fileOfThree();
    setVersion(file, version);
    expect(() => sqliteStore({ file })).toThrowError(storeError('corrupt'));
    expect(() => sqliteStore({ file })).toThrow('The schema version is unreadable');
  });

  it.each(['1', '2', '3'])(
    '%s, which was never published, is refused with what to do, and loses nothing',
    async (version) => {
      const file = await fileOfThree();
      setVersion(file, version);
      expect(() => sqliteStore({ file })).toThrowError(storeError('unavailable'));
      expect(() => sqliteStore({ file })).toThrow(
        'export the events with the version that wrote them, and import them',
      );
      await expect(backupSqliteStore(file, `${file}.copy`)).rejects.toThrow('export the events');
      setVersion(file, '5');
      expect(await idsOf(opened({ file }), 'a')).toEqual(['event-1', 'event-2']);
    },
  );

  it('is raised by each step that the file has yet to take, in order, and the events stay', async () => {
    const file = await fileOfThree();
    const database = new Database(file);
    onTestFinished(() => void database.close());
    const steps = [
      ...EVENT_TABLES.steps,
      { version: 6, sql: 'CREATE TABLE auxilio_later (n INTEGER) STRICT' },
      { version: 7, sql: 'INSERT INTO auxilio_later VALUES (6); CREATE TABLE auxilio_last (n INTEGER) STRICT' },
    ];
    prepareDatabase(database, 0, { ...EVENT_TABLES, steps: steps.slice(0, 3) });
    expect(versionIn(database)).toBe('6');
    for (const _ of [1, 2]) prepareDatabase(database, 0, { ...EVENT_TABLES, steps });
    expect(versionIn(database)).toBe('7');
    expect(database.prepare('SELECT n FROM auxilio_later').pluck().all()).toEqual([6]);
    expect(() => sqliteStore({ file })).toThrowError(storeError('newer-schema'));
    setVersion(file, '5');
    expect(await idsOf(opened({ file }), 'a')).toEqual(['event-1', 'event-2']);
  });

  it('is as it was where a step was interrupted, which is repeated as a whole', async () => {
    const file = await fileOfThree();
    const database = new Database(file);
    onTestFinished(() => void database.close());
    const create = 'CREATE TABLE auxilio_later (n INTEGER) STRICT';
    const upgrade = (sql: string) =>
      prepareDatabase(database, 0, { ...EVENT_TABLES, steps: [...EVENT_TABLES.steps, { version: 6, sql }] });
    expect(() => upgrade(`${create}; SELECT json('interrupted')`)).toThrow('malformed JSON');
    expect(versionIn(database)).toBe('5');
    expect(await idsOf(opened({ file }), 'a')).toEqual(['event-1', 'event-2']);
    upgrade(create);
    expect(versionIn(database)).toBe('6');
  });

  it('is raised under the lock of the file: a second process waits, and finds it done', async () => {
    const file = await fileOfThree();
    const [one, other] = [new Database(file), new Database(file)];
    onTestFinished(() => [one, other].forEach((database) => void database.close()));
    const sql = 'CREATE TABLE auxilio_later (n INTEGER) STRICT';
    const upgrade = (database: SqliteDatabase) =>
      prepareDatabase(database, 0, { ...EVENT_TABLES, steps: [...EVENT_TABLES.steps, { version: 6, sql }] });
    one.exec('BEGIN IMMEDIATE');
    expect(() => upgrade(other)).toThrow('database is locked');
    one.exec('COMMIT');
    upgrade(one);
    upgrade(other);
    expect(versionIn(other)).toBe('6');
  });

  it.each(['ROLLBACK', 'ROLLBACK; BEGIN', "INSERT OR ROLLBACK INTO auxilio_meta VALUES ('schema-version', '9')"])(
    'keeps no place where an effect ended its transaction, and hid it: %s',
    async (sql) => {
      const store = opened({ file: await fileOfThree() });
      const effect = (database: SqliteDatabase) => {
        try {
          database.exec(sql);
        } catch {}
      };
      const rows = [{ projection: 'p', key: 'k', body: {} }];
      const move = store.commitCheckpoint('c', { expected: 0, cursor: '0000000000000000001', rows, effect });
      await expect(move).rejects.toMatchObject({
        kind: 'invalid',
        message: 'The effect ended the transaction that it was given',
        cause: { code: 'SQLITE_ERROR' },
      });
      expect(await store.readCheckpoint('c')).toMatchObject({ cursor: null, revision: 0, parked: [] });
      expect(await store.readRows('p')).toEqual([]);
    },
  );

  it.each(['', ' '])('that has no name (%j) is none', (file) => {
    expect(() => sqliteStore({ file })).toThrowError(storeError('invalid'));
  });

  it.each(['', 'one', '0', '1.5', '-1'])('that is %j is corrupt', async (value) => {
    const file = await fileOfThree();
    setVersion(file, value);
    expect(() => sqliteStore({ file })).toThrowError(storeError('corrupt'));
  });
});

describe('a file that is no store', () => {
  it('that is not a database is refused and left as it is', () => {
    const file = temporaryFile();
    const text = 'this is a text, and longer than the header of a database is. '.repeat(100);
    writeFileSync(file, text);
    expect(() => sqliteStore({ file })).toThrowError(storeError('corrupt'));
    expect(existsSync(`${file}-wal`)).toBe(false);
  });

  it('that is empty becomes a store', async () => {
    const file = temporaryFile();
    writeFileSync(file, '');
    await opened({ file }).appendToStream('a', events(1));
  });

  it('that is a directory, or lies in a missing one or under a file, is unavailable', () => {
    const directory = temporaryDirectory();
    mkdirSync(join(directory, 'sub'));
    writeFileSync(join(directory, 'file'), '');
    for (const path of ['sub', 'missing/events.sqlite', 'file/events.sqlite']) {
      const open = () => sqliteStore({ file: join(directory, path) });
      expect(open).toThrowError(storeError('unavailable'));
      expect(open).toThrow(/^The database cannot be opened: \S/);
      expect(open).toThrow(expect.objectContaining({ cause: expect.any(Error) }));
    }
  });

  it('whose pages are overwritten is corrupt, when it is read or when it is opened', async () => {
    const file = temporaryFile();
    const store = sqliteStore({ file });
    await store.appendToStream('a', [event(1, { text: 'x'.repeat(100_000) })]);
    await store.close();
    writeFileSync(file, Buffer.alloc(100_000, 0xff), { flag: 'r+' });
    expect(() => sqliteStore({ file })).toThrowError(storeError('corrupt'));
  });

  it('in which a body is not an event is corrupt when that is read, and the other streams are not', async () => {
    const file = await fileOfThree();
    const database = new Database(file);
    const add = database.prepare('INSERT INTO auxilio_events (stream, version, event_id, body) VALUES (?, 1, ?, ?)');
    const bodies = [
      '',
      '{"type":"T","da',
      'null',
      '[]',
      '"text"',
      '{"type":"T"}',
      '{"data":{}}',
      '{"type":"T","data":7}',
      '{"type":"T","data":{},"metadata":7}',
    ];
    for (const [n, body] of bodies.entries()) add.run(`broken-${n}`, `id-${n}`, body);
    database.close();
    const store = opened({ file });
    for (const n of bodies.keys()) {
      await expect(store.readStream(`broken-${n}`)).rejects.toEqual(storeError('corrupt'));
      expect(await store.readStored(`broken-${n}`)).toHaveLength(1);
    }
    expect(await idsOf(store, 'a')).toEqual(['event-1', 'event-2']);
  });
});
