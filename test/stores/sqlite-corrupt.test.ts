import { copyFileSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sqliteStore } from '../../src/sqlite.ts';
import { runs } from '../support/runs.ts';
import { event, events } from './cases.ts';
import { fileOfThree, opened, storeError, temporaryFile } from './files.ts';

/** A file of three events, of which something was changed by one who may do all. */
async function damaged(sql: string): Promise<string> {
  const file = await fileOfThree();
  const store = sqliteStore({ file });
  const cursor = (await store.readFeed())[0]?.cursor ?? null;
  const park = [{ streamName: 'a', from: 1n, reason: 'none' }];
  await store.commitCheckpoint('c', { expected: 0, cursor, park, rows: [{ projection: 'p', key: 'k', body: {} }] });
  await store.close();
  const database = new Database(file);
  database.unsafeMode();
  database.pragma('writable_schema = ON');
  database.exec(`DROP TRIGGER auxilio_events_no_update; DROP TRIGGER auxilio_events_no_delete;
    UPDATE sqlite_schema SET sql = replace(replace(sql, 'STRICT', ''), ' NOT NULL', '') WHERE name LIKE 'auxilio%'`);
  database.close();
  const again = new Database(file);
  again.exec(sql.replaceAll('STRICT', ''));
  again.close();
  return file;
}

const event1 = 'UPDATE auxilio_events SET';

describe('a row that cannot be read is corrupt, at its place, and never another error', () => {
  const readings = {
    'a body of NULL': [`${event1} body = NULL WHERE position = 2`, /event at 2, version 2/],
    'a body of bytes': [`${event1} body = x'00ff' WHERE position = 2`, /event at 2, version 2/],
    'an id of NULL': [`${event1} event_id = NULL WHERE position = 2`, /event at 2, version 2/],
    'an id that is no name': [`${event1} event_id = 'a\\q' WHERE position = 2`, /event at 2, version 2/],
    'a version that is no number': [`${event1} version = 2.5 WHERE position = 2`, /event at 2, version 2.5/],
    'a version that is missing': [
      'DELETE FROM auxilio_events WHERE position = 1',
      /Version 1 of the stream "a" is missing/,
    ],
  } as const;

  it.each(Object.entries(readings))('%s', async (_, [sql, place]) => {
    const store = opened({ file: await damaged(sql) });
    const read = store.readStream('a');
    await expect(read).rejects.toEqual(storeError('corrupt'));
    await expect(read).rejects.toThrow(place);
    await expect(store.readStored('a')).rejects.toEqual(storeError('corrupt'));
    expect((await store.readStream('b')).events).toHaveLength(1);
  });

  it.each<[string, string, ErrorConstructor]>([
    [`body = '{' WHERE position = 2`, 'The event at 2 is not JSON', SyntaxError],
    ['version = 2.5 WHERE position = 2', 'version 2.5 of its stream, cannot be read', RangeError],
  ])('and says why: %s', async (change, message, cause) => {
    const read = opened({ file: await damaged(`${event1} ${change}`) }).readStream('a');
    await expect(read).rejects.toThrow(message);
    await expect(read).rejects.toHaveProperty('cause', expect.any(cause));
  });

  it('of the feed, its place said', async () => {
    const store = opened({ file: await damaged(`${event1} stream = 'a\\q' WHERE position = 3`) });
    await expect(store.readFeed()).rejects.toThrow('The event at 3, version 1 of its stream, cannot be read');
    expect(await store.readFeed({ maxCount: 2 })).toHaveLength(2);
  });

  it.each([
    `UPDATE auxilio_rows SET body = NULL`,
    `UPDATE auxilio_rows SET body = '{"a":'`,
    `UPDATE auxilio_rows SET body = '[]'`,
    `UPDATE auxilio_rows SET body = 'null'`,
    `UPDATE auxilio_rows SET body = x'7b7d'`,
  ])('of a projection: %s', async (sql) => {
    const store = opened({ file: await damaged(sql) });
    await expect(store.readRow('p', 'k')).rejects.toEqual(storeError('corrupt'));
    await expect(store.readRows('p')).rejects.toEqual(storeError('corrupt'));
  });

  it.each([
    `UPDATE auxilio_checkpoints SET cursor = 'there'`,
    `UPDATE auxilio_checkpoints SET cursor = 7`,
    `UPDATE auxilio_checkpoints SET revision = 'many'`,
    `UPDATE auxilio_checkpoints SET revision = -1`,
    `UPDATE auxilio_checkpoints SET revision = NULL`,
    `UPDATE auxilio_checkpoints SET handled = NULL`,
    `UPDATE auxilio_checkpoints SET handled = 'many'`,
    `UPDATE auxilio_checkpoints SET handled = -1`,
    `UPDATE auxilio_parked SET version = NULL`,
    `UPDATE auxilio_parked SET version = 'one'`,
    `UPDATE auxilio_parked SET stream = 'a\\q'`,
  ])('of a consumer: %s', async (sql) => {
    const store = opened({ file: await damaged(sql) });
    const read = store.readCheckpoint('c');
    await expect(read).rejects.toEqual(storeError('corrupt'));
    const { message, cause } = await read.catch((error) => error);
    expect(message).toContain('The checkpoint of "c"');
    // A checkpoint is read and then refused; of a parked stream the error that was met is kept.
    expect(cause instanceof Error).toBe(sql.includes('auxilio_parked'));
  });

  it.each(['live = NULL', 'number = NULL', `live = x'00'`, `building = x'07'`])(
    'of generations: %s',
    async (change) => {
      const insert = `INSERT INTO auxilio_generations (projection, number, live, building) VALUES ('p', 1, 'p', NULL)`;
      const store = opened({ file: await damaged(`${insert}; UPDATE auxilio_generations SET ${change}`) });
      const rows = [{ projection: 'p', key: 'k', body: {} }];
      await expect(store.appendToStream('c', events(9), { rows })).rejects.toEqual(storeError('corrupt'));
      await expect(store.startGeneration('p', 'building')).rejects.toThrow('The generations of "p" cannot be read');
      await expect(store.reset('p')).rejects.toEqual(storeError('corrupt'));
    },
  );

  it.each([0, -3])('with version %j, which no reading may pass over, nor an append follow', async (version) => {
    const store = opened({ file: await damaged(`${event1} version = ${version} WHERE position IN (2, 3)`) });
    for (const stream of ['a', 'b']) {
      await expect(store.readStream(stream)).rejects.toEqual(storeError('corrupt'));
    }
    await expect(store.readFeed()).rejects.toEqual(storeError('corrupt'));
    await expect(store.appendToStream('b', events(9))).rejects.toEqual(storeError('corrupt'));
    await expect(store.appendToStream('b', events(8, 9))).rejects.toEqual(storeError('corrupt'));
  });

  it('that an append comes upon: the last of its stream, or one of the same id', async () => {
    const last = opened({ file: await damaged(`${event1} version = 'x' WHERE position = 2`) });
    await expect(last.appendToStream('a', events(9))).rejects.toEqual(storeError('corrupt'));
    const same = opened({ file: await damaged(`${event1} body = NULL WHERE position = 2`) });
    await expect(same.appendToStream('a', events(2))).rejects.toEqual(storeError('corrupt'));
  });
});

describe('tables that are not as this store made them', () => {
  const foreign = [
    'CREATE TABLE auxilio_meta (x)',
    'CREATE TABLE auxilio_events (x)',
    `CREATE TABLE auxilio_meta (name TEXT, value TEXT); INSERT INTO auxilio_meta VALUES ('schema-version', '4')`,
    `CREATE TABLE auxilio_meta (name TEXT, value TEXT); INSERT INTO auxilio_meta VALUES ('schema-version', NULL)`,
    `CREATE VIEW auxilio_meta AS SELECT 1; CREATE TABLE auxilio_checkpoints (y)`,
  ];
  it.each(foreign)('are corrupt when the file is opened: %s', (sql) => {
    const file = temporaryFile();
    const database = new Database(file);
    database.exec(sql);
    database.close();
    const open = () => sqliteStore({ file });
    if (sql.includes('VIEW')) expect(open).toThrow();
    else expect(open).toThrowError(storeError('corrupt'));
  });

  it('are corrupt where they are dropped or changed under an open store', async () => {
    const file = await fileOfThree();
    const store = opened({ file });
    const other = new Database(file);
    other.exec('DROP TABLE auxilio_rows');
    other.exec('ALTER TABLE auxilio_checkpoints RENAME COLUMN cursor TO place');
    await expect(store.readRows('p')).rejects.toEqual(storeError('corrupt'));
    await expect(store.readCheckpoint('c')).rejects.toEqual(storeError('corrupt'));
    await expect(store.reset('c')).rejects.toEqual(storeError('corrupt'));
    other.exec('DROP TRIGGER auxilio_events_no_delete; DROP TABLE auxilio_events');
    const calls = [() => store.readStream('a'), () => store.appendToStream('a', events(5)), () => store.readFeed()];
    for (const call of calls) {
      await expect(call()).rejects.toEqual(storeError('corrupt'));
    }
    other.close();
  });
});

describe('a file that is cut short or written over anywhere', () => {
  /** A file of some pages, without a log beside it. */
  async function wholeFile(): Promise<string> {
    const file = temporaryFile();
    const store = sqliteStore({ file });
    for (let n = 0; n < 60; n++) await store.appendToStream(`s-${n % 5}`, [event(n, { text: 'x'.repeat(300) })]);
    const rows = [{ projection: 'p', key: 'k', body: { a: 1 } }];
    await store.commitCheckpoint('c', { expected: 0, cursor: (await store.readFeed())[0]?.cursor ?? null, rows });
    await store.close();
    return file;
  }

  /** The errors of all that can be asked of a file; those of the port are left out. */
  async function rawErrors(file: string): Promise<unknown[]> {
    const raw: unknown[] = [];
    const note = (error: { code?: unknown }) => {
      const isOfPort = /^(store-|event-id-reused|version-conflict|checkpoint-conflict)/.test(String(error.code));
      if (!isOfPort) raw.push(error);
    };
    try {
      const store = sqliteStore({ file, busyTimeoutMs: 0 });
      for (let n = 0; n < 5; n++) {
        await store.readStream(`s-${n}`).catch(note);
        await store.appendToStream(`s-${n}`, [event(1000 + n)]).catch(note);
      }
      await store.readFeed().catch(note);
      await store.readRows('p').catch(note);
      const { revision } = await store.readCheckpoint('c').catch(() => ({ revision: 0 }));
      await store.commitCheckpoint('c', { expected: revision, cursor: null }).catch(note);
      await store.reset('c').catch(note);
      await store.close();
    } catch (error) {
      note(error as { code?: unknown });
    }
    return raw;
  }

  it('ends in errors of the port alone', async () => {
    const whole = await wholeFile();
    const { size } = statSync(whole);
    const file = temporaryFile();
    for (let length = 0; length < size; length += 1536) {
      copyFileSync(whole, file);
      truncateSync(file, length);
      expect(await rawErrors(file), `cut at ${length}`).toEqual([]);
    }
    const patch = fc.record({ at: fc.nat(size - 1), bytes: fc.uint8Array({ minLength: 1, maxLength: 64 }) });
    const property = fc.asyncProperty(patch, async ({ at, bytes }) => {
      const content = readFileSync(whole);
      content.set(bytes.subarray(0, size - at), at);
      writeFileSync(file, content);
      expect(await rawErrors(file)).toEqual([]);
    });
    await fc.assert(property, { numRuns: runs(60), seed: 15 });
  });
});
