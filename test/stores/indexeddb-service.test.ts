/** The service and its projections over IndexedDB, as over any other store. */
import 'fake-indexeddb/auto';
import { type IndexedDbStore, indexedDbStore } from 'auxilio/indexeddb';
import { memoryStore } from 'auxilio/memory';
import { boardProjection, catchUp, createService, projector, readProjection, rebuild } from 'auxilio/service';
import { simulate } from 'auxilio/testing';
import { openDB } from 'idb';
import { expect, it, onTestFinished } from 'vitest';
import { assign, breach, serviceOn } from '../service/fixture.ts';
import { newName } from './indexeddb-host.ts';

function opened(name = newName()): IndexedDbStore {
  const store = indexedDbStore({ name });
  onTestFinished(() => store.close());
  return store;
}

/** Visits that go on. */
const visits = () => [...simulate({ visits: 12 })].map(({ commands }) => commands.slice(0, 9));

it('two services carry out each of many commands once', async () => {
  const name = newName();
  const services = [opened(name), opened(name)].map((store) => serviceOn(store, { retry: { maxRetries: 50 } }));
  await services[0]?.handle(assign);
  const answers = await Promise.all(
    Array.from({ length: 8 }, (_, n) => services.map(({ handle }) => handle(breach(n)))).flat(),
  );
  expect(answers.filter((answer) => answer.ok && !answer.repeated)).toHaveLength(8);
  expect((await services[1]?.load('visit-1'))?.version).toBe(9n);
});

it('the rows of a projection are those of a store in memory: with the append, by a subscription, and rebuilt', async () => {
  const rowsIn = async (store: IndexedDbStore | ReturnType<typeof memoryStore>, withAppend: boolean) => {
    const service = createService({ store, projections: withAppend ? [boardProjection] : [] });
    for (const commands of visits()) await service.handleBatch(commands);
    if (!withAppend) await catchUp(projector(store, boardProjection));
    const rows = await readProjection(store, boardProjection);
    if (!withAppend) await rebuild(store, boardProjection);
    expect(await readProjection(store, boardProjection)).toEqual(rows);
    return rows;
  };
  const expected = await rowsIn(memoryStore(), true);
  expect(expected.length).toBeGreaterThan(3);
  expect(await rowsIn(opened(), true)).toEqual(expected);
  expect(await rowsIn(opened(), false)).toEqual(expected);
});

it('an effect of a subscription writes what the application reads with its checkpoint', async () => {
  const name = newName();
  const store = opened(name);
  for (const commands of visits()) await createService({ store }).handleBatch(commands);
  await catchUp({
    store,
    consumer: 'count',
    handle: ({ streamName, events }) => ({
      effect: (transaction) => void transaction.objectStore('application').put(events.length, streamName),
    }),
  });
  const database = await openDB(name);
  onTestFinished(() => database.close());
  const counts: number[] = await database.getAll('application');
  expect(counts).toHaveLength(12);
  expect((await store.readCheckpoint('count')).cursor).toBe(
    (await store.readFeed({ maxCount: 10_000 })).at(-1)?.cursor,
  );
});
