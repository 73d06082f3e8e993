import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { link } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type AppendRecord, checkHistory, type StoreProcess } from 'auxilio/testing';
import Database from 'better-sqlite3';
import { describe, expect, it, vi } from 'vitest';
import { backupSqliteStore, sqliteStore } from '../../src/sqlite.ts';
import { placeOf } from '../../src/stores/cursor.ts';
import { events, idsOf, wholeFeed } from './cases.ts';
import { fileOfThree, opened, startProcess, storeError, temporaryDirectory, temporaryFile } from './files.ts';

vi.mock('node:fs/promises', { spy: true });

const idOf = ({ messageId }: { readonly messageId: string }) => messageId;

/** The output of a process so far. */
function reading({ output, kill }: StoreProcess) {
  let printed = '';
  const ended = (async () => {
    for await (const part of output) printed += part;
  })();
  const records = () =>
    printed
      .slice(0, printed.lastIndexOf('\n') + 1)
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as AppendRecord);
  const stop = async () => {
    await kill();
    await ended;
    return records();
  };
  return { records, stop };
}

describe('a backup', () => {
  it('under four writers holds a prefix of what they appended, with all that was acknowledged before it', async () => {
    const file = temporaryFile();
    await sqliteStore({ file }).close();
    const writers = [0, 1, 2, 3].map((n) => {
      const task = { kind: 'endless', writer: `w${n}`, stream: n < 2 ? 'shared' : `own-${n}`, size: 3 };
      return reading(startProcess(new URL('task.ts', import.meta.url), file, JSON.stringify(task)));
    });
    const acknowledged = () => writers.map(({ records }) => records().filter(({ type }) => type === 'ok').length);
    while (acknowledged().some((count) => count < 5)) await new Promise((resolve) => setTimeout(resolve, 5));

    const before = writers.map(({ records }) => records());
    const target = join(dirname(file), 'copy.sqlite');
    const made = await backupSqliteStore(file, target);
    const told = await Promise.all(writers.map(({ stop }) => stop()));

    const [source, copy] = [opened({ file }), opened({ file: target })];
    const feed = await wholeFeed(copy);
    expect(feed.map(idOf)).toEqual((await wholeFeed(source)).slice(0, feed.length).map(idOf));
    expect(made).toMatchObject({ file: target, events: feed.length, position: feed.length });
    const held = new Set(feed.map(({ messageId }) => messageId));
    for (const { type, ids } of before.flat()) if (type === 'ok') for (const id of ids) expect(held.has(id)).toBe(true);
    const streams = new Map(feed.map(({ streamName }) => [streamName, [] as { id: string; version: number }[]]));
    for (const { streamName, messageId, streamPosition } of feed) {
      streams.get(streamName)?.push({ id: messageId, version: Number(streamPosition) });
    }
    // Events acknowledged after the copy do not count as lost.
    const records = told.flatMap((all, n) =>
      all.map((record, at) =>
        at < before[n]!.length || record.type === 'invoke' ? record : { ...record, type: 'unknown' as const },
      ),
    );
    expect(
      checkHistory(
        records,
        [...streams].map(([stream, held]) => ({ stream, events: held })),
      ),
    ).toEqual([]);
  });

  it('is one file, opens as a store, and goes on counting; consumers and rows are in it', async () => {
    const file = await fileOfThree();
    const store = opened({ file });
    const { cursor } = (await store.readFeed())[0]!;
    await store.commitCheckpoint('c', { expected: 0, cursor, rows: [{ projection: 'p', key: 'k', body: { n: 1 } }] });
    const directory = temporaryDirectory();
    const target = join(directory, 'copy.sqlite');
    const made = await backupSqliteStore(file, target);
    expect(made).toMatchObject({ events: 3, streams: 2, position: 3 });
    expect(readdirSync(directory)).toEqual(['copy.sqlite']);
    expect(readFileSync(target)).toHaveLength(made.bytes);
    const copy = opened({ file: target });
    expect(await idsOf(copy, 'a')).toEqual(['event-1', 'event-2']);
    expect((await copy.appendToStream('a', events(4))).lastEventGlobalPosition).toBe(4n);
    expect(placeOf((await copy.readCheckpoint('c')).cursor)).toBe(placeOf(cursor));
    expect(await copy.readRow('p', 'k')).toEqual({ key: 'k', body: { n: 1 } });
  });

  it('writes over no file, whatever is in it', async () => {
    const file = await fileOfThree();
    const target = temporaryFile();
    writeFileSync(target, '');
    for (const taken of [target, file]) {
      const refused = { kind: 'invalid', message: `${taken} is there already` };
      await expect(backupSqliteStore(file, taken)).rejects.toMatchObject(refused);
    }
    expect(readFileSync(target, 'utf8')).toBe('');
  });

  it('gets its name where the file system has no hard links, too, unless another file took it meanwhile', async () => {
    const file = await fileOfThree();
    const directory = temporaryDirectory();
    const target = join(directory, 'copy.sqlite');
    const failing = (code: string, taken: boolean) =>
      vi.mocked(link).mockImplementationOnce(async () => {
        if (taken) writeFileSync(target, 'theirs');
        throw Object.assign(new Error(code), { code });
      });
    for (const code of ['EEXIST', 'EPERM']) {
      failing(code, code === 'EPERM');
      await expect(backupSqliteStore(file, target)).rejects.toMatchObject({
        kind: 'invalid',
        message: `${target} is there already`,
      });
    }
    expect(readFileSync(target, 'utf8')).toBe('theirs');
    rmSync(target);
    failing('EPERM', false);
    expect(await backupSqliteStore(file, target)).toMatchObject({ file: target, events: 3 });
    expect(await idsOf(opened({ file: target }), 'a')).toEqual(['event-1', 'event-2']);
    expect(readdirSync(directory).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  it('of what is no store, or is damaged, is refused, and leaves nothing', async () => {
    const directory = temporaryDirectory();
    const target = join(directory, 'copy.sqlite');
    const refused = async (source: string, kind: string, message: string | RegExp) => {
      const backup = backupSqliteStore(source, target);
      await expect(backup, source).rejects.toEqual(storeError(kind));
      await expect(backup, source).rejects.toThrow(message);
      expect(existsSync(target)).toBe(false);
    };
    const unmade = /^The backup was not made: \S/;
    await refused(join(directory, 'missing.sqlite'), 'unavailable', unmade);
    const other = temporaryFile();
    new Database(other).exec('CREATE TABLE t (x)');
    await refused(other, 'invalid', `${other} is no store of auxilio`);
    const text = temporaryFile();
    writeFileSync(text, 'no database, though a file of some length. '.repeat(50));
    await refused(text, 'corrupt', unmade);
    const gap = await fileOfThree();
    const database = new Database(gap);
    database.exec(`DROP TRIGGER auxilio_events_no_delete; DELETE FROM auxilio_events WHERE position = 1`);
    database.close();
    await refused(gap, 'corrupt', 'The stream "a" has a gap');
    const newer = await fileOfThree();
    const meta = new Database(newer);
    meta.exec(`UPDATE auxilio_meta SET value = '99'`);
    meta.close();
    await refused(newer, 'newer-schema', 'The database has schema 99; this release knows 5');
    expect(readdirSync(directory)).toEqual([]);
  });
});
