import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { sqliteStore } from '../../src/stores/sqlite.ts';
import { event, events, idsOf } from './cases.ts';
import { opened, temporaryDirectory, temporaryFile, unprivileged } from './files.ts';

const storeError = (kind: string) => expect.objectContaining({ name: 'StoreError', kind, code: `store-${kind}` });

async function fileOfThree(): Promise<string> {
  const file = temporaryFile();
  const store = sqliteStore({ file });
  await store.appendToStream('a', events(1, 2));
  await store.appendToStream('b', events(3));
  await store.close();
  return file;
}

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

  it('is a row', async () => {
    const database = new Database(await fileOfThree());
    expect(database.prepare('SELECT * FROM auxilio_meta').all()).toEqual([{ name: 'schema-version', value: '1' }]);
    database.close();
  });

  it('newer than this release, is refused, and the file can be opened again once it is not', async () => {
    const file = await fileOfThree();
    setVersion(file, '2');
    expect(() => sqliteStore({ file })).toThrowError(storeError('newer-schema'));
    setVersion(file, '1');
    expect(await idsOf(opened({ file }), 'a')).toEqual(['event-1', 'event-2']);
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
      expect(() => sqliteStore({ file: join(directory, path) })).toThrowError(storeError('unavailable'));
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

describe('a database that takes no more', () => {
  it('in a directory that may not be written is unavailable when new; else it can be read and refuses an append', async () => {
    const directory = temporaryDirectory();
    const file = join(directory, 'events.sqlite');
    await opened({ file }).appendToStream('a', events(1));
    chmodSync(directory, 0o555);
    unprivileged(() => {
      expect(() => sqliteStore({ file: join(directory, 'new.sqlite') })).toThrowError(storeError('unavailable'));
    });
    const store = unprivileged(() => opened({ file }));
    await expect(unprivileged(() => store.appendToStream('a', events(2)))).rejects.toEqual(storeError('read-only'));
    expect(await idsOf(store, 'a')).toEqual(['event-1']);
  });

  it('opened for reading alone can be read, and refuses to be written', async () => {
    const database = new Database(await fileOfThree(), { readonly: true });
    const store = opened({ database });
    expect(await idsOf(store, 'a')).toEqual(['event-1', 'event-2']);
    await expect(store.appendToStream('a', events(4))).rejects.toEqual(storeError('read-only'));
    expect(await idsOf(store, 'a')).toEqual(['event-1', 'event-2']);
    database.close();
  });

  it('that is full refuses a batch whole, and keeps what it acknowledged', async () => {
    const database = new Database(temporaryFile());
    const store = opened({ database });
    database.pragma('max_page_count = 30');
    const acknowledged: string[] = [];
    const fill = async () => {
      for (let n = 0; n < 100; n++) {
        const text = 'x'.repeat(3000);
        await store.appendToStream('a', [event(2 * n, { text }), event(2 * n + 1, { text })]);
        acknowledged.push(`event-${2 * n}`, `event-${2 * n + 1}`);
      }
    };
    await expect(fill()).rejects.toEqual(storeError('full'));
    expect(acknowledged.length).toBeGreaterThan(4);
    expect(await idsOf(store, 'a')).toEqual(acknowledged);
    database.pragma('max_page_count = 1000');
    await store.appendToStream('a', events(1000), { expectedStreamVersion: BigInt(acknowledged.length) });
    database.close();
  });

  it('that refuses an event in the middle of a batch keeps none of the batch', async () => {
    const database = new Database(temporaryFile());
    const store = opened({ database });
    database.exec(`CREATE TRIGGER host BEFORE INSERT ON auxilio_events WHEN NEW.event_id = 'event-3'
      BEGIN SELECT RAISE(ABORT, 'the host refuses'); END`);
    await store.appendToStream('a', events(1));
    await expect(store.appendToStream('a', events(2, 3, 4))).rejects.toThrow('the host refuses');
    expect(database.inTransaction).toBe(false);
    expect(await idsOf(store, 'a')).toEqual(['event-1']);
    await store.appendToStream('a', events(2), { expectedStreamVersion: 1n });
    expect((await store.readStored('a')).map(({ globalPosition }) => globalPosition)).toEqual([1n, 2n]);
    database.close();
  });

  it('that another writer holds for longer than the timeout is busy, and nothing was written', async () => {
    const file = await fileOfThree();
    const store = opened({ file, busyTimeoutMs: 20 });
    const other = new Database(file);
    other.exec('BEGIN IMMEDIATE');
    await expect(store.appendToStream('a', events(4))).rejects.toEqual(storeError('busy'));
    expect(await idsOf(store, 'a')).toEqual(['event-1', 'event-2']);
    other.exec('ROLLBACK');
    other.close();
    expect((await store.appendToStream('a', events(4))).nextExpectedStreamVersion).toBe(3n);
  });

  it.each([-1, 1.5, Number.NaN, '5000'])('busyTimeoutMs %j is refused', (busyTimeoutMs) => {
    const options = { file: ':memory:', busyTimeoutMs: busyTimeoutMs as number };
    expect(() => sqliteStore(options)).toThrowError(storeError('invalid'));
  });
});
