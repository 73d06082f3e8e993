import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { memoryKeyStore } from 'auxilio/memory';
import { createPrivacy, memoryWrappingKeys, searchCopy } from 'auxilio/privacy';
import { catchUp, createService, rebuildSearch, searchProjector, searchVisits } from 'auxilio/service';
import { expect, it } from 'vitest';
import { beside, freshSchema } from '../stores/postgres-host.ts';
import { openedPostgres, serverOfFile } from '../stores/postgres-server.ts';
import { assign, cancel, center } from './named-visits.ts';

// Pages of the log without compression, so that what is in them is found.
const server = serverOfFile({ fsync: 'off', wal_compression: 'off' });

/** The files of the tables, their indexes and the write-ahead log that have a text in it, once all is written out. */
async function filesWith(text: string): Promise<string[]> {
  await beside(server(), (client) => client.query('CHECKPOINT'));
  const folders = ['base', 'pg_wal'].map((name) => join(server().data, name));
  const files = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name)),
  );
  return files.filter((file) => readFileSync(file).includes(text));
}

it('has no word of a name in the files of Postgres, before an erasure and after it', async () => {
  const open = () => openedPostgres({ connectionString: server().connectionString, schema: freshSchema() });
  const store = open();
  const keys = { keys: memoryKeyStore(), wrapping: memoryWrappingKeys() };
  const privacy = await createPrivacy({ store, ...keys, copies: [searchCopy(store)] });
  const service = createService({ store, privacy });
  for (const command of [assign('v-1', 'Zoraida Quesada'), ...cancel('v-1')]) await service.handle(command);
  await catchUp(searchProjector(store, { privacy }));
  await rebuildSearch(store, { privacy });
  const find = async () => (await searchVisits(store, 'quesada', { privacy })).visits.map(({ visitId }) => visitId);
  expect(await find()).toEqual(['v-1']);
  const [term = ''] = await privacy.search.hashWords(['quesada']);
  expect((await filesWith(term)).length).toBeGreaterThan(0);
  for (const word of ['quesada', 'Quesada', 'zoraida']) expect([word, await filesWith(word)]).toEqual([word, []]);

  await privacy.erase({ subjects: [{ visitId: 'v-1', subject: 'client' }], by: center });
  expect(await find()).toEqual([]);
  for (const word of ['quesada', 'Quesada', 'zoraida']) expect([word, await filesWith(word)]).toEqual([word, []]);

  const plain = open();
  await createService({ store: plain }).handle(assign('v-1', 'Zoraida Quesada'));
  await catchUp(searchProjector(plain));
  expect((await filesWith('quesada')).length).toBeGreaterThan(0);
});
