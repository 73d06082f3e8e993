import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { memoryStore } from '../../src/memory.ts';
import { postgresStore } from '../../src/postgres.ts';
import { catchUp } from '../../src/service.ts';
import { sqliteReplicaStore, sqliteStore } from '../../src/sqlite.ts';

describe('options that do not exist are refused by name', () => {
  it('by the stores', () => {
    const sqlite = () => sqliteStore({ file: ':memory:', busyTimeout: 1 } as never);
    expect(sqlite).toThrow('Unknown option of sqliteStore: busyTimeout. Did you mean busyTimeoutMs?');
    const unnamed = [sqliteStore, sqliteReplicaStore].map((open) => () => open({ fil: ':memory:' } as never));
    for (const open of unnamed) expect(open).toThrow(': fil. Did you mean file?');
    expect(() => postgresStore({ connectionstring: 'x' } as never)).toThrow('Did you mean connectionString?');
    const postgres = () => postgresStore({ connectionString: 'postgres://nowhere', shema: 'x' } as never);
    expect(postgres).toThrow('Unknown option of postgresStore: shema. Did you mean schema?');
  });

  it.each<[string, string, (store: ReturnType<typeof memoryStore>) => Promise<unknown>]>([
    ['readStored', 'form', (store) => store.readStored('a', { form: 1n } as never)],
    ['readStream', 'form', (store) => store.readStream('a', { form: 1n } as never)],
    ['appendToStream', 'row', (store) => store.appendToStream('a', [], { row: [] } as never)],
    ['readFeed', 'maxcount', (store) => store.readFeed({ maxcount: 1 } as never)],
    ['readRows', 'afer', (store) => store.readRows('p', { afer: 'k' } as never)],
    ['commitCheckpoint', 'parked', (store) => store.commitCheckpoint('c', { expected: 0, parked: [] } as never)],
  ])('by a call: %s', async (name, option, call) => {
    await expect(async () => call(memoryStore())).rejects.toThrow(`Unknown option of ${name}: ${option}.`);
  });

  it('and those that name no database', async () => {
    for (const none of [
      undefined,
      null,
      'x.sqlite',
      {},
      { file: ' ' },
      { file: 7 },
      { database: 'x' },
      { database: null },
    ])
      for (const open of [sqliteStore, sqliteReplicaStore])
        expect(() => open(none as never)).toThrow(`${open.name} takes { file } or { database }`);
  });

  it('and a store that is closed, or whose host has closed the database', async () => {
    for (const open of [sqliteStore, sqliteReplicaStore]) {
      const database = new Database(':memory:');
      const [own, ofHost] = [open({ file: ':memory:' }), open({ database })];
      await own.close();
      database.close();
      expect(() => open({ database })).toThrow(
        expect.objectContaining({ kind: 'closed', message: 'The database is closed' }),
      );
      for (const store of [own, ofHost]) {
        const read = async () => ('readGroup' in store ? store.readGroup('a') : store.readStream('a'));
        await expect(read()).rejects.toThrow('The store is closed');
      }
    }
  });

  it('by a subscription', async () => {
    const options = { store: memoryStore(), consumer: 'board', handle: () => undefined, batchsize: 5 };
    await expect(catchUp(options as never)).rejects.toThrow(
      'Unknown option of a subscription: batchsize. Did you mean batchSize?',
    );
  });
});
