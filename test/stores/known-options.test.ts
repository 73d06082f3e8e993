import { describe, expect, it } from 'vitest';
import { catchUp } from '../../src/service/index.ts';
import { memoryStore } from '../../src/stores/memory/index.ts';
import { postgresStore } from '../../src/stores/postgres/index.ts';
import { sqliteStore } from '../../src/stores/sqlite/index.ts';

describe('options that do not exist are refused by name', () => {
  it('by the stores', () => {
    expect(() => memoryStore({ newid: () => 'e' } as never)).toThrow('of memoryStore: newid. Did you mean newId?');
    const sqlite = () => sqliteStore({ file: ':memory:', busyTimeout: 1 } as never);
    expect(sqlite).toThrow('Unknown option of sqliteStore: busyTimeout. Did you mean busyTimeoutMs?');
    const postgres = () => postgresStore({ connectionString: 'postgres://nowhere', shema: 'x' } as never);
    expect(postgres).toThrow('Unknown option of postgresStore: shema. Did you mean schema?');
  });

  it('by a subscription', async () => {
    const options = { store: memoryStore(), consumer: 'board', handle: () => undefined, batchsize: 5 };
    await expect(catchUp(options as never)).rejects.toThrow(
      'Unknown option of a subscription: batchsize. Did you mean batchSize?',
    );
  });
});
