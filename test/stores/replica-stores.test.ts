import 'fake-indexeddb/auto';
import { indexedDbReplicaStore } from 'auxilio/indexeddb';
import { memoryReplicaStore } from 'auxilio/memory';
import { sqliteReplicaStore } from 'auxilio/sqlite';
import { replicaStoreConformance } from 'auxilio/testing';
import { describe, expect, it } from 'vitest';
import { temporaryFile } from './files.ts';
import { newName } from './indexeddb-host.ts';

const inFile = (file = temporaryFile()) => ({ file, store: sqliteReplicaStore({ file }) });
const inDatabase = (name = newName(), encrypted = false) => ({
  name,
  store: indexedDbReplicaStore({ name, encrypted }),
});

const suites = {
  memory: replicaStoreConformance({ open: () => ({ store: memoryReplicaStore() }) }),
  'a SQLite file': replicaStoreConformance({ open: () => inFile(), again: ({ file }) => inFile(file).store }),
  IndexedDB: replicaStoreConformance({ open: () => inDatabase(), again: ({ name }) => inDatabase(name).store }),
  'IndexedDB, encrypted': replicaStoreConformance({
    open: () => inDatabase(newName(), true),
    again: ({ name }) => inDatabase(name, true).store,
  }),
};

describe.each(Object.entries(suites))('the store of a replica in %s', (kind, { cases }) => {
  it.each(cases.filter(({ skip }) => skip === false))('$name', ({ run }) => run());

  it('runs all cases, but for those of several handles where there is one', () => {
    const skipped = cases.filter(({ skip }) => skip !== false).map(({ skip }) => skip);
    expect(skipped).toEqual(kind === 'memory' ? Array.from({ length: 5 }, () => 'needs again') : []);
  });
});

it('a case that does not run is skipped by the runner, and never counts as passed', async () => {
  const [last] = suites.memory.cases.slice(-1);
  const said: string[] = [];
  await last?.run({ skip: (why: string) => said.push(why) });
  expect(said).toEqual(['needs again']);
  await expect(last?.run()).rejects.toThrow('needs again: skip this case');
});

it('a host that opens nothing is refused', () => {
  expect(() => replicaStoreConformance({} as never)).toThrow('open');
});
